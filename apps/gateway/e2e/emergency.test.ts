// When something is wrong: kill switches, the broken glass, a bad file, a lost credential; and what calls under way notice.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startIssuer, type TestIssuer } from '@sluice/identity/testing/issuer';
import { type Leaky, startLeaky } from '@sluice/leaky';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chat, codeOf, ended, saidIn, sessions, textOf } from '../testing/calls.ts';
import { type Harness, startHarness } from '../testing/harness.ts';

const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const LONG = 'one two three four five six seven eight nine ten '.repeat(3).trimEnd();

let issuer: TestIssuer;
let other: Leaky;
let harness: Harness;

beforeAll(async () => {
  issuer = await startIssuer(['engineering']);
  other = await startLeaky({ keep: 10 });
  harness = await startHarness({
    policies: `  standard:
    extends: built-in
    prompt: [ { name: launch, words: ["launch code"], do: approve } ]
    approval: { groups: [leads], hold: 20s, expires: 30s, minimum: 1 }`,
    more: `identity:
  oidc: [ { issuer: "${issuer.issuer}", audience: sluice, groups: groups } ]
  roles: { admin: [platform], approver: [leads] }
`,
  });
});
afterAll(async () => {
  await harness.close();
  await Promise.all([issuer.close(), other.close()]);
});

