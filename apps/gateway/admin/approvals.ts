// Approvals: the queue, the decision, and grants for a time. Who may decide: members of the groups that the policy names.
import { randomUUID } from 'node:crypto';
import type { Approval } from '@sluice/ledger';
import type { FastifyPluginAsync } from 'fastify';
import type { Administrator } from './auth.ts';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';

const ID = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', maxLength: 64 } },
} as const;

const DECISION = {
  type: 'object',
  additionalProperties: false,
  properties: {
    reason: { type: 'string', maxLength: 500 },
    /** Minutes: also makes a grant for this person and these rules. */
    minutes: { type: 'integer', minimum: 1, maximum: 1440 },
  },
} as const;

interface Decision {
  readonly reason?: string;
  readonly minutes?: number;
}

const REFUSALS = {
  own: new Problem(403, 'own_approval', 'Nobody approves their own request.'),
  twice: new Problem(409, 'voted_already', 'One person counts once.'),
  closed: new Problem(409, 'closed', 'This approval is not open any more.'),
  unknown: new Problem(404, 'not_found', 'There is no such approval.'),
} as const;

function mayDecide(approval: Approval, who: Administrator): boolean {
  return (
    who.local || approval.groups.length === 0 || approval.groups.some((group) => who.groups.includes(group))
  );
}

export const approvals =
  (services: AdminServices): FastifyPluginAsync =>
  async (app) => {
    const decide = async (id: string, who: Administrator, approve: boolean, decision: Decision) => {
      const approval = await services.approvals.store.get(id);
      if (approval === undefined) throw REFUSALS.unknown;
      if (!mayDecide(approval, who))
        throw new Problem(403, 'forbidden', 'The policy names other groups for this decision.');
      const result = await services.approvals.vote(id, {
        person: who.person,
        approve,
        at: services.now(),
        reason: decision.reason ?? '',
      });
      if (typeof result === 'string') throw REFUSALS[result];
      if (approve && decision.minutes !== undefined && result.status === 'approved') {
        for (const rule of result.rules) {
          await services.approvals.grant({
            id: `grt_${randomUUID().replaceAll('-', '')}`,
            person: result.person,
            connection: result.connection,
            rule,
            until: services.now() + decision.minutes * 60_000,
            by: result.votes.filter((vote) => vote.approve).map((vote) => vote.person),
            reason: decision.reason ?? '',
          });
        }
      }
      return result;
    };

    app.get<{ Querystring: { status?: Approval['status']; limit?: number } }>(
      '/approvals',
      {
        config: { permission: 'approvals.read' },
        schema: {
          querystring: {
            type: 'object',
            additionalProperties: false,
            properties: {
              status: { type: 'string', enum: ['pending', 'approved', 'denied', 'expired', 'consumed'] },
              limit: { type: 'integer', minimum: 1, maximum: 500 },
            },
          },
        },
      },
      async (request) => ({ approvals: await services.approvals.store.list(request.query) }),
    );

    app.get<{ Params: { id: string } }>(
      '/approvals/:id',
      { config: { permission: 'approvals.read' }, schema: { params: ID } },
      async (request) => {
        const approval = await services.approvals.store.get(request.params.id);
        if (approval === undefined) throw REFUSALS.unknown;
        return approval;
      },
    );

    app.post<{ Params: { id: string }; Body: Decision }>(
      '/approvals/:id/approve',
      { config: { permission: 'approvals.decide' }, schema: { params: ID, body: DECISION } },
      (request) => decide(request.params.id, request.who, true, request.body),
    );

    app.post<{ Params: { id: string }; Body: Decision }>(
      '/approvals/:id/deny',
      { config: { permission: 'approvals.decide' }, schema: { params: ID, body: DECISION } },
      (request) => decide(request.params.id, request.who, false, request.body),
    );

    app.get('/grants', { config: { permission: 'approvals.read' } }, async () => ({
      grants: await services.approvals.store.listGrants(services.now()),
    }));

    app.delete<{ Params: { id: string } }>(
      '/grants/:id',
      { config: { permission: 'approvals.decide' }, schema: { params: ID } },
      async (request, reply) => {
        if (!(await services.approvals.store.revokeGrant(request.params.id)))
          throw new Problem(404, 'not_found', 'There is no such grant.');
        await services.ledger.act({
          at: services.now(),
          act: 'grant.revoke',
          by: request.who.person,
          on: request.params.id,
        });
        return reply.code(204).send();
      },
    );
  };
