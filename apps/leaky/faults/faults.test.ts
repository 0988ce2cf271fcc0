// Each fault does on the wire what its name says; a fault that is none would let a gateway pass its test for nothing.

import { isUtf8 } from 'node:buffer';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Leaky, SECRETS, startLeaky } from '../index.ts';

let leaky: Leaky;
beforeAll(async () => {
  leaky = await startLeaky();
});
afterAll(() => leaky.close());

interface Outcome {
  readonly status: number | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly trailers: Record<string, string | undefined>;
  readonly body: Buffer;
  /** Pieces in which the body came. */
  readonly chunks: number;
  /** The error code that ended it, or `end`, or `quiet` when nothing came for a while. */
  readonly end: string;
}

/** Faults after which nothing comes; all others say something, however busy the machine is. */
const QUIET = new Set<string | undefined>(['stall', 'silent']);

/** Reads at most 1 MB, and no longer than nothing comes for a while. */
function call(fault: string | undefined, stream = true, path = CHAT): Promise<Outcome> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    let status: number | undefined;
    let headers: Outcome['headers'] = {};
    let trailers: Outcome['trailers'] = {};
    let idle: NodeJS.Timeout;
    const done = (end: string): void => {
      clearTimeout(idle);
      resolve({ status, headers, trailers, body: Buffer.concat(parts), chunks: parts.length, end });
      sent.destroy();
    };
    const alive = (): void => {
      clearTimeout(idle);
      idle = setTimeout(() => done('quiet'), QUIET.has(fault) ? 300 : 20_000);
    };
    const sent = request(leaky.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${leaky.credential}` },
    });
    sent.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
    sent.on('response', (response) => {
      ({ statusCode: status, headers } = response);
      response.on('data', (part: Buffer) => {
        alive();
        parts.push(part);
        size += part.length;
        if (size > 1 << 20) done('endless');
      });
      response.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
      response.on('end', () => {
        ({ trailers } = response);
        done('end');
      });
    });
    alive();
    sent.end(
      JSON.stringify({
        model: 'gpt-leaky',
        max_tokens: 100,
        stream,
        messages: [
          {
            role: 'user',
            content: `${fault === undefined ? '' : `fault: ${fault}\n`}echo: one two three four`,
          },
        ],
      }),
    );
  });
}

const MESSAGES = '/v1/messages';
const CHAT = '/v1/chat/completions';

test.each([
  ['refuse', undefined, 'ECONNRESET'],
  ['reset', 200, 'ECONNRESET'],
  ['stall', 200, 'quiet'],
  ['silent', undefined, 'quiet'],
  ['endless-headers', undefined, 'HPE_HEADER_OVERFLOW'],
  ['endless-line', 200, 'endless'],
  ['endless-stream', 200, 'endless'],
  ['error-500', 500, 'end'],
  ['error-html', 502, 'end'],
  ['redirect', 307, 'end'],
  ['short', 200, 'ECONNRESET'],
  ['two-lengths', undefined, 'HPE_UNEXPECTED_CONTENT_LENGTH'],
])('%s: status %s, ends with %s', async (fault, status, end) => {
  expect(await call(fault)).toMatchObject({ status, end });
});

/** What is wrong with an answer that ends well. */
const WRONG: readonly (readonly [
  fault: string,
  isWrong: (outcome: Outcome, text: string) => boolean,
  complete: boolean,
])[] = [
  ['torn', () => true, false],
  ['not-json', (_, text) => text.startsWith('OK panic'), false],
  ['gzip', ({ headers }) => headers['content-encoding'] === 'gzip', false],
  ['charset', ({ headers }) => String(headers['content-type']).includes('utf-16'), true],
  ['slow-drip', ({ chunks }) => chunks > 100, true],
  ['headers', ({ headers }) => headers['x-debug-key'] === SECRETS.awsAccessKeyId, true],
  ['trailers', ({ trailers }) => trailers['x-debug-key'] === SECRETS.awsAccessKeyId, true],
  ['broken-sse', (_, text) => !jsonLines(text).every(parses), true],
  ['invalid-utf8', ({ body }) => !isUtf8(body), true],
  [
    'duplicate-keys',
    (_, text) => jsonLines(text).some((json) => JSON.stringify(JSON.parse(json)) !== json),
    true,
  ],
  ['unknown-event', (_, text) => text.includes('event: surprise'), true],
  ['unknown-field', (_, text) => jsonLines(text).some((json) => 'debug' in JSON.parse(json)), true],
  ['unframed-text', (_, text) => text.split('\n').includes(SECRETS.awsAccessKeyId), true],
  ['comment', (_, text) => text.includes('\n: panic'), true],
  ['byte-order-mark', (_, text) => text.includes('\ufeff'), true],
  ['error-event', (_, text) => jsonLines(text).some((json) => 'error' in JSON.parse(json)), true],
  ['trailing-data', (_, text) => !END.test(text), false],
];

const END = /data: (\[DONE\]|\{"type":"message_stop"\})\n\n$/;

const jsonLines = (text: string): string[] => [...text.matchAll(/^data: (\{.*)$/gm)].map((line) => line[1]!);

function parses(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

describe.each([CHAT, MESSAGES])('%s', (path) => {
  test('without a fault nothing is wrong', async () => {
    const outcome = await call(undefined, true, path);
    const text = outcome.body.toString();
    expect(text).toMatch(END);
    expect(
      WRONG.filter(([name, isWrong]) => !['torn', 'slow-drip'].includes(name) && isWrong(outcome, text)),
    ).toEqual([]);
  });

  test.each(WRONG)('%s ends well and is wrong in its own way', async (fault, isWrong, complete) => {
    const outcome = await call(fault, true, path);
    const text = outcome.body.toString();
    expect(outcome).toMatchObject({ status: 200, end: 'end' });
    expect(isWrong(outcome, text)).toBe(true);
    expect(END.test(text)).toBe(complete);
  });
});

test.each(['reset', 'torn', 'stall', 'gzip', 'slow-drip'])('%s spoils whole answers too', async (fault) => {
  const { body, headers } = await call(fault, false);
  const readable = headers['content-encoding'] === undefined && body.toString().endsWith('}');
  expect(readable).toBe(fault === 'slow-drip');
});

test('an error body and headers leak when asked to', async () => {
  expect((await call('error-500')).body.toString()).toContain(SECRETS.databaseUrl);
  expect((await call('headers')).headers['x-debug-key']).toBe(SECRETS.awsAccessKeyId);
});

test('a fault can be switched on for all answers, and off again', async () => {
  leaky.fault('error-html');
  expect((await call(undefined)).status).toBe(502);
  leaky.fault();
  expect((await call(undefined)).status).toBe(200);
  expect(() => leaky.fault('nothing')).toThrow('no fault');
  expect((await call('nothing')).status).toBe(400);
});
