// The fake model server, in its own process: whole answers of 1 KB, and streams that are paced or as fast as they can be
// written, one write an event as real servers do. It must not know which peer calls it.
import { createServer, type Socket } from 'node:net';
import { DONE, FOUR, ROLE, STOP, WORDS, wholeAnswer } from './answers.ts';
import { MessageReader } from './http1.ts';

/** How a stream is asked for: in the request's model, since every peer forwards that unchanged. `bench-<mode>-<events>`. */
type Mode = 'whole' | 'paced' | 'prose' | 'fast' | 'idle';

interface Stream {
  readonly socket: Socket;
  readonly events: readonly Buffer[];
  readonly total: number;
  /** Monotonic ms at which event 0 is due; event k is due `k * TOKEN_MS` later. */
  readonly start: number;
  sent: number;
}

const TOKEN_MS = 20;
const EVENT_HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n';
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

const streams = new Set<Stream>();
setInterval(tick, 1).unref();

function tick(): void {
  const now = performance.now();
  for (const stream of streams) {
    if (stream.socket.destroyed) {
      streams.delete(stream);
      continue;
    }
    while (stream.sent < stream.total && stream.start + stream.sent * TOKEN_MS <= now) {
      stream.socket.write(stream.events[stream.sent % stream.events.length] as Buffer);
      stream.sent++;
    }
    if (stream.sent === stream.total) {
      finish(stream.socket);
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

function answer(socket: Socket, mode: Mode, events: number): void {
  if (mode === 'whole') {
    socket.write(wholeAnswer());
    return;
  }
  socket.write(Buffer.concat([Buffer.from(EVENT_HEAD), ROLE]));
  if (mode === 'fast') {
    pour(socket, events);
    return;
  }
  const words = mode === 'prose' ? WORDS : FOUR;
  // Streams of one test start at random moments of the 20 ms, so that they do not all tick together.
  const start = performance.now() + (mode === 'prose' ? TOKEN_MS : Math.random() * TOKEN_MS);
  const total = mode === 'idle' ? Number.POSITIVE_INFINITY : events;
  streams.add({
    socket,
    events: words,
    total,
    start: mode === 'idle' ? Number.POSITIVE_INFINITY : start,
    sent: 0,
  });
}

const MODEL = /"model": ?"bench-([a-z]+)-(\d+)"/;

const server = createServer({ noDelay: true }, (socket) => {
  let mode: Mode = 'whole';
  let events = 0;
  let seen = '';
  const reader = new MessageReader({
    head: () => {
      seen = '';
    },
    // The model stands near the start of every body that the generator sends; one look at the first piece is enough.
    body: (bytes) => {
      if (seen.length < 256) seen += bytes.toString('latin1', 0, Math.min(bytes.length, 256));
    },
    end: () => {
      const match = MODEL.exec(seen);
      mode = (match?.[1] ?? 'whole') as Mode;
      events = Number(match?.[2] ?? 0);
      answer(socket, mode, events);
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
