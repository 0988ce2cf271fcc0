// Sessions: list, show, replay as delivered; the original only by `reveal`, with a reason that becomes an entry.
import type { ExchangeFilter, Piece, Replay } from '@sluice/ledger';
import type { FastifyPluginAsync } from 'fastify';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';

const FILTER = {
  type: 'object',
  additionalProperties: false,
  properties: {
    since: { type: 'integer' },
    until: { type: 'integer' },
    principal: { type: 'string' },
    group: { type: 'string' },
    connection: { type: 'string' },
    operation: { type: 'string' },
    model: { type: 'string' },
    policy: { type: 'string' },
    verdict: { type: 'string' },
    finding: { type: 'string' },
    value: { type: 'string', pattern: '^[0-9a-f]{16,64}$' },
    approval: { type: 'string' },
    error: { type: 'string' },
    minSize: { type: 'integer', minimum: 0 },
    maxSize: { type: 'integer', minimum: 0 },
    minLatency: { type: 'integer', minimum: 0 },
    maxLatency: { type: 'integer', minimum: 0 },
    after: { type: 'string' },
    limit: { type: 'integer', minimum: 1, maximum: 500 },
  },
} as const;

const ID = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', maxLength: 64 } },
} as const;

const REASON = {
  type: 'object',
  required: ['reason'],
  additionalProperties: false,
  properties: { reason: { type: 'string', minLength: 3, maxLength: 500 } },
} as const;

function piecesJson(pieces: readonly Piece[]): object[] {
  return pieces.map((piece) => ({ at: piece.at, text: piece.bytes.toString('utf8') }));
}

function replayJson(replay: Replay): object {
  return {
    summary: replay.summary,
    promptFindings: replay.promptFindings,
    responseFindings: replay.responseFindings,
    steps: replay.steps,
    forwarded: replay.forwarded?.toString('utf8') ?? null,
    delivered: piecesJson(replay.delivered),
    ...(replay.received === undefined ? {} : { received: replay.received.toString('utf8') }),
    ...(replay.original === undefined ? {} : { original: piecesJson(replay.original) }),
  };
}

export const sessions =
  (services: AdminServices): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Querystring: ExchangeFilter }>(
      '/sessions',
      { config: { permission: 'sessions.read' }, schema: { querystring: FILTER } },
      async (request) => ({ sessions: await services.ledger.list(request.query) }),
    );

    app.get<{ Params: { id: string } }>(
      '/sessions/:id',
      { config: { permission: 'sessions.read' }, schema: { params: ID } },
      async (request) => {
        const replay = await services.ledger.replay(request.params.id, { reveal: false });
        if (replay === undefined) throw new Problem(404, 'not_found', 'There is no such session.');
        return replayJson(replay);
      },
    );

    app.post<{ Params: { id: string }; Body: { reason: string } }>(
      '/sessions/:id/reveal',
      { config: { permission: 'sessions.reveal' }, schema: { params: ID, body: REASON } },
      async (request) => {
        // The entry comes first: what cannot be recorded is not revealed.
        await services.ledger.act({
          at: services.now(),
          act: 'session.reveal',
          by: request.who.person,
          on: request.params.id,
          reason: request.body.reason,
        });
        const replay = await services.ledger.replay(request.params.id, { reveal: true });
        if (replay === undefined) throw new Problem(404, 'not_found', 'There is no such session.');
        return replayJson(replay);
      },
    );
  };
