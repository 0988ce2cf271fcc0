// A secret in any place of any answer that a provider's schema has, through the whole path and over real sockets: no part of
// it comes through, and what does is the same however the bytes are cut.
import type { Claim } from '@sluice/protocols';
import { fixtures as anthropicFixtures } from '@sluice/protocols/anthropic/fixtures';
import { fixtures as openAiFixtures } from '@sluice/protocols/openai-chat/fixtures';
import type { Fixtures } from '@sluice/protocols/testing/fixture';
import { isObject, type Json, visible, visibleInStream } from '@sluice/protocols/testing/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS, type Dialect, saidIn, textOf } from '../testing/calls.ts';
import { type Harness, startHarness } from '../testing/harness.ts';
import { type Replayed, type Replaying, startReplaying } from '../testing/replaying.ts';

const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
/** As a number, where the schema has one. */
const CARD = Number(['4111', '1111', '1111', '1111'].join(''));
/** Long enough to be told from chance. */
const PARTS = [...Array(AWS.length - 6)].map((_, at) => AWS.slice(at, at + 7)).concat('411111111111');

const FIXTURES: Readonly<Record<Dialect, Fixtures>> = {
  openai: openAiFixtures,
  anthropic: anthropicFixtures,
};

let harness: Harness;
let upstream: Replaying;

beforeAll(async () => {
  upstream = await startReplaying();
  harness = await startHarness({
    connections: `  raw-openai: { protocol: openai, upstream: "${upstream.url}", credential: file:credential }
  raw-anthropic: { protocol: anthropic, upstream: "${upstream.url}", credential: file:credential }`,
  });
});
afterAll(async () => {
  await harness.close();
  await upstream.close();
});

const ROUTES: Readonly<Record<Dialect, Partial<Record<Claim['operation'], string>>>> = {
  openai: { chat: '/v1/chat/completions', complete: '/v1/completions', embed: '/v1/embeddings' },
  anthropic: { chat: '/v1/messages', count_tokens: '/v1/messages/count_tokens' },
};

/** Asks in a way that the upstream answers as told. Lists of models have no request body to tell it in. */
async function replay(dialect: Dialect, claim: Pick<Claim, 'operation'>, replayed: Replayed, stream = false) {
  const path = ROUTES[dialect][claim.operation];
  const plan = upstream.plan(replayed);
  if (path === undefined) upstream.answer(replayed);
  const words = claim.operation === 'complete' ? { prompt: plan } : { input: plan };
  const asked =
    claim.operation === 'complete' || claim.operation === 'embed'
      ? words
      : { max_tokens: 10, messages: [{ role: 'user', content: plan }] };
  return fetch(`${harness.gateway.dataUrl}/raw-${dialect}${path ?? '/v1/models'}`, {
    headers: {
      authorization: `Bearer ${harness.key}`,
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
    },
    ...(path === undefined ? {} : { method: 'POST', body: JSON.stringify({ model: 'm', stream, ...asked }) }),
    signal: AbortSignal.timeout(45_000),
  });
}

/** Counters, times and probabilities of the published schemas, which carry no text. */
const MEASURES = /(?:tokens|index|created|_at|logprobs?|_time|offset|bytes|embedding|requests)(?:\[\])*$/;

/** Copies of a value with the secret in one string, key or number. */
function* planted(value: Json, path = ''): Generator<{ path: string; value: Json }> {
  if (typeof value === 'string') yield { path, value: `It is ${AWS}.` };
  else if (typeof value === 'number') {
    if (!MEASURES.test(path)) yield { path, value: CARD };
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries())
      for (const found of planted(item, `${path}[]`))
        yield { path: found.path, value: value.map((other, i) => (i === at ? found.value : other)) };
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const put = (name: string, inner: Json): Json =>
        Object.fromEntries(Object.entries(value).map(([k, v]) => (k === key ? [name, inner] : [k, v])));
      yield { path: `${path}.${key}#key`, value: put(AWS, item) };
      for (const found of planted(item, `${path}.${key}`))
        yield { path: found.path, value: put(key, found.value) };
    }
  }
}

interface Plant {
  readonly path: string;
  readonly bytes: Buffer;
}

/** One of each place: the same member in another element of a list, or in another frame, is the same place. */
function onePerPlace(
  plants: Iterable<{ path: string; value: Json }>,
  write: (value: Json) => Buffer,
): Plant[] {
  const seen = new Map<string, Plant>();
  for (const { path, value } of plants) if (!seen.has(path)) seen.set(path, { path, bytes: write(value) });
  return [...seen.values()];
}

function* plantedInEvents(events: readonly Json[]): Generator<{ path: string; value: Json }> {
  for (const [at, event] of events.entries()) {
    if (typeof event === 'string') continue;
    for (const { path, value } of planted(event))
      yield { path, value: events.map((other, i) => (i === at ? value : other)) };
  }
}

