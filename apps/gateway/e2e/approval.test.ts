// Approval on the wire, as section by section of the contract: hold, attach, digest, single use, four eyes, expiry, restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, type HarnessOptions, startHarness } from '../testing/harness.ts';

const POLICY = (approval: string) => `  standard:
    extends: built-in
    prompt:
      - { name: launch, match: '(?i)launch code', do: approve }
    approval: ${approval}`;

const QUICK = POLICY('{ hold: 400ms, expires: 30s, minimum: 1, pending_per_principal: 3 }');

let directory: string;
let harness: Harness;

async function begin(options: HarnessOptions = {}): Promise<void> {
  harness = await startHarness({ policies: QUICK, directory, ...options });
}

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sluice-approval-'));
});
afterEach(async () => {
  await harness.close();
  rmSync(directory, { recursive: true, force: true });
});

const RISKY = 'echo: the launch code please';

function client(key = harness.key): OpenAI {
  return new OpenAI({ baseURL: harness.openai, apiKey: key, maxRetries: 0 });
}

function call(content = RISKY, more: { stream?: boolean; key?: string; temperature?: number } = {}) {
  const { key, ...body } = more;
  return fetch(`${harness.openai}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key ?? harness.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'leaky-1', messages: [{ role: 'user', content }], ...body }),
  });
}

async function pending(count = 1): Promise<readonly { id: string; digest: string }[]> {
  for (;;) {
    const { body } = await harness.admin('GET', '/approvals?status=pending');
    if (body.approvals.length >= count) return body.approvals;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const approve = (id: string, more: object = {}) =>
  harness.admin('POST', `/approvals/${id}/approve`, { reason: 'checked', ...more });
const deny = (id: string) => harness.admin('POST', `/approvals/${id}/deny`, { reason: 'not today' });

describe('a held call', () => {
  it('gets its real status when the decision is quick', async () => {
    await begin();
    const answer = client().chat.completions.create({
      model: 'leaky-1',
      messages: [{ role: 'user', content: RISKY }],
    });
    const [approval] = await pending();
    expect((await approve(approval!.id)).status).toBe(200);
    expect((await answer).choices[0]?.message.content).toBe('the launch code please');
  });

  it.each([
    [
      'as configured',
      'admin: { address: 127.0.0.1:0, url: "https://sluice.example.com/" }',
      /^https:\/\/sluice\.example\.com\/approvals\/apr_/,
    ],
    [
      'by the name of this machine',
      'admin: 0.0.0.0:0',
      new RegExp(`^http://${hostname()}:\\d+/approvals/apr_`),
    ],
    ['by its address', 'admin: 127.0.0.1:0', /^http:\/\/127\.0\.0\.1:\d+\/approvals\/apr_/],
  ])('has a link that leads there, %s', async (_, admin, link) => {
    await begin({ configure: (yaml) => yaml.replace('admin: 127.0.0.1:0', admin) });
    const { error } = (await (await call()).json()) as { error: { message: string } };
    expect(/https?:\/\/[^\s"]+/.exec(JSON.stringify(error))?.[0]).toMatch(link);
  });

  it('is told to come back when it outlasts the hold, and attaches to the same approval', async () => {
    await begin();
    const first = await call();
    expect(first.status).toBe(409);
    expect(first.headers.get('retry-after')).toBe('5');
    const { error } = (await first.json()) as { error: { code: string } };
    expect(error.code).toBe('approval_pending');
    const [approval] = await pending();
    expect(JSON.stringify(error)).toContain(approval!.id);
    expect((await call()).status).toBe(409);
    expect(await pending()).toHaveLength(1);
    await approve(approval!.id);
    expect((await call()).status).toBe(200);
  });

  it('is used once: the same request waits again afterwards', async () => {
    await begin();
    await call();
    await approve((await pending())[0]!.id);
    expect((await call()).status).toBe(200);
    expect((await call()).status).toBe(409);
  });

  it('is used by the time that the first byte of the answer is out, and stays so over a restart', async () => {
    await begin();
    const answer = call('pace: 40\necho: the launch code please', { stream: true });
    const [approval] = await pending();
    await approve(approval!.id);
    const reader = (await answer).body!.getReader();
    await reader.read();
    expect((await harness.admin('GET', `/approvals/${approval!.id}`)).body.status).toBe('consumed');
    await reader.cancel();
    await harness.close();
    await begin();
    const key = await harness.newKey({ name: 'test', groups: ['engineering'] });
    expect((await call('pace: 40\necho: the launch code please', { key })).status).toBe(409);
  });

  it('is bound to its content: another character is another request', async () => {
    await begin();
    await call();
    await approve((await pending())[0]!.id);
    expect((await call(`${RISKY}!`)).status).toBe(409);
    expect((await call(RISKY, { temperature: 1 })).status).toBe(409);
    expect((await call()).status).toBe(200);
  });

  it('is not bound to whether it is streamed', async () => {
    await begin();
    await call();
    await approve((await pending())[0]!.id);
    const answer = await call(RISKY, { stream: true });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('[DONE]');
  });

  it('is bound to its caller', async () => {
    await begin();
    const other = await harness.newKey({ name: 'other', groups: ['engineering'] });
    await call();
    await approve((await pending())[0]!.id);
    expect((await call(RISKY, { key: other })).status).toBe(409);
  });

  it('is refused with the reason when it is denied, and no retry is worth it', async () => {
    await begin();
    const answer = call();
    await deny((await pending())[0]!.id);
    const refused = await answer;
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    const body = await refused.text();
    expect(body).toContain('approval_denied');
    expect(body).toContain('not today');
    expect((await call()).status).toBe(403);
  });

  it('expires', async () => {
    await begin({ policies: POLICY('{ hold: 400ms, expires: 400ms, minimum: 1 }') });
    const refused = await call();
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('approval_expired');
  });

  it('lets one of several equal calls through and leaves the others waiting', async () => {
    await begin();
    const calls = [call(), call(), call()];
    const [approval] = await pending();
    await approve(approval!.id);
    const statuses = (await Promise.all(calls)).map((answer) => answer.status).sort();
    expect(statuses).toEqual([200, 409, 409]);
  });

  it('survives a restart', async () => {
    await begin();
    await call();
    const [approval] = await pending();
    await harness.close();
    await begin();
    const again = await harness.newKey({ name: 'unused' });
    expect(again).toMatch(/^slc_/);
    expect((await pending())[0]!.id).toBe(approval!.id);
  });

  it('counts pending ones per caller', async () => {
    await begin({ policies: POLICY('{ hold: 50ms, expires: 30s, minimum: 1, pending_per_principal: 2 }') });
    expect((await call('echo: launch code 1')).status).toBe(409);
    expect((await call('echo: launch code 2')).status).toBe(409);
    const third = await call('echo: launch code 3');
    expect(third.status).toBe(429);
    expect(await third.text()).toContain('limit_exceeded');
  });

  it('waits for as many people as the policy asks', async () => {
    await begin({ policies: POLICY('{ hold: 50ms, expires: 30s, minimum: 2 }') });
    await call();
    const [approval] = await pending();
    expect((await approve(approval!.id)).body.status).toBe('pending');
    expect((await approve(approval!.id)).body.code).toBe('voted_already');
    expect((await call()).status).toBe(409);
    await harness.gateway.ledger.approvals.vote(approval!.id, {
      person: 'second',
      approve: true,
      at: Date.now(),
      reason: '',
    });
    expect((await call()).status).toBe(200);
  });

  it('cannot be approved by whoever answers for the key', async () => {
    await begin();
    const own = await harness.newKey({ name: 'own', owner: 'local:admin', groups: ['engineering'] });
    await call(RISKY, { key: own });
    const refused = await approve((await pending())[0]!.id);
    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe('own_approval');
  });

  it('may try again while no byte of an answer has come, three times in all', async () => {
    await begin();
    await call();
    await approve((await pending())[0]!.id);
    harness.leaky.fault('reset');
    for (let attempt = 0; attempt < 3; attempt++) expect((await call()).status).toBe(502);
    harness.leaky.fault();
    const spent = await call();
    expect(spent.status).toBe(403);
    expect(await spent.text()).toContain('approval_expired');
  });

  it('passes under a grant for a time, for this person and rule alone', async () => {
    await begin();
    await call();
    await approve((await pending())[0]!.id, { minutes: 10 });
    expect((await call()).status).toBe(200);
    expect((await call('echo: another launch code')).status).toBe(200);
    const other = await harness.newKey({ name: 'other', groups: ['engineering'] });
    expect((await call(RISKY, { key: other })).status).toBe(409);
    const { body } = await harness.admin('GET', '/grants');
    expect((await harness.admin('DELETE', `/grants/${body.grants[0].id}`)).status).toBe(204);
    expect((await call('echo: one more launch code')).status).toBe(409);
  });
});

