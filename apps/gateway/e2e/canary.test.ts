// Words that are said nowhere else go through every place of a call, and calls end in every way there is; then everything
// that comes out of the gateway, apart from what callers and replays are meant to see, is searched for them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat, chatPath, DIALECTS, type Dialect, textOf } from '../testing/calls.ts';
import { type Harness, startHarness } from '../testing/harness.ts';
import { rawRequest, sendRaw } from '../testing/raw.ts';
import { type Replaying, startReplaying } from '../testing/replaying.ts';

const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const AWS_IN_MODEL = ['AKIA', 'R3WZ5YTNQH7VKD2X'].join('');
const AWS_IN_PATH = ['AKIA', 'P6MTX4HZW2QNRV7K'].join('');

/** Made-up words, so that nothing is taken for a credential: what is searched for must not have been masked. */
const WORD = 'vexolite';
const planted: string[] = [];
const canary = (place: string): string => {
  const value = `${WORD}-${place}`;
  if (!planted.includes(value)) planted.push(value);
  return value;
};

const POLICIES = ['full', 'redacted', 'metadata'].map(
  (record) => `  ${record}:
    extends: built-in
    record: ${record}
    approval: { hold: 20ms, expires: 30s, minimum: 1, pending_per_principal: 50 }
    response: [ { name: cutting, words: [guillotine], do: block } ]`,
);

let harness: Harness;
let upstream: Replaying;
let token: string;
let issued: { id: string; key: string };
const keys: Record<string, string> = {};
/** Bodies and headers that the gateway itself wrote. */
const refusals: string[] = [];

beforeAll(async () => {
  upstream = await startReplaying();
  harness = await startHarness({
    policies: POLICIES.join('\n'),
    connections: `  raw: { protocol: openai, upstream: "${upstream.url}", credential: file:credential }`,
    access: ['full', 'redacted', 'metadata']
      .map((name) => `  - { groups: [${name}], models: ["leaky-1", "AKIA*"], policy: ${name} }`)
      .join('\n'),
    connection: ', timeouts: { connect: 1s, first_byte: 1s, idle: 200ms }',
  });
  token = readFileSync(harness.gateway.adminTokenFile, 'utf8').trim();
  issued = (await harness.admin('POST', '/keys', { name: 'issued', groups: ['nobody'] })).body;
  for (const group of ['full', 'redacted', 'metadata'])
    keys[group] = await harness.newKey({ name: group, groups: [group] });
  await everyCall();
}, 120_000);
afterAll(async () => {
  await harness.close();
  await upstream.close();
});

async function own(response: Response): Promise<void> {
  refusals.push(`${JSON.stringify([...response.headers])}\n${await textOf(response)}`);
}

async function everyCall(): Promise<void> {
  for (const [record, key] of Object.entries(keys)) {
    for (const dialect of DIALECTS) await allowed(record, key, dialect);
  }
  await refused('full', keys.full!);
  await spoiled('full', keys.full!);
  await unread();
}

/** What passes: every place where texts stand in a request and in an answer, and the headers around them. */
async function allowed(record: string, key: string, dialect: Dialect): Promise<void> {
  for (const stream of [false, true]) {
    const at = (place: string) => canary(`${place}${record}${dialect}${stream ? 'streamed' : 'whole'}`);
    harness.leaky.script(at('script'), {
      text: `${at('answer')} ${AWS} and on`,
      reasoning: at('reasoning'),
      citation: { url: `https://example.com/${at('url')}`, title: at('title') },
      tools: [{ name: 'look', arguments: JSON.stringify({ [at('argument')]: at('value') }) }],
    });
    const response = await chat(harness, '', {
      dialect,
      stream,
      key,
      messages: [
        { role: 'user', content: at('before') },
        { role: 'assistant', content: at('said') },
        { role: 'user', content: `scripted: ${at('script')}` },
      ],
      body: {
        metadata: { user_id: at('metadata') },
        [at('member')]: at('unknown'),
        ...(dialect === 'anthropic' ? { system: at('system') } : { user: at('user') }),
      },
      headers: {
        cookie: `session=${at('cookie')}`,
        'user-agent': at('agent'),
        referer: `https://example.com/${at('referer')}`,
        'x-request-id': at('request'),
        'x-forwarded-for': at('forwarded'),
      },
    });
    const text = await textOf(response);
    expect(text).toContain(at(stream || dialect === 'anthropic' ? 'answer' : 'argument'));
    expect(text).not.toContain(AWS);
  }
}