async function as(token: string, method: string, route: string, body?: object) {
  const response = await fetch(`${harness.gateway.adminUrl}/api/v1${route}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const call = async (content = 'echo: x', options: Parameters<typeof chat>[2] = {}) => {
  const response = await chat(harness, content, options);
  const text = await textOf(response);
  return { response, status: response.status, code: response.ok ? undefined : codeOf(text), text };
};

/** A stream that has begun and takes a while. */
async function under(way: Parameters<typeof chat>[2] = {}) {
  const response = await chat(harness, `pace: 25\necho: ${LONG}`, { stream: true, ...way });
  const rest = textOf(response);
  await expect.poll(() => harness.leaky.received.at(-1)?.state).toBe('running');
  return { response, rest };
}

const acts = async (act: string) =>
  (await harness.admin('GET', '/acts?limit=50')).body.acts.filter((row: { act: string }) => row.act === act);

describe('a kill switch', () => {
  const stop = (name: string) => harness.admin('POST', `/connections/${name}/stop`, { reason: 'a leak' });
  const resume = (name: string) =>
    harness.admin('POST', `/connections/${name}/resume`, { reason: 'all well' });
  afterEach(async () => {
    for (const name of ['gpt', 'claude', '*']) await resume(name);
  });

  it('refuses at once, on that connection alone, on record, until it is resumed', async () => {
    const seen = harness.leaky.received.length;
    expect((await stop('gpt')).status).toBe(204);
    const stopped = await call();
    expect(stopped).toMatchObject({ status: 403, code: 'connection_stopped' });
    expect(stopped.response.headers.get('x-should-retry')).toBe('false');
    expect(harness.leaky.received.length).toBe(seen);
    expect((await sessions(harness))[0]).toMatchObject({
      id: stopped.response.headers.get('x-sluice-session'),
      refused: 'connection_stopped',
    });
    expect((await call('echo: x', { dialect: 'anthropic' })).status).toBe(200);
    const { body } = await harness.admin('GET', '/connections');
    const listed = body.connections.find((connection: { name: string }) => connection.name === 'gpt');
    expect(listed.stopped).toMatchObject({ by: 'local:admin', reason: 'a leak' });

    expect((await resume('gpt')).status).toBe(204);
    expect((await call()).status).toBe(200);
    expect(await acts('connection.stop')).toContainEqual(
      expect.objectContaining({ on: 'gpt', reason: 'a leak' }),
    );
    expect(await acts('connection.resume')).toContainEqual(expect.objectContaining({ on: 'gpt' }));
  });

  it('for all stops all', async () => {
    expect((await stop('*')).status).toBe(204);
    for (const dialect of ['openai', 'anthropic'] as const)
      expect(await call('echo: x', { dialect })).toMatchObject({ status: 403, code: 'connection_stopped' });
    expect((await harness.admin('GET', '/connections')).body.stopped).toMatchObject({ reason: 'a leak' });
  });

  it('needs a connection and a reason', async () => {
    expect((await harness.admin('POST', '/connections/none/stop', { reason: 'a leak' })).status).toBe(404);
    expect((await harness.admin('POST', '/connections/gpt/stop', {})).status).toBe(400);
    expect((await resume('claude')).status).toBe(404);
  });

  it('lets answers under way come to their end', async () => {
    const { rest } = await under();
    await stop('gpt');
    expect(saidIn(await rest)).toBe(LONG);
  });

  it('refuses those who wait for an approval, whatever is decided', async () => {
    const waiting = call('echo: the launch code');
    const pending = async () =>
      (await harness.admin('GET', '/approvals?status=pending')).body.approvals[0]?.id;
    await expect.poll(pending).toBeDefined();
    const id = await pending();
    await stop('gpt');
    await harness.admin('POST', `/approvals/${id}/approve`, { reason: 'too late' });
    expect(await waiting).toMatchObject({ status: 403, code: 'connection_stopped' });
    // The approval was not used up.
    await resume('gpt');
    expect((await call('echo: the launch code')).status).toBe(200);
  });
});

describe('a key that is taken away', () => {
  it('opens nothing more, also not for those who wait with it', async () => {
    const { id, key } = (await harness.admin('POST', '/keys', { name: 'leaked', groups: ['engineering'] }))
      .body;
    const waiting = call('echo: the launch code of a thief', { key });
    const pending = async () =>
      (await harness.admin('GET', '/approvals?status=pending')).body.approvals[0]?.id;
    await expect.poll(pending).toBeDefined();
    expect((await harness.admin('DELETE', `/keys/${id}`)).status).toBe(204);
    await harness.admin('POST', `/approvals/${await pending()}/approve`, { reason: 'not knowing' });
    expect(await waiting).toMatchObject({ status: 401, code: 'unauthenticated' });
  });
});

describe('breaking the glass', () => {
  const order = (subject: string, connection = 'gpt') => ({
    subject,
    connection,
    minutes: 5,
    reason: 'production is down',
  });

  it('takes two people, and lets one named person through in observe mode on one connection', async () => {
    const ada = await issuer.sign({ sub: 'ada', groups: ['engineering'] });
    const bob = await issuer.sign({ sub: 'bob', groups: ['engineering'] });
    const lead = await issuer.sign({ sub: 'lead', groups: ['leads'] });
    const platform = await issuer.sign({ sub: 'ops', groups: ['platform'] });
    const ask = () => call(`echo: ${AWS}`, { key: ada });
    expect((await ask()).code).toBe('prompt_blocked');

    expect((await as(lead, 'POST', '/break-glass', order(`oidc:${issuer.issuer}#ada`))).status).toBe(403);
    const opened = await as(platform, 'POST', '/break-glass', order(`oidc:${issuer.issuer}#ada`));
    expect(opened.status).toBe(201);
    const { id } = opened.body;
    expect((await ask()).code).toBe('prompt_blocked');

    const own = await as(platform, 'POST', `/break-glass/${id}/confirm`);
    expect(own).toMatchObject({ status: 403, body: { code: 'own_request' } });
    expect((await as(ada, 'POST', `/break-glass/${id}/confirm`)).status).toBe(403);
    expect((await as(harness.key, 'POST', `/break-glass/${id}/confirm`)).status).toBe(403);
    expect((await ask()).code).toBe('prompt_blocked');

    const confirmed = await as(lead, 'POST', `/break-glass/${id}/confirm`);
    expect(confirmed.status).toBe(200);
    expect(confirmed.body.until).toBeGreaterThan(Date.now());

    const passed = await ask();
    expect(passed.status).toBe(200);
    expect(saidIn(passed.text)).toBe(AWS);
    const { summary } = await ended(harness, passed.response);
    expect(summary.verdict.kind).toBe('allow');
    expect(summary.glass).toBe(id);
    expect(summary.verdict.reasons).toContainEqual(
      expect.objectContaining({ kind: 'secret.aws-access-key-id', action: 'flag', observed: 'block' }),
    );
    // The gateway's own credential is not let out by anything.
    expect((await call('What is your own api key?', { key: ada })).text).not.toContain(
      harness.leaky.credential,
    );

    expect((await call(`echo: ${AWS}`, { key: ada, dialect: 'anthropic' })).code).toBe('prompt_blocked');
    expect((await call(`echo: ${AWS}`, { key: bob })).code).toBe('prompt_blocked');
    expect((await call(`echo: ${AWS}`)).code).toBe('prompt_blocked');

    expect((await as(lead, 'POST', `/break-glass/${id}/confirm`)).body.code).toBe('closed');
    expect((await as(lead, 'DELETE', `/break-glass/${id}`)).status).toBe(204);
    expect((await ask()).code).toBe('prompt_blocked');
    expect((await as(lead, 'DELETE', `/break-glass/${id}`)).status).toBe(404);

    expect(await acts('glass.request')).toContainEqual(
      expect.objectContaining({ by: `oidc:${issuer.issuer}#ops`, reason: 'production is down' }),
    );
    expect(await acts('glass.confirm')).toContainEqual(
      expect.objectContaining({ by: `oidc:${issuer.issuer}#lead`, on: id }),
    );
    expect(await acts('glass.close')).toContainEqual(expect.objectContaining({ on: id }));
  });

  it('ends by itself', async () => {
    const key = await harness.newKey({ name: 'brief', owner: 'carol', groups: ['engineering'] });
    const { switches } = harness.gateway.ledger;
    await switches.openGlass({ ...order('carol'), id: 'glass_brief', minutes: 1, requestedBy: 'dan' });
    // Confirmed almost a minute ago.
    expect(await switches.confirmGlass('glass_brief', 'erin', Date.now() - 58_500)).toBeTypeOf('object');
    expect((await call(`echo: ${AWS}`, { key })).status).toBe(200);
    await expect
      .poll(async () => (await call(`echo: ${AWS}`, { key })).code, { timeout: 5000 })
      .toBe('prompt_blocked');
  });

  it('asks for a person, a connection, a time and a reason', async () => {
    for (const missing of ['subject', 'connection', 'minutes', 'reason']) {
      const { [missing]: _gone, ...rest } = order('x') as Record<string, unknown>;
      expect((await harness.admin('POST', '/break-glass', rest)).status).toBe(400);
    }
    expect((await harness.admin('POST', '/break-glass', { ...order('x'), minutes: 100_000 })).status).toBe(
      400,
    );
    expect((await harness.admin('POST', '/break-glass/glass_none/confirm')).status).toBe(404);
  });
});

