// Faults of the connection and of HTTP: what is said may be right, but it does not arrive as it should.
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { pause, sendPaced, write } from '../deliver.ts';
import { SECRETS } from '../secrets.ts';
import { begin, type Fault, framesOf, socketOf, TRACE, typeOf } from './spoiled.ts';

/** Longer than any time-out of a test. */
const FOREVER = 10 * 60_000;

export const WIRE_FAULTS = {
  /** The connection is reset before a byte of the answer. */
  refuse: async (spoiled) => void socketOf(spoiled).resetAndDestroy(),
  /** … in the middle of the answer. */
  reset: async (spoiled) => {
    await begin(spoiled);
    // A reset throws away what was not read yet: what has been said is to arrive first, also at a caller in this process,
    // who reads between two turns of its loop.
    await pause(spoiled.response, 20);
    await setImmediate();
    await setImmediate();
    socketOf(spoiled).resetAndDestroy();
  },
  /** The answer ends well on the wire, but without its end. */
  torn: async (spoiled) => {
    await begin(spoiled);
    spoiled.response.end();
  },
  /** Silence in the middle of the answer. */
  stall: async (spoiled) => {
    await begin(spoiled);
    await pause(spoiled.response, FOREVER);
  },
  /** Silence from the start. */
  silent: async ({ response }) => pause(response, FOREVER),
  /** Everything is said, a byte at a time. */
  'slow-drip': async ({ response, reply, tokenMs }) => {
    response.writeHead(200, { 'content-type': typeOf(reply) });
    const bytes = Buffer.from(framesOf(reply).join(''));
    await sendPaced(
      response,
      Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)),
      tokenMs,
    );
    response.end();
  },
  /** Ends before the length that it announced. */
  short: async ({ response, reply }) => {
    const body = framesOf(reply).join('');
    response.writeHead(200, {
      'content-type': typeOf(reply),
      'content-length': Buffer.byteLength(body) + 10,
    });
    await write(response, body);
    response.socket?.end();
  },
  /** Two lengths: whoever believes the one reads another answer than who believes the other. */
  'two-lengths': async (spoiled) => {
    const body = framesOf(spoiled.reply).join('');
    const lengths = `content-length: ${Buffer.byteLength(body)}\r\ncontent-length: 5`;
    socketOf(spoiled).end(
      `HTTP/1.1 200 OK\r\ncontent-type: ${typeOf(spoiled.reply)}\r\n${lengths}\r\n\r\n${body}`,
    );
  },
  /** Compressed although nobody said that it may be. */
  gzip: async ({ response, reply }) => {
    const head = { 'content-type': typeOf(reply), 'content-encoding': 'gzip' };
    response.writeHead(200, head).end(gzipSync(framesOf(reply).join('')));
  },
  /** In a charset in which the same bytes read as another text. */
  charset: async ({ response, reply }) => {
    const type = `${typeOf(reply).split(';')[0]}; charset=utf-16le`;
    response.writeHead(200, { 'content-type': type }).end(framesOf(reply).join(''));
  },
  redirect: async ({ response }) => {
    const head = { location: 'http://127.0.0.1:1/elsewhere', 'content-type': 'text/plain' };
    response.writeHead(307, head).end('elsewhere');
  },
  /** Leaks in headers that a gateway has no reason to pass on. */
  headers: async ({ response, reply, tokenMs }) => {
    response.writeHead(200, {
      'content-type': typeOf(reply),
      'set-cookie': `session=${SECRETS.slackToken}`,
      'x-debug-key': SECRETS.awsAccessKeyId,
      server: `leaky ${SECRETS.stripeKey}`,
    });
    await sendPaced(response, framesOf(reply), tokenMs);
    response.end();
  },
  /** … and in those that come after the body. */
  trailers: async ({ response, reply, tokenMs }) => {
    response.writeHead(200, { 'content-type': typeOf(reply), trailer: 'x-debug-key' });
    await sendPaced(response, framesOf(reply), tokenMs);
    response.addTrailers({ 'x-debug-key': SECRETS.awsAccessKeyId });
    response.end();
  },
  /** A provider's error with more in it than it should have. */
  'error-500': async ({ response, errorBody }) => {
    response
      .writeHead(500, { 'content-type': 'application/json' })
      .end(JSON.stringify(errorBody(500, TRACE)));
  },
  'error-html': async ({ response }) => {
    response
      .writeHead(502, { 'content-type': 'text/html' })
      .end(`<html><body><pre>${TRACE}</pre></body></html>`);
  },
  'not-json': async ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`OK ${TRACE}`);
  },
} as const satisfies Readonly<Record<string, Fault>>;