/** What the gateway refuses: blocked, held, malformed, not allowed, unknown. */
async function refused(record: string, key: string): Promise<void> {
  const at = (place: string) => canary(`${place}${record}`);
  for (const dialect of DIALECTS) {
    for (const stream of [false, true]) {
      const way = `${dialect}${stream ? 'streamed' : 'whole'}`;
      await own(await chat(harness, `${at(`blocked${way}`)} ${AWS}`, { dialect, stream, key }));
      await own(await chat(harness, `${at(`held${way}`)}: print environment variables`, { dialect, key }));
      await own(await chat(harness, at(`model${way}`), { dialect, key, body: { model: at('othermodel') } }));
    }
    const post = (body: string, headers: Record<string, string> = {}) =>
      fetch(`${harness.gateway.dataUrl}${chatPath(dialect)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body,
      });
    const member = `"${at('member')}"`;
    for (const body of [
      `{"model":"leaky-1",${member}: ${at('bare')}`,
      `{"model":"leaky-1",${member}:1,${member}:2}`,
      `{"model":"leaky-1","messages":[{"role":"user","content":"${at('control')}\u0001"}]}`,
      `{"model":"leaky-1","messages":[]} ${at('trailing')}`,
      `{"model":["${at('listed')}"]}`,
      `{"model":"leaky-1","stream":"${at('stream')}","messages":[]}`,
      at('nojson'),
    ])
      await own(await post(body));
    await own(await post(`{"${at('typed')}":1}`, { 'content-type': at('type') }));
    await own(await post(`{"${at('coded')}":1}`, { 'content-encoding': at('coding') }));
    await own(await chat(harness, 'x', { dialect, key, query: `?${at('parameter')}=${at('asked')}` }));
    await own(await chat(harness, 'x', { dialect, key, body: { model: AWS_IN_MODEL } }));
  }
  const headers = { authorization: `Bearer ${key}` };
  for (const target of [
    `/gpt/v1/${canary('path')}`,
    `/gpt/v1/files/${AWS_IN_PATH}`,
    `/gpt/v1/models/${AWS_IN_MODEL}`,
    `/${canary('connection')}/v1/models`,
    `/gpt/v1/models?api-key=${key}`,
  ])
    await own(await fetch(`${harness.gateway.dataUrl}${target}`, { headers }));
  for (const credential of [canary('credential'), `slc_${canary('key')}`, issued.key, key.slice(0, -1)])
    await own(await chat(harness, 'x', { key: credential }));
}

/** What goes wrong behind: the model server's errors and faults, answers that are cut, callers who leave. */
async function spoiled(record: string, key: string): Promise<void> {
  const at = (place: string) => canary(`${place}${record}`);
  for (const dialect of DIALECTS) {
    await textOf(await chat(harness, `error: 500 ${at('upstream')}`, { dialect, key }));
    for (const stream of [false, true])
      await textOf(
        await chat(harness, `echo: ${at('cut')} guillotine ${at('aftercut')}`, { dialect, stream, key }),
      );
    for (const fault of [
      'reset',
      'torn',
      'not-json',
      'error-html',
      'error-500',
      'headers',
      'redirect',
      'stall',
    ])
      await textOf(
        await chat(harness, `fault: ${fault}\necho: ${at('faulted')} and on`, { dialect, stream: true, key }),
      );
  }
  const answers = [
    `{"choices": [${at('broken')}`,
    `data: {"${at('torn')}`,
    `data: ${at('frame')}\n\n`,
    `event: ${at('event')}\ndata: {"error":{"message":"${at('error')}"}}\n\ndata: [DONE]\n\n`,
  ];
  for (const bytes of answers) {
    upstream.answer({
      bytes: Buffer.from(bytes),
      headers: {
        'x-request-id': at('upstreamid'),
        'x-note': at('note'),
        'set-cookie': `a=${at('setcookie')}`,
      },
    });
    await textOf(await chat(harness, at('rawprompt'), { key, connection: 'raw', stream: true }));
  }
  const abort = new AbortController();
  const leaving = fetch(`${harness.openai}/chat/completions`, {
    method: 'POST',
    signal: abort.signal,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'leaky-1',
      stream: true,
      messages: [{ role: 'user', content: `pace: 20\necho: ${at('left')} ${'a word '.repeat(50)}` }],
    }),
  });
  await (await leaving).body!.getReader().read();
  abort.abort();
}

/** What is not even HTTP, and what the admin port is asked. */
async function unread(): Promise<void> {
  const { dataUrl, adminUrl } = harness.gateway;
  for (const bytes of [
    Buffer.from(`${canary('nohttp')}\r\n\r\n`),
    Buffer.from(`GET /gpt/${canary('spaced')} path HTTP/1.1\r\nhost: x\r\n\r\n`),
    rawRequest(harness.key, '', { lines: [`x-long: ${canary('long')}${'a'.repeat(20_000)}`] }),
    rawRequest(harness.key, '{}', { lines: [`x-api-key: ${canary('second')}`] }),
  ])
    refusals.push((await sendRaw(dataUrl, bytes)).text);
  for (const [route, init] of [
    ['/approvals', { headers: { authorization: `Bearer ${canary('admintoken')}` } }],
    ['/approvals', { headers: { authorization: `Bearer ${issued.key}` } }],
    [`/${canary('resource')}`, { headers: { authorization: `Bearer ${token}` } }],
    [`/sessions?${canary('filter')}=1`, { headers: { authorization: `Bearer ${token}` } }],
    ['/keys', { method: 'POST', body: `{"name": "${canary('keyname')} ${canary('words')}"}` }],
    ['/keys', { method: 'POST', body: `{"${canary('adminjson')}` }],
  ] as const) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const given: RequestInit = { ...init, headers: 'headers' in init ? init.headers : headers };
    await own(await fetch(`${adminUrl}/api/v1${route}`, given));
  }
}

/** The readings in which a value could stand in a file or a page. */
function readingsOf(value: string): string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.from(`${'.'.repeat(shift)}${value}`)
      .toString('base64')
      .replaceAll('=', '');
    // The first and the last characters depend on what stands beside the value.
    return text.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  return [value, Buffer.from(value).toString('hex'), encodeURIComponent(value), ...base64];
}

/** Everything near a made-up word, in any reading: the haystacks are large, and the word stands in every canary. */
function nearCanaries(text: string): string {
  const found: string[] = [];
  for (const mark of readingsOf(`${WORD}-`)) {
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1))
      found.push(text.slice(Math.max(0, at - 8), at + 400));
  }
  return found.join('\n');
}