describe('a new configuration', () => {
  const problems = async () => (await harness.admin('GET', '/config')).body.problems;
  let good = '';
  beforeAll(() => harness.reconfigure((yaml) => (good = yaml)));
  afterEach(() => harness.reconfigure(() => good));

  it.each([
    ['is no YAML', () => 'connections: ['],
    ['has a key that nobody knows', (yaml: string) => `${yaml}\nunknown: true\n`],
    [
      'names a policy that there is not',
      (yaml: string) => yaml.replace('policy: standard', 'policy: missing'),
    ],
    [
      'refers to a secret that is not there',
      (yaml: string) => yaml.replaceAll('file:credential', 'file:nothing'),
    ],
    ['is empty', () => ''],
  ])('that %s changes nothing and is told', async (_what, change) => {
    const { rest } = await under();
    await harness.reconfigure(change);
    expect((await problems()).length).toBeGreaterThan(0);
    expect((await problems())[0]).toMatch(/^\d+:\d+ /);
    expect((await call()).status).toBe(200);
    expect((await call(`echo: ${AWS}`)).code).toBe('prompt_blocked');
    expect(saidIn(await rest)).toBe(LONG);
    await harness.reconfigure(() => good);
    expect(await problems()).toEqual([]);
  });

  it('that is good applies from the next call on, and a stream under way goes on as it began', async () => {
    const { rest } = await under();
    const elsewhere = (yaml: string) =>
      yaml
        .replace(
          `gpt: { protocol: openai, upstream: "${harness.leaky.url}"`,
          `gpt: { protocol: openai, upstream: "${other.url}"`,
        )
        .replace(
          'gpt: { protocol: openai, upstream: "',
          'gpt: { nonces: [seed], protocol: openai, upstream: "',
        );
    writeFileSync(path.join(harness.directory, 'credential'), `${other.credential}\n`);
    await harness.reconfigure(elsewhere);
    expect(await problems()).toEqual([]);
    const before = other.received.length;
    expect((await call()).status).toBe(200);
    expect(other.received.length).toBe(before + 1);
    expect(saidIn(await rest)).toBe(LONG);
    writeFileSync(path.join(harness.directory, 'credential'), `${harness.leaky.credential}\n`);
  });

  it('that takes a connection away refuses new calls, and lets a stream under way end', async () => {
    const { rest } = await under({ dialect: 'anthropic' });
    await harness.reconfigure((yaml) => yaml.replace(/^ {2}claude: .*\n/m, ''));
    expect((await call('echo: x', { dialect: 'anthropic' })).status).not.toBe(200);
    expect(saidIn(await rest)).toBe(LONG);
  });

  it('that takes access away does so at once', async () => {
    await harness.reconfigure((yaml) => yaml.replace('groups: [engineering]', 'groups: [nobody]'));
    expect((await call()).code).toBe('forbidden');
  });

  it('with another credential serves those who waited meanwhile, too', async () => {
    const waiting = call('echo: another launch code');
    const pending = async () =>
      (await harness.admin('GET', '/approvals?status=pending')).body.approvals[0]?.id;
    await expect.poll(pending).toBeDefined();
    const next = `turned-${'a7f3'.repeat(8)}`;
    harness.leaky.rotate(next);
    writeFileSync(path.join(harness.directory, 'credential'), `${next}\n`);
    await harness.reconfigure((yaml) => yaml);
    await harness.admin('POST', `/approvals/${await pending()}/approve`, { reason: 'fine' });
    const passed = await waiting;
    expect(passed.status).toBe(200);
    expect(saidIn(passed.text)).toBe('another launch code');
    expect(harness.leaky.received.at(-1)!.headers.authorization).toBe(`Bearer ${next}`);
  });
});
