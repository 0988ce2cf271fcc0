// The admin port: a Fastify server with one file a resource. Every route names the permission it needs; requests are
// validated against its schema; OpenAPI is made from the same. Errors are problem details and quote nothing.
import swagger from '@fastify/swagger';
import { RecordUnavailable } from '@sluice/ledger';
import fastify, { type FastifyInstance } from 'fastify';
import { errorFields, stackOf } from '../log.ts';
import type { Port } from '../port.ts';
import { acts } from './acts.ts';
import { approvalPage, PAGE_POLICY } from './approval-page.ts';
import { approvals } from './approvals.ts';
import { type Administrator, administrator, demand } from './auth.ts';
import { config } from './config.ts';
import { connections } from './connections.ts';
import { evidence } from './evidence.ts';
import { glass } from './glass.ts';
import { keys } from './keys.ts';
import { log } from './log.ts';
import type { Permission } from './permissions.ts';
import { Problem } from './problem.ts';
import type { AdminServices } from './services.ts';
import { sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `public` answers without a credential. */
    permission?: Permission | 'public';
  }
  interface FastifyRequest {
    who: Administrator;
  }
}

export async function createAdmin(services: AdminServices, port: Port): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    routerOptions: { ignoreTrailingSlash: false },
    // A filter or a member that is not known is an error: dropped in silence it would answer another question.
    ajv: { customOptions: { removeAdditional: false } },
    serverFactory: (handle) => port.server({}, handle),
  });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Sluice admin API', version: '1' } },
  });
  app.decorateRequest('who');
  app.addHook('onRequest', async (request) => {
    const { permission } = request.routeOptions.config;
    if (permission === 'public') return;
    request.who = await administrator(request, services);
    if (permission === undefined) throw new Problem(404, 'not_found', 'There is no such resource.');
    demand(request.who, permission);
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  app.setErrorHandler((error, _request, reply) => {
    const problem = problemOf(error);
    if (problem.status === 500)
      services.log.error({ ...errorFields(error), at: stackOf(error) }, 'an admin call failed');
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  });
  app.setNotFoundHandler(() => {
    throw new Problem(404, 'not_found', 'There is no such resource.');
  });

  app.get('/healthz', { config: { permission: 'public' } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { config: { permission: 'public' } }, async (_request, reply) => {
    const ready = services.ready();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable' });
  });
  app.get('/metrics', { config: { permission: 'public' } }, async (_request, reply) =>
    reply.type(services.metrics.registry.contentType).send(await services.metrics.registry.metrics()),
  );
  app.get<{ Params: { id: string } }>(
    '/approvals/:id',
    {
      config: { permission: 'public' },
      schema: {
        params: { type: 'object', properties: { id: { type: 'string', pattern: '^apr_[0-9a-f]{32}$' } } },
      },
    },
    async (request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', PAGE_POLICY)
        .send(approvalPage(request.params.id)),
  );
  app.get('/api/v1/openapi.json', { config: { permission: 'public' } }, async () => app.swagger());
  for (const resource of [sessions, approvals, keys, connections, glass, acts, config, evidence])
    await app.register(resource(services), { prefix: '/api/v1' });
  await app.register(log(services));
  return app;
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof RecordUnavailable)
    return new Problem(503, 'record_unavailable', 'The record cannot be written.');
  const { statusCode, validation } = error as {
    statusCode?: number;
    validation?: readonly { instancePath: string; keyword: string }[];
  };
  if (validation !== undefined) {
    return new Problem(
      400,
      'invalid',
      validation.map((issue) => `${issue.instancePath || 'body'}: ${issue.keyword}`).join('; '),
    );
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem(statusCode, 'invalid', 'The request could not be read.');
  return new Problem(500, 'internal', 'The gateway could not do this.');
}
