// Ways in which a model server can go wrong: a row each, spoiling a reply that would have been good.
// It must not know protocols: it sees a reply's frames or bytes.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Reply } from './answer.ts';
import { pause, room, STREAM_TYPE, sendPaced, write } from './deliver.ts';
import { SECRETS } from './secrets.ts';

export interface Spoiled {
  readonly response: ServerResponse;
  readonly reply: Reply;
  readonly tokenMs: number;
}

/** Bytes after which an endless fault ends after all, so that no mistake fills a disk or a memory. */
const ENDLESS = 64 << 20;

/** Frames that arrive before a stream goes wrong. */
const GOOD_FRAMES = 4;

/** Longer than any time-out of a test. */
const FOREVER = 10 * 60_000;

const framesOf = (reply: Reply): readonly string[] =>
  reply.kind === 'stream' ? reply.frames : [JSON.stringify(reply.body)];

const typeOf = (reply: Reply): string => (reply.kind === 'stream' ? STREAM_TYPE : 'application/json');

/** The socket itself, for what node:http would not say. */
const socketOf = ({ response }: Spoiled): Socket => response.socket!;

async function begin({ response, reply, tokenMs }: Spoiled): Promise<void> {
  response.writeHead(200, { 'content-type': typeOf(reply) });
  const frames = framesOf(reply);
  await sendPaced(
    response,
    reply.kind === 'stream' ? frames.slice(0, GOOD_FRAMES) : [frames[0]!.slice(0, 20)],
    tokenMs,
  );
}

/** Sends the good beginning, then one piece that is wrong, and ends as if nothing were. */
const beginThen =
  (piece: string | Uint8Array) =>
  async (spoiled: Spoiled): Promise<void> => {
    await begin(spoiled);
    await write(spoiled.response, piece);
    spoiled.response.end();
  };

async function endless(socket: Socket, piece: string): Promise<void> {
  for (let sent = 0; sent < ENDLESS && !socket.destroyed; sent += piece.length) {
    if (!socket.write(piece)) await room(socket);
  }
  socket.destroy();
}

const failWith =
  (status: number, type: string, body: string) =>
  async ({ response }: Spoiled): Promise<void> => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };

const TRACE = `panic: cannot connect to ${SECRETS.databaseUrl} with AWS_ACCESS_KEY_ID=${SECRETS.awsAccessKeyId}`;

export const FAULTS: Readonly<Record<string, (spoiled: Spoiled) => Promise<void>>> = {
  /** The connection is reset before a byte of the answer. */
  refuse: async (spoiled) => void socketOf(spoiled).resetAndDestroy(),
  /** … in the middle of the answer. */
  reset: async (spoiled) => {
    await begin(spoiled);
    // A reset throws away what was not read yet: what has been said is to arrive first.
    await pause(spoiled.response, 20);
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
  'broken-sse': beginThen('data: {"choices":[{"delta":{"content":"half a\n\n'),
  'unknown-event': beginThen(`event: surprise\ndata: {"note":"${SECRETS.awsAccessKeyId}"}\n\n`),
  'unframed-text': beginThen(`${SECRETS.awsAccessKeyId}\n\n`),
  'invalid-utf8': beginThen(
    Buffer.concat([
      Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}}]}\n\n'),
    ]),
  ),
  'duplicate-keys': beginThen(
    `data: {"choices":[],"choices":[{"index":0,"delta":{"content":"${SECRETS.awsAccessKeyId}"}}]}\n\n`,
  ),
  'endless-headers': async (spoiled) => {
    const socket = socketOf(spoiled);
    socket.write('HTTP/1.1 200 OK\r\n');
    await endless(socket, `x-more: ${'m'.repeat(1000)}\r\n`);
  },
  'endless-line': async (spoiled) => {
    const socket = socketOf(spoiled);
    socket.write(
      `HTTP/1.1 200 OK\r\ncontent-type: ${typeOf(spoiled.reply)}\r\nconnection: close\r\n\r\ndata: `,
    );
    await endless(socket, 'word '.repeat(1000));
  },
  'endless-stream': async (spoiled) => {
    const frame = framesOf(spoiled.reply)[1] ?? framesOf(spoiled.reply)[0]!;
    spoiled.response.writeHead(200, { 'content-type': typeOf(spoiled.reply) });
    for (let sent = 0; sent < ENDLESS && (await write(spoiled.response, frame)); sent += frame.length) {
      await pause(spoiled.response, spoiled.tokenMs);
    }
    spoiled.response.end();
  },
  'error-500': failWith(
    500,
    'application/json',
    JSON.stringify({ error: { message: TRACE, type: 'server_error', param: null, code: null } }),
  ),
  'error-html': failWith(
    502,
    'text/html',
    `<html><body><h1>Bad gateway</h1><pre>${TRACE}</pre></body></html>`,
  ),
  'not-json': failWith(200, 'application/json', `OK ${TRACE}`),
  /** Compressed although nobody said that it may be. */
  gzip: async ({ response, reply }) => {
    response
      .writeHead(200, { 'content-type': typeOf(reply), 'content-encoding': 'gzip' })
      .end(gzipSync(framesOf(reply).join('')));
  },
  redirect: async ({ response }) => {
    response
      .writeHead(307, { location: 'http://127.0.0.1:1/elsewhere', 'content-type': 'text/plain' })
      .end('elsewhere');
  },
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
};
