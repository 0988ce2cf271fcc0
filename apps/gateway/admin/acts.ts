// The audit trail of administrative acts, newest first.
import type { FastifyPluginAsync } from 'fastify';
import type { AdminServices } from './services.ts';

const FILTER = {
  type: 'object',
  additionalProperties: false,
  properties: { since: { type: 'integer' }, limit: { type: 'integer', minimum: 1, maximum: 500 } },
} as const;

export const acts =
  (services: AdminServices): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Querystring: { since?: number; limit?: number } }>(
      '/acts',
      { config: { permission: 'acts.read' }, schema: { querystring: FILTER } },
      async (request) => ({ acts: await services.ledger.acts(request.query) }),
    );
  };