describe('a held stream', () => {
  const slow = POLICY('{ hold: 20s, expires: 60s, minimum: 1 }');

  it('is kept alive with comments, and then answers in the stream', async () => {
    await begin({ policies: slow });
    const answer = await call(RISKY, { stream: true });
    expect(answer.status).toBe(200);
    await approve((await pending())[0]!.id);
    const text = await answer.text();
    expect(text.startsWith(':')).toBe(true);
    expect(text).toContain('launch');
    expect(text.trimEnd().endsWith('[DONE]')).toBe(true);
  });

  it('gets a refusal as an error in the stream, with the same code', async () => {
    await begin({ policies: slow });
    const stream = await client().chat.completions.create({
      model: 'leaky-1',
      stream: true,
      messages: [{ role: 'user', content: RISKY }],
    });
    await deny((await pending())[0]!.id);
    const read = async () => {
      for await (const _chunk of stream);
    };
    await expect(read()).rejects.toMatchObject({ code: 'approval_denied' });
  });

  it('that its caller leaves is recorded as left', async () => {
    await begin({ policies: slow });
    const abort = new AbortController();
    const left = client().chat.completions.create(
      { model: 'leaky-1', stream: true, messages: [{ role: 'user', content: RISKY }] },
      { signal: abort.signal },
    );
    await pending();
    abort.abort();
    await expect(left).rejects.toThrow();
    await expect
      .poll(async () => (await harness.admin('GET', '/sessions?limit=1')).body.sessions[0]?.end?.outcome)
      .toBe('caller_left');
  });
});