function leakedIn(text: string, values: readonly string[]): string[] {
  const near = nearCanaries(text);
  return values.filter((value) => {
    const where = value.startsWith(WORD) ? near : text;
    return readingsOf(value).some((reading) => where.includes(reading));
  });
}

/** What opens something: never anywhere. */
const credentials = () => [
  harness.key,
  ...Object.values(keys),
  issued.key,
  harness.leaky.credential,
  token,
  AWS,
  AWS_IN_MODEL,
  AWS_IN_PATH,
];

/** Names that callers choose stand in the record, where they are searched by; they are no texts. */
const NAMES = ['othermodel', 'path', 'connection'];
const texts = () => planted.filter((value) => !NAMES.some((name) => value.startsWith(`${WORD}-${name}`)));

function filesOf(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe('of what calls carry, nothing comes out', () => {
  it('in the log', async () => {
    expect(harness.logged()).toContain('a credential was not accepted');
    expect(leakedIn(harness.logged(), [...planted, ...credentials()])).toEqual([]);
  });

  it('in errors that the gateway writes', () => {
    expect(refusals.length).toBeGreaterThan(50);
    for (const code of [
      'prompt_blocked',
      'approval_pending',
      'forbidden',
      'malformed_request',
      'unauthenticated',
    ])
      expect(refusals.join('\n')).toContain(code);
    expect(leakedIn(refusals.join('\n'), [...planted, ...credentials()])).toEqual([]);
  });

  it('in the metrics', async () => {
    const metrics = await (await fetch(`${harness.gateway.adminUrl}/metrics`)).text();
    expect(metrics).toContain('sluice_findings_total{kind="secret.aws-access-key-id"');
    expect(leakedIn(metrics, [...planted, ...credentials()])).toEqual([]);
  });

  it.each([
    '/sessions?limit=500',
    '/approvals',
    '/acts',
    '/keys',
    '/grants',
    '/connections',
    '/config',
    '/break-glass',
  ])('in the list %s', async (route) => {
    const { status, body } = await harness.admin('GET', route);
    expect(status).toBe(200);
    expect(leakedIn(JSON.stringify(body), [...texts(), ...credentials()])).toEqual([]);
  });

  it('in findings, which say where and what and never the value', async () => {
    const { body } = await harness.admin('GET', '/sessions?finding=secret&limit=500');
    expect(body.sessions.length).toBeGreaterThan(10);
    for (const { id } of body.sessions.slice(0, 40)) {
      const { body: replay } = await harness.admin('GET', `/sessions/${id}`);
      const { promptFindings, responseFindings, steps, summary } = replay;
      const shown = JSON.stringify({ promptFindings, responseFindings, steps, summary });
      expect(leakedIn(shown, [...texts(), ...credentials()])).toEqual([]);
    }
  });

  it('in replays of what was recorded as metadata alone, revealed', async () => {
    const { body } = await harness.admin('GET', '/sessions?limit=500');
    const metadata = body.sessions.filter((session: { record: string }) => session.record === 'metadata');
    expect(metadata.length).toBeGreaterThan(10);
    for (const { id } of metadata) {
      const { body: revealed } = await harness.admin('POST', `/sessions/${id}/reveal`, { reason: 'a test' });
      expect(leakedIn(JSON.stringify(revealed), [...texts(), ...credentials()])).toEqual([]);
    }
  });

  it('in the files of the record, journals included', async () => {
    const directory = path.dirname(harness.gateway.adminTokenFile);
    const files = filesOf(directory).filter((file) => file !== harness.gateway.adminTokenFile);
    expect(files.length).toBeGreaterThan(1);
    const all = files.map((file) => readFileSync(file).toString('latin1')).join('\n');
    // What may be stored readable is there, so the search reads the right files.
    expect(all).toContain('leaky-1');
    expect(leakedIn(all, [...texts(), ...credentials()])).toEqual([]);
  });
});