/** Asks for every plant, a few at a time. Answers how many came out masked, the others being errors without the secret. */
async function tryAll(
  dialect: Dialect,
  claim: Pick<Claim, 'operation'>,
  plants: readonly Plant[],
  how: { readonly stream: boolean; readonly status?: number },
): Promise<number> {
  let masked = 0;
  const waiting = [...plants];
  const next = async (): Promise<void> => {
    for (let plant = waiting.shift(); plant !== undefined; plant = waiting.shift()) {
      const { bytes, path } = plant;
      const replayed = { bytes, ...(how.status === undefined ? {} : { status: how.status }) };
      const response = await replay(dialect, claim, replayed, how.stream);
      const text = await textOf(response);
      const shown = [JSON.stringify([...response.headers]), text, ...seenIn(text)].join('\u0000');
      for (const part of PARTS) if (shown.includes(part)) expect.fail(`${path}: ${part} came through`);
      if (text.includes('[REDACTED:') || text.includes('*')) masked += 1;
    }
  };
  const lanes = ROUTES[dialect][claim.operation] === undefined ? 1 : 6;
  await Promise.all(Array.from({ length: lanes }, next));
  return masked;
}

function seenIn(text: string): string[] {
  if (text.startsWith('{')) return visible(JSON.parse(text) as Json);
  return text === '' ? [] : [visibleInStream(Buffer.from(text))];
}

describe.each(DIALECTS)('%s: a secret in any place', (dialect) => {
  const { whole, streams, write } = FIXTURES[dialect];

  it.each(whole)('of a whole answer: $name', async ({ claim, body, status }) => {
    const plants = onePerPlace(planted(body), (value) => Buffer.from(JSON.stringify(value)));
    const masked = await tryAll(dialect, claim, plants, { stream: false, status });
    expect(masked).toBeGreaterThan(plants.length / 2);
  });

  it.each(streams)('of a streamed answer: $name', async ({ claim, events }) => {
    const plants = onePerPlace(plantedInEvents(events), (value) => write(value as Json[]));
    const masked = await tryAll(dialect, claim, plants, { stream: true });
    expect(masked).toBeGreaterThan(plants.length / 4);
  });
});

/** A small generator (mulberry32), so that a cut that leaks can be found again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.each(DIALECTS)('%s: a stream with a secret', (dialect) => {
  const growing = FIXTURES[dialect].streams.find((stream) => stream.growing !== undefined)!.growing!;
  const stream = (pieces: readonly string[]) =>
    FIXTURES[dialect].write([...growing.before, ...pieces.map(growing.piece), ...growing.after]);
  const text = `Keep it, says the café 😀: ${AWS}, and go on.`;
  const expected = text.replace(AWS, '[REDACTED:secret.aws-access-key-id]');
  const chat = { operation: 'chat' } as const;

  it('reads the same wherever its bytes are cut', async () => {
    const bytes = stream([text.slice(0, 30), text.slice(30, 37), text.slice(37, 41), text.slice(41)]);
    const draw = random(7);
    const cuts: number[][] = Array.from({ length: 40 }, (_, i) => [
      Math.floor(((i + 0.5) / 40) * bytes.length),
    ]);
    for (let run = 0; run < 20; run++)
      cuts.push(
        Array.from({ length: 12 }, () => 1 + Math.floor(draw() * (bytes.length - 1))).sort((a, b) => a - b),
      );
    cuts.push(Array.from({ length: bytes.length - 1 }, (_, at) => at + 1));
    const whole = await textOf(await replay(dialect, chat, { bytes }, true));
    expect(saidIn(whole)).toBe(expected);
    for (const cut of cuts) {
      const other = await textOf(await replay(dialect, chat, { bytes, cuts: cut }, true));
      if (other !== whole) expect.fail(`cut at ${cut.join(', ')}:\n${other}\ninstead of\n${whole}`);
    }
  });

  it('says the same wherever its text is cut into events', async () => {
    for (let at = 1; at < text.length; at += at > 20 && at < 55 ? 1 : 7) {
      const bytes = stream([text.slice(0, at), text.slice(at)]);
      const out = await textOf(await replay(dialect, chat, { bytes }, true));
      expect(saidIn(out), `cut at ${at}`).toBe(expected);
    }
    const single = await textOf(await replay(dialect, chat, { bytes: stream([...text]) }, true));
    expect(saidIn(single)).toBe(expected);
  });

  it('says nothing of it when it ends inside the secret', async () => {
    for (let at = AWS.length - 1; at > 4; at -= 3) {
      const torn = stream([`Take ${AWS.slice(0, at)}`]);
      const end = torn.indexOf(JSON.stringify(growing.after[0]).slice(0, 12), torn.indexOf('Take'));
      const out = await textOf(await replay(dialect, chat, { bytes: torn.subarray(0, end) }, true));
      for (const part of PARTS) expect(out).not.toContain(part);
    }
  });
});
