// The transparency log over HTTP, as C2SP `tlog-tiles` has it, below /log and outside /api. Checkpoints and hashes are for
// everybody who reaches the port: they say how many entries there are, as /metrics does, and nothing of any; the salt in
// acts and the random ids in exchanges keep a leaf from being guessed by its hash. Entries name people, so the bundles of
// them take a permission.
import { parseTilePath } from '@sluice/ledger';
import type { FastifyPluginAsync } from 'fastify';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';

type Rest = { Params: { '*': string } };

const NONE = () => new Problem(404, 'not_found', 'The log has no such resource.');

export const log =
  ({ ledger }: AdminServices): FastifyPluginAsync =>
  async (app) => {
    app.get('/log/checkpoint', { config: { permission: 'public' } }, async (_request, reply) => {
      const newest = await ledger.log.checkpoint();
      if (!newest) throw NONE();
      return reply.type('text/plain; charset=utf-8').send(newest.note);
    });

    app.get('/log/key', { config: { permission: 'public' } }, async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').send(`${ledger.log.vkey}\n`),
    );

    app.get<Rest>('/log/tile/entries/*', { config: { permission: 'log.read' } }, async (request, reply) => {
      const wanted = parseTilePath(`tile/entries/${request.params['*']}`);
      const bundle = wanted && (await ledger.log.entries(wanted.tile));
      if (!bundle) throw NONE();
      return reply.type('application/octet-stream').send(bundle);
    });

    app.get<Rest>('/log/tile/*', { config: { permission: 'public' } }, async (request, reply) => {
      const wanted = parseTilePath(`tile/${request.params['*']}`);
      const hashes = wanted?.what === 'hashes' ? await ledger.log.tile(wanted.tile) : undefined;
      if (!hashes) throw NONE();
      return reply.type('application/octet-stream').send(hashes);
    });
  };
