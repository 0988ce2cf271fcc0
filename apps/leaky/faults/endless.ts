// Answers that never end by themselves.
import type { Socket } from 'node:net';
import { pause, room, write } from '../deliver.ts';
import { type Fault, framesOf, socketOf, typeOf } from './spoiled.ts';

/** Bytes after which an endless answer ends after all, so that no mistake fills a disk or a memory. */
const ENDLESS = 64 << 20;

async function repeat(socket: Socket, piece: string): Promise<void> {
  for (let sent = 0; sent < ENDLESS && !socket.destroyed; sent += piece.length) {
    if (!socket.write(piece)) await room(socket);
  }
  socket.destroy();
}

export const ENDLESS_FAULTS = {
  'endless-headers': async (spoiled) => {
    const socket = socketOf(spoiled);
    socket.write('HTTP/1.1 200 OK\r\n');
    await repeat(socket, `x-more: ${'m'.repeat(1000)}\r\n`);
  },
  /** One line, within which nothing can be decided. */
  'endless-line': async (spoiled) => {
    const socket = socketOf(spoiled);
    const head = `HTTP/1.1 200 OK\r\ncontent-type: ${typeOf(spoiled.reply)}\r\nconnection: close\r\n\r\n`;
    socket.write(`${head}data: `);
    await repeat(socket, 'word '.repeat(1000));
  },
  /** Good frames without end. */
  'endless-stream': async ({ response, reply, tokenMs }) => {
    const frames = framesOf(reply);
    response.writeHead(200, { 'content-type': typeOf(reply) });
    await write(response, frames[0]!);
    const frame = frames[1] ?? frames[0]!;
    for (let sent = 0; sent < ENDLESS && (await write(response, frame)); sent += frame.length) {
      await pause(response, tokenMs);
    }
    response.end();
  },
} as const satisfies Readonly<Record<string, Fault>>;
