// Each fault does on the wire what its name says; a fault that is none would let a gateway pass its test for nothing.
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Leaky, SECRETS, startLeaky } from './index.ts';

let leaky: Leaky;
beforeAll(async () => {
  leaky = await startLeaky();
});
afterAll(() => leaky.close());

interface Outcome {
  readonly status: number | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
  /** The error code that ended it, or `end`, or `quiet` when nothing came for a while. */
  readonly end: string;
}

/** Reads at most 1 MB and no longer than nothing comes for 300 ms. */
function call(fault: string | undefined, stream = true): Promise<Outcome> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    let status: number | undefined;
    let headers: Outcome['headers'] = {};
    let idle: NodeJS.Timeout;
    const done = (end: string): void => {
      clearTimeout(idle);
      resolve({ status, headers, body: Buffer.concat(parts), end });
      sent.destroy();
    };
    const alive = (): void => {
      clearTimeout(idle);
      idle = setTimeout(() => done('quiet'), 300);
    };
    const sent = request(`${leaky.url}/v1/chat/completions`, {
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
      response.on('end', () => done('end'));
    });
    alive();
    sent.end(
      JSON.stringify({
        model: 'gpt-leaky',
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

test.each([
  ['refuse', undefined, 'ECONNRESET'],
  ['reset', 200, 'ECONNRESET'],
  ['torn', 200, 'end'],
  ['stall', 200, 'quiet'],
  ['silent', undefined, 'quiet'],
  ['broken-sse', 200, 'end'],
  ['unknown-event', 200, 'end'],
  ['unframed-text', 200, 'end'],
  ['invalid-utf8', 200, 'end'],
  ['duplicate-keys', 200, 'end'],
  ['endless-headers', undefined, 'HPE_HEADER_OVERFLOW'],
  ['endless-line', 200, 'endless'],
  ['endless-stream', 200, 'endless'],
  ['error-500', 500, 'end'],
  ['error-html', 502, 'end'],
  ['not-json', 200, 'end'],
  ['gzip', 200, 'end'],
  ['redirect', 307, 'end'],
  ['slow-drip', 200, 'end'],
  ['short', 200, 'ECONNRESET'],
  ['headers', 200, 'end'],
])('%s: status %s, ends with %s', async (fault, status, end) => {
  const outcome = await call(fault);
  expect(outcome).toMatchObject({ status, end });
  if (end !== 'end' || status !== 200) return;
  // What ends well must be wrong in another way, or complete.
  const complete = outcome.body.toString().endsWith('data: [DONE]\n\n');
  expect(complete).toBe(['slow-drip', 'headers'].includes(fault));
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
