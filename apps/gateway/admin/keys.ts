// Gateway keys: issue, list, revoke. The key itself is in one answer, once, and nowhere else.
import type { StoredKey } from '@sluice/ledger';
import type { FastifyPluginAsync } from 'fastify';
import { issueKey, type KeyOrder } from '../issue-key.ts';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';

const NEW_KEY = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
    owner: { type: 'string', minLength: 1, maxLength: 200 },
    groups: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 200 }, maxItems: 100 },
    connections: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 64 },
      minItems: 1,
      maxItems: 100,
    },
    /** Epoch milliseconds. */
    expiresAt: { type: 'integer' },
  },
} as const;

function shown({ hash: _hash, ...key }: StoredKey): Omit<StoredKey, 'hash'> {
  return key;
}

export const keys =
  (services: AdminServices): FastifyPluginAsync =>
  async (app) => {
    app.get('/keys', { config: { permission: 'keys.read' } }, async () => ({
      keys: (await services.ledger.keys.list()).map(shown),
    }));

    app.post<{ Body: KeyOrder }>(
      '/keys',
      { config: { permission: 'keys.write' }, schema: { body: NEW_KEY } },
      async (request, reply) => {
        const { key, stored } = issueKey(request.body, services.now());
        await services.ledger.keys.insert(stored);
        await services.ledger.act({
          at: services.now(),
          act: 'key.create',
          by: request.who.person,
          on: stored.id,
          details: { name: stored.name, owner: stored.owner, groups: stored.groups },
        });
        return reply.code(201).send({ id: stored.id, key });
      },
    );

    app.delete<{ Params: { id: string } }>(
      '/keys/:id',
      { config: { permission: 'keys.write' } },
      async (request, reply) => {
        if (!(await services.ledger.keys.revoke(request.params.id, services.now())))
          throw new Problem(404, 'not_found', 'There is no such key, or it was revoked before.');
        await services.ledger.act({
          at: services.now(),
          act: 'key.revoke',
          by: request.who.person,
          on: request.params.id,
        });
        return reply.code(204).send();
      },
    );
  };
