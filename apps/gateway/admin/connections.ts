// Connections as they are in force, and their kill switches: `*` stops all.
import type { FastifyPluginAsync } from 'fastify';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';

const NAME = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', maxLength: 64 } },
} as const;
const REASON = {
  type: 'object',
  required: ['reason'],
  additionalProperties: false,
  properties: { reason: { type: 'string', minLength: 3, maxLength: 500 } },
} as const;

export const connections =
  (services: AdminServices): FastifyPluginAsync =>
  async (app) => {
    app.get('/connections', { config: { permission: 'connections.read' } }, async () => {
      const stopped = await services.ledger.switches.stopped();
      return {
        stopped: stopped.find((stop) => stop.connection === '*') ?? null,
        connections: services.connections().map((connection) => ({
          ...connection,
          stopped: stopped.find((stop) => stop.connection === connection.name) ?? null,
        })),
      };
    });

    app.post<{ Params: { name: string }; Body: { reason: string } }>(
      '/connections/:name/stop',
      { config: { permission: 'connections.stop' }, schema: { params: NAME, body: REASON } },
      async (request, reply) => {
        const { name } = request.params;
        if (name !== '*' && !services.connections().some((connection) => connection.name === name))
          throw new Problem(404, 'not_found', 'There is no such connection.');
        const at = services.now();
        // The switch comes before its entry: in an emergency it must act even while the record cannot.
        await services.ledger.switches.stop(name, request.who.person, at, request.body.reason);
        await services.ledger.act({
          at,
          act: 'connection.stop',
          by: request.who.person,
          on: name,
          reason: request.body.reason,
        });
        return reply.code(204).send();
      },
    );

    app.post<{ Params: { name: string }; Body: { reason: string } }>(
      '/connections/:name/resume',
      { config: { permission: 'connections.stop' }, schema: { params: NAME, body: REASON } },
      async (request, reply) => {
        await services.ledger.act({
          at: services.now(),
          act: 'connection.resume',
          by: request.who.person,
          on: request.params.name,
          reason: request.body.reason,
        });
        if (!(await services.ledger.switches.resume(request.params.name)))
          throw new Problem(404, 'not_found', 'It is not stopped.');
        return reply.code(204).send();
      },
    );
  };
