// The fake model server, in its own process: whole answers of 1 KB, and streams that are paced or as fast as they can be
// written, one write an event as real servers do. It must not know which peer calls it.
import { createServer, type Socket } from 'node:net';
import { DONE, FOUR, ROLE, STOP, WORDS, wholeAnswer } from './answers.ts';
import { emissionLog, monotonicMs, recordEmissions } from './emissions.ts';
import { MessageReader } from './http1.ts';
import { MARK_BEFORE } from './requests.ts';

/** How a stream is asked for: in the request's model, since every peer forwards that unchanged. `bench-<mode>-<events>`. */
type Mode = 'whole' | 'paced' | 'prose' | 'fast' | 'idle';

interface Stream {
  readonly socket: Socket;
  readonly events: readonly Buffer[];
  readonly total: number;
  /** Monotonic ms at which event 0 is due; event k is due `k * TOKEN_MS` later. */
  readonly start: number;
  /** When each event was written: what a relay is measured against. */
  readonly written: number[];
}

const TOKEN_MS = 20;
const EVENT_HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n';
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

const streams = new Set<Stream>();
setInterval(tick, 1).unref();

function tick(): void {
  const now = monotonicMs();
  for (const stream of streams) {
    const { socket, events, total, start, written } = stream;
    if (socket.destroyed) streams.delete(stream);
    while (!socket.destroyed && written.length < total && start + written.length * TOKEN_MS <= now) {
      socket.write(events[written.length % events.length] as Buffer);
      written.push(monotonicMs());
    }
    if (written.length === total) {
      finish(socket);
      streams.delete(stream);
    }
  }
}

function finish(socket: Socket): void {
  socket.write(Buffer.concat([STOP, DONE, LAST_CHUNK]));
}

/** Writes event by event, a few for each turn of the loop, and waits when the socket is full. */
function pour(socket: Socket, total: number): void {
  let sent = 0;
  const more = (): void => {
    for (let i = 0; i < 8 && sent < total; i++) {
      if (!socket.write(FOUR[sent++ % FOUR.length] as Buffer)) {
        socket.once('drain', more);
        return;
      }
    }
    if (socket.destroyed) return;
    if (sent < total) setImmediate(more);
    else finish(socket);
  };
  more();
}

function answer(socket: Socket, mode: Mode, total: number, mark: string): void {
  if (mode === 'whole') {
    socket.write(wholeAnswer());
    return;
  }
  socket.write(Buffer.concat([Buffer.from(EVENT_HEAD), ROLE]));
  if (mode === 'fast') pour(socket, total);
  if (mode === 'fast' || mode === 'idle') return;
  // Streams of one test start at random moments of the 20 ms, so that they do not all tick together.
  const start = monotonicMs() + Math.random() * TOKEN_MS;
  const stream = { socket, events: mode === 'prose' ? WORDS : FOUR, total, start, written: [] };
  recordEmissions(mark, stream.written);
  streams.add(stream);
}

const MODEL = /"model": ?"bench-([a-z]+)-(\d+)"/;
const MARK = new RegExp(`${MARK_BEFORE}([a-z]{8})`);
/** Model and mark stand this near the start of every body that the generator sends. */
const LOOKED_AT = 256;

const server = createServer({ noDelay: true }, (socket) => {
  let seen = '';
  let log = false;
  const reader = new MessageReader({
    head: (head) => {
      seen = '';
      log = head.startsWith('GET /emissions ');
    },
    body: (bytes) => {
      if (seen.length < LOOKED_AT) seen += bytes.toString('latin1', 0, Math.min(bytes.length, LOOKED_AT));
    },
    end: () => {
      if (log) {
        socket.write(emissionLog());
        return;
      }
      const [, mode = 'whole', total = '0'] = MODEL.exec(seen) ?? [];
      answer(socket, mode as Mode, Number(total), MARK.exec(seen)?.[1] ?? '');
    },
  });
  socket.on('data', (bytes) => reader.push(bytes));
  socket.on('error', () => socket.destroy());
});

server.listen(0, '127.0.0.1', 4096, () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
});
process.on('disconnect', () => process.exit(0));
