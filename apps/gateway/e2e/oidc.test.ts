// Who may do what, by tokens of a real OpenID provider and by keys: access rules on the data port, roles on the admin port.

import { startIssuer, type TestIssuer } from '@sluice/identity/testing/issuer';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat, codeOf, textOf } from '../testing/calls.ts';
import { type Harness, startHarness } from '../testing/harness.ts';

/** Hours that begin so many hours from now and last for two, every day. */
function hoursFrom(offset: number): string {
  const clock = (hours: number) =>
    `${String((new Date().getUTCHours() + hours + 48) % 24).padStart(2, '0')}:00`;
  return `daily ${clock(offset)}-${clock(offset + 2)} UTC`;
}

const ACCESS = () => `  - { groups: [suspended], connections: [] }
  - { groups: [day], hours: "${hoursFrom(-1)}" }
  - { groups: [night], hours: "${hoursFrom(6)}" }
  - { groups: [minis], connections: [gpt], operations: [chat], models: ["mini-*"] }
  - { groups: [readers], operations: [models] }
  - { groups: [claude-only], connections: ["cl*"] }
  - { groups: [engineering], policy: standard }`;

let issuer: TestIssuer;
let harness: Harness;

beforeAll(async () => {
  issuer = await startIssuer(['engineering']);
  harness = await startHarness({
    access: ACCESS(),
    more: `identity:
  oidc: [ { issuer: "${issuer.issuer}", audience: sluice, groups: groups } ]
  roles: { admin: [platform], auditor: [security], approver: [leads] }
`,
  });
});
afterAll(async () => {
  await harness.close();
  await issuer.close();
});

const person = (sub: string, ...groups: string[]) => issuer.sign({ sub, groups });

async function call(key: string, options: Parameters<typeof chat>[2] = {}) {
  const response = await chat(harness, 'echo: x', { key, ...options });
  const text = await textOf(response);
  return { status: response.status, code: response.ok ? undefined : codeOf(text), text };
}

