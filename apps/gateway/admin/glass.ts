// Break-glass: lets one named person through in observe mode for a while. One person asks, another confirms.
import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';

const REQUEST = {
  type: 'object',
  required: ['subject', 'connection', 'minutes', 'reason'],
  additionalProperties: false,
  properties: {
    subject: { type: 'string', minLength: 1, maxLength: 300 },
    connection: { type: 'string', minLength: 1, maxLength: 64 },
    minutes: { type: 'integer', minimum: 1, maximum: 240 },
    reason: { type: 'string', minLength: 3, maxLength: 500 },
  },
} as const;

interface GlassBody {
  readonly subject: string;
  readonly connection: string;
  readonly minutes: number;
  readonly reason: string;
}

const REFUSALS = {
  own: new Problem(403, 'own_request', 'Another person has to confirm.'),
  closed: new Problem(409, 'closed', 'It is not open any more.'),
  unknown: new Problem(404, 'not_found', 'There is no such request.'),
} as const;

export const glass =
  (services: AdminServices): FastifyPluginAsync =>
  async (app) => {
    app.get('/break-glass', { config: { permission: 'connections.read' } }, async () => ({
      requests: await services.ledger.switches.glasses(services.now()),
    }));

    app.post<{ Body: GlassBody }>(
      '/break-glass',
      { config: { permission: 'glass.request' }, schema: { body: REQUEST } },
      async (request, reply) => {
        const opened = {
          id: `glass_${randomUUID().replaceAll('-', '')}`,
          ...request.body,
          requestedBy: request.who.person,
        };
        await services.ledger.switches.openGlass(opened);
        await services.ledger.act({
          at: services.now(),
          act: 'glass.request',
          by: request.who.person,
          on: opened.subject,
          reason: opened.reason,
          details: { id: opened.id, connection: opened.connection, minutes: opened.minutes },
        });
        return reply.code(201).send(opened);
      },
    );

    app.post<{ Params: { id: string } }>(
      '/break-glass/:id/confirm',
      { config: { permission: 'glass.confirm' } },
      async (request) => {
        const { id } = request.params;
        // Entry first: a window that is not on record never opens.
        await services.ledger.act({
          at: services.now(),
          act: 'glass.confirm',
          by: request.who.person,
          on: id,
        });
        const result = await services.ledger.switches.confirmGlass(id, request.who.person, services.now());
        if (typeof result === 'string') throw REFUSALS[result];
        return result;
      },
    );

    app.delete<{ Params: { id: string } }>(
      '/break-glass/:id',
      { config: { permission: 'glass.confirm' } },
      async (request, reply) => {
        if (!(await services.ledger.switches.closeGlass(request.params.id))) throw REFUSALS.unknown;
        await services.ledger.act({
          at: services.now(),
          act: 'glass.close',
          by: request.who.person,
          on: request.params.id,
        });
        return reply.code(204).send();
      },
    );
  };
