// Requests as bytes, prepared once for each measurement; one word in the prompt changes with every call, so that no peer
// can know a prompt from an earlier one. It must not know sockets.
import { writeWord } from './answers.ts';
import type { Target } from './orders.ts';
import { PROSE } from './prose.ts';

const MARK = 'qqqqqqqq';
/** Stands before the word that marks a request. */
export const MARK_BEFORE = 'Summarise this in two sentences. ';
const PROMPT_CHARS = 2_000;

/** Returns the next request's bytes; the same buffer each time, so it is to be written before the next is asked for. */
export type RequestSource = () => Buffer;

export function chatRequests(target: Target, model: string): RequestSource {
  const content = `${MARK_BEFORE}${MARK} ${PROSE.slice(0, PROMPT_CHARS)}`;
  return source(target, {
    model,
    stream: !model.startsWith('bench-whole'),
    messages: [{ role: 'user', content }],
  });
}

/**
 * A conversation of `count` messages of about 500 characters. With `fresh` every message is new to the peer; without it
 * only the last is.
 */
export function conversation(target: Target, count: number, fresh: boolean): RequestSource {
  const messages = Array.from({ length: count }, (_, i) => {
    const start = (i * 97) % (PROSE.length - 500);
    const mark = fresh || i === count - 1 ? MARK : `turn ${word(i)}`;
    return {
      role: i % 2 === 0 ? 'user' : 'assistant',
      content: `${mark} ${PROSE.slice(start, start + 500)}`,
    };
  });
  return source(target, { model: 'bench-whole-0', stream: false, messages });
}

/** The word that marks a request of `chatRequests`. */
export function markOf(request: Buffer): string {
  const at = request.indexOf(MARK_BEFORE) + MARK_BEFORE.length;
  return request.toString('latin1', at, at + MARK.length);
}

let serial = 0;

function source(target: Target, body: object): RequestSource {
  const json = JSON.stringify(body);
  const headers = Object.entries({
    host: `127.0.0.1:${target.port}`,
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'sluice-bench',
    ...target.headers,
    'content-length': String(Buffer.byteLength(json)),
  });
  const head = `POST ${target.path} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  const bytes = Buffer.from(head + json);
  const marks: number[] = [];
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) marks.push(at);
  return () => {
    for (const mark of marks) writeWord(bytes, mark, serial++);
    return Buffer.from(bytes);
  };
}

function word(n: number): string {
  const letters = Buffer.alloc(8);
  writeWord(letters, 0, n);
  return letters.toString('latin1');
}