const models = (key: string, connection = 'gpt') =>
  fetch(`${harness.gateway.dataUrl}/${connection}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });

describe('a token of the provider', () => {
  it('as its own token endpoint issues it, lets its groups in', async () => {
    expect((await call(await issuer.token())).status).toBe(200);
  });

  it('tells who called: the person, the groups, and who acted for them', async () => {
    const token = await issuer.sign({ sub: 'grace', name: 'Grace', act: { sub: 'agent-7' } });
    expect((await call(token)).status).toBe(200);
    const { body } = await harness.admin('GET', '/sessions?limit=1');
    expect(body.sessions[0].principal).toMatchObject({
      subject: `oidc:${issuer.issuer}#grace`,
      display: 'Grace',
      groups: ['engineering'],
      method: 'oidc',
      actor: 'agent-7',
    });
  });

  const now = () => Math.floor(Date.now() / 1000);
  const BAD: Readonly<Record<string, () => Promise<string>>> = {
    'that has expired': () => issuer.sign({ exp: now() - 300 }),
    'that is not yet valid': () => issuer.sign({ nbf: now() + 600 }),
    'for another audience': () => issuer.sign({ aud: 'elsewhere' }),
    'without an audience': () => issuer.sign({ aud: undefined }),
    'of another issuer': () => issuer.sign({ iss: 'http://127.0.0.1:1' }),
    'that never expires': () => issuer.sign({ exp: undefined }),
    'without a subject': () => issuer.sign({ sub: undefined }),
    'that is bound to a key': () => issuer.sign({ cnf: { jkt: 'x' } }),
    'with a changed claim': async () => {
      const [head, claims, signature] = (await person('ada', 'engineering')).split('.');
      const forged = { ...JSON.parse(Buffer.from(claims!, 'base64url').toString()), groups: ['platform'] };
      return [head, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.');
    },
    'without a signature': async () => {
      const [, claims] = (await person('ada', 'engineering')).split('.');
      return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${claims}.`;
    },
    'signed with the public key as a shared secret': () =>
      new SignJWT({ groups: ['engineering'] })
        .setProtectedHeader({ alg: 'HS256', kid: issuer.key.kid })
        .setIssuer(issuer.issuer)
        .setAudience('sluice')
        .setSubject('ada')
        .setExpirationTime('10m')
        .sign(new TextEncoder().encode(JSON.stringify(issuer.key.publicJwk))),
  };

  it.each(Object.keys(BAD))('%s is refused', async (what) => {
    const before = harness.leaky.received.length;
    expect(await call(await BAD[what]!())).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(harness.leaky.received.length).toBe(before);
  });

  it('is not looked for where it cannot be: the caller reads no reason', async () => {
    const { text } = await call(await BAD['that has expired']!());
    expect(text).not.toMatch(/expired_|bad_signature|wrong_audience|issuer/);
  });
});

describe('access rules', () => {
  const forbidden = { status: 403, code: 'forbidden' };

  it('let nobody in whom no rule names', async () => {
    expect(await call(await person('eve'))).toMatchObject(forbidden);
    expect(await call(await person('eve', 'marketing'))).toMatchObject(forbidden);
    expect(await call(await harness.newKey({ name: 'bare' }))).toMatchObject(forbidden);
    expect((await call(await issuer.sign({ groups: undefined }))).code).toBe('forbidden');
    expect((await call(await issuer.sign({ groups: { engineering: true } }))).code).toBe('forbidden');
  });

  it('are tried in order, and the first that matches decides', async () => {
    expect((await call(await person('a', 'engineering'))).status).toBe(200);
    expect((await call(await person('a', 'suspended', 'marketing'))).status).toBe(403);
  });

  it('may hold at some hours alone', async () => {
    expect((await call(await person('d', 'day'))).status).toBe(200);
    expect(await call(await person('n', 'night'))).toMatchObject(forbidden);
  });

  it('may name models by pattern', async () => {
    const token = await person('m', 'minis');
    expect((await call(token, { body: { model: 'mini-4' } })).status).toBe(200);
    for (const model of ['maxi-4', 'mini', 'MINI-4', 'x-mini-4'])
      expect(await call(token, { body: { model } }), model).toMatchObject(forbidden);
  });

  it('may name operations and connections', async () => {
    expect((await models(await person('m', 'minis'))).status).toBe(403);
    expect((await models(await person('r', 'readers'))).status).toBe(200);
    expect(await call(await person('r', 'readers'))).toMatchObject(forbidden);
    expect((await models(await person('c', 'claude-only'), 'claude')).status).toBe(200);
    expect((await models(await person('c', 'claude-only'), 'gpt')).status).toBe(403);
  });

  it('let nobody in when there are none', async () => {
    const closed = await startHarness({ access: '  []' });
    expect((await chat(closed, 'x')).status).toBe(403);
    await closed.close();
  });
});

describe('a gateway key', () => {
  it('opens no more than the connections it is made for', async () => {
    const key = await harness.newKey({ name: 'scoped', groups: ['engineering'], connections: ['claude'] });
    expect((await call(key, { dialect: 'anthropic' })).status).toBe(200);
    expect(await call(key)).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('opens nothing once it is revoked, or its time is over', async () => {
    const made = await harness.admin('POST', '/keys', { name: 'short', groups: ['engineering'] });
    const { id, key } = made.body;
    expect((await call(key)).status).toBe(200);
    expect((await harness.admin('DELETE', `/keys/${id}`)).status).toBe(204);
    expect(await call(key)).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect((await harness.admin('DELETE', `/keys/${id}`)).status).toBe(404);

    const brief = await harness.newKey({
      name: 'brief',
      groups: ['engineering'],
      expiresAt: Date.now() + 400,
    });
    expect((await call(brief)).status).toBe(200);
    await expect.poll(async () => (await call(brief)).status, { timeout: 5000 }).toBe(401);
  });

  it('is in no list, and its hash is not either', async () => {
    const { body } = await harness.admin('GET', '/keys');
    const { keys } = body as { keys: readonly Record<string, unknown>[] };
    expect(keys.length).toBeGreaterThan(3);
    for (const key of keys) expect(Object.keys(key)).not.toContain('hash');
  });
});

const CALLS = {
  'sessions.read': ['GET', '/sessions'],
  'sessions.reveal': ['POST', '/sessions/ses_none/reveal', { reason: 'a test' }],
  'approvals.read': ['GET', '/approvals'],
  'approvals.decide': ['POST', '/approvals/apr_none/approve', {}],
  'keys.read': ['GET', '/keys'],
  'keys.write': ['POST', '/keys', { name: 'made' }],
  'connections.read': ['GET', '/connections'],
  'connections.stop': ['POST', '/connections/none/stop', { reason: 'a test' }],
  'glass.request': [
    'POST',
    '/break-glass',
    { subject: 'x', connection: 'gpt', minutes: 1, reason: 'a test' },
  ],
  'glass.confirm': ['POST', '/break-glass/glass_none/confirm'],
  'acts.read': ['GET', '/acts'],
  'config.read': ['GET', '/config'],
  'config.reload': ['POST', '/config/reload'],
} as const satisfies Record<string, readonly [string, string, object?]>;

type Name = keyof typeof CALLS;
const EVERYTHING = Object.keys(CALLS) as Name[];

async function allowedTo(token: string): Promise<Name[]> {
  const open: Name[] = [];
  for (const name of EVERYTHING) {
    const [method, route, body] = CALLS[name] as readonly [string, string, object?];
    const response = await fetch(`${harness.gateway.adminUrl}/api/v1${route}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status === 401 || response.status === 403) {
      const { code } = (await response.json()) as { code: string };
      expect(['unauthenticated', 'forbidden']).toContain(code);
    } else open.push(name);
  }
  return open;
}

