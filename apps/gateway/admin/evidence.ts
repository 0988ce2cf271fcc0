// A bundle of evidence for those who may read the record. That it was made, by whom and of what, is an entry first.
import type { FastifyPluginAsync } from 'fastify';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';

const ORDER = {
  type: 'object',
  additionalProperties: false,
  properties: {
    session: { type: 'string', maxLength: 64 },
    since: { type: 'integer' },
    until: { type: 'integer' },
    principal: { type: 'string' },
    connection: { type: 'string' },
    model: { type: 'string' },
    finding: { type: 'string' },
  },
} as const;

interface Order {
  readonly session?: string;
  readonly since?: number;
  readonly until?: number;
  readonly principal?: string;
  readonly connection?: string;
  readonly model?: string;
  readonly finding?: string;
}

export const evidence =
  ({ ledger, now }: AdminServices): FastifyPluginAsync =>
  async (app) => {
    app.get('/log', { config: { permission: 'log.read' } }, async () => ({
      key: ledger.log.vkey,
      checkpoint: (await ledger.log.checkpoint())?.note ?? null,
    }));

    app.post<{ Body: Order }>(
      '/evidence',
      { config: { permission: 'log.read' }, schema: { body: ORDER } },
      async (request, reply) => {
        const { session, ...filter } = request.body;
        const by = request.who.person;
        const at = now();
        const on = session ?? 'sessions';
        await ledger.act({ at, act: 'evidence.export', by, on, details: filter });
        try {
          const bundle = await ledger.evidence({ at, by, filter, ...(session !== undefined && { session }) });
          return reply.type('application/zip').send(bundle);
        } catch (error) {
          if (error instanceof RangeError) throw new Problem(404, 'not_found', error.message);
          throw error;
        }
      },
    );
  };
