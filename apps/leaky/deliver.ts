// Sends a reply at the pace of a model, as fast as the caller reads and not longer than it listens.
// It must not know what a reply says, nor how it may be spoiled.
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './answer.ts';

export const STREAM_TYPE = 'text/event-stream; charset=utf-8';

/** Waits until there is room for more to be written, or nobody is left to read it. */
export async function room(to: Writable): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      to.off('drain', done).off('close', done);
      resolve();
    };
    to.on('drain', done).on('close', done);
  });
}

/** Resolves once there is room for more. False when the caller has left. */
export async function write(response: ServerResponse, bytes: string | Uint8Array): Promise<boolean> {
  if (response.destroyed) return false;
  if (!response.write(bytes)) await room(response);
  return !response.destroyed;
}

/** Waits so many milliseconds, or until the caller leaves. */
export async function pause(response: ServerResponse, ms: number): Promise<void> {
  if (ms <= 0 || response.destroyed) return;
  const left = new AbortController();
  const leave = (): void => left.abort();
  response.once('close', leave);
  await sleep(ms, undefined, { signal: left.signal }).catch((error: unknown) => {
    if (!left.signal.aborted) throw error;
  });
  response.off('close', leave);
}

/** Sends pieces `tokenMs` apart, measured from the first, so that slow writes do not add up. */
export async function sendPaced(
  response: ServerResponse,
  pieces: Iterable<string | Uint8Array>,
  tokenMs: number,
): Promise<void> {
  const began = performance.now();
  let sent = 0;
  for (const piece of pieces) {
    if (tokenMs > 0) await pause(response, began + sent * tokenMs - performance.now());
    if (!(await write(response, piece))) return;
    sent += 1;
  }
}

export async function deliver(response: ServerResponse, reply: Reply, tokenMs: number): Promise<void> {
  if (reply.kind === 'whole') {
    const bytes = Buffer.from(JSON.stringify(reply.body));
    response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
    return;
  }
  response.writeHead(200, { 'content-type': STREAM_TYPE, 'cache-control': 'no-cache' });
  await sendPaced(response, reply.frames, tokenMs);
  response.end();
}