describe('on the admin port', () => {
  it('an administrator may do all but read what calls said', async () => {
    expect(await allowedTo(await person('p', 'platform'))).toEqual(
      EVERYTHING.filter((name) => name !== 'sessions.reveal'),
    );
  });

  it('an auditor may read everything and decide nothing', async () => {
    expect(await allowedTo(await person('s', 'security'))).toEqual([
      'sessions.read',
      'sessions.reveal',
      'approvals.read',
      'keys.read',
      'connections.read',
      'acts.read',
      'config.read',
    ]);
  });

  it('an approver may decide, and see what there is to decide', async () => {
    expect(await allowedTo(await person('l', 'leads'))).toEqual([
      'approvals.read',
      'approvals.decide',
      'glass.confirm',
    ]);
  });

  it('a person without a role, a gateway key and a bad token open nothing', async () => {
    expect(await allowedTo(await person('x', 'engineering'))).toEqual([]);
    expect(await allowedTo(harness.key)).toEqual([]);
    expect(
      await allowedTo(await harness.newKey({ name: 'k', owner: 'o', groups: ['platform', 'leads'] })),
    ).toEqual([]);
    expect(await allowedTo(await issuer.sign({ groups: ['platform'], aud: 'elsewhere' }))).toEqual([]);
    expect(await allowedTo('')).toEqual([]);
  });

  it('what has no permission of its own answers nobody', async () => {
    const token = await person('p', 'platform', 'security', 'leads');
    const get = (route: string, headers: Record<string, string> = {}) =>
      fetch(`${harness.gateway.adminUrl}${route}`, { headers });
    expect((await get('/api/v1/unknown', { authorization: `Bearer ${token}` })).status).toBe(404);
    expect((await get('/api/v1/unknown')).status).toBe(401);
    expect((await get('/healthz')).status).toBe(200);
  });
});
