// Server-sent events over bytes: finds events in any split of the stream. Knows the WHATWG HTML standard, section 9.2, and
// nothing of what events mean. https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
import { Malformed } from '../malformed.ts';

/** Bytes that one event may have, all lines together. */
export const MAX_EVENT = 1 << 20;

/** One event. Valid during the call that hands it over; `bytes` may be kept. */
export interface SseEvent {
  /** Value of the last `event` field, or undefined. */
  name: string | undefined;
  /** Where the payload stands: `bytes[from, to)`. Several data lines are joined by line feeds. */
  bytes: Buffer;
  from: number;
  to: number;
  /**
   * Set when the event stands in `bytes[start, end)` exactly as this package would write it: at most one `event` line, one
   * `data` line, line feeds. Then it may be passed as it is. Otherwise it has to be written anew.
   */
  verbatim: boolean;
  start: number;
  end: number;
}

export interface SseHandler {
  event(event: SseEvent): void;
  /** A comment; what it says is not handed on. */
  comment(): void;
  /**
   * Asked at the start of each event: takes as many whole events from `bytes[from, to)` as it knows how to read by itself, and
   * returns where it stopped; `from` when it took none. What it takes must stand there as this package would write it.
   */
  skim(bytes: Buffer, from: number, to: number): number;
}

const LF = 0x0a;
const CR = 0x0d;

export class SseReader {
  readonly #handler: SseHandler;
  readonly #event: SseEvent;
  /** Bytes not yet consumed are `#bytes[#at, #length)`; lines of the current event before `#line` are read. */
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;
  #line = 0;
  /** Where the search for the end of the current line goes on. */
  #searched = 0;
  #start = 0;
  #own = false;
  #skipLf = false;
  #plain = true;
  #first = true;
  #name: string | undefined;
  #lines: number[] = [];
  #commented = false;

  constructor(handler: SseHandler) {
    this.#handler = handler;
    this.#event = { name: undefined, bytes: this.#bytes, from: 0, to: 0, verbatim: false, start: 0, end: 0 };
  }

  /** Throws Malformed for a byte-order mark or an event beyond `MAX_EVENT`; whatever the handler throws passes through. */
  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#append(chunk);
    this.#read();
    this.#keep();
  }

  /** The stream has ended: an event without its blank line counts as whole, as official clients have it. */
  end(): void {
    if (this.#line < this.#length) this.#endLine(this.#length, this.#length, false);
    this.#dispatch(this.#length, false);
  }

  #append(chunk: Buffer): void {
    if (this.#length === 0) {
      this.#bytes = chunk;
      this.#length = chunk.length;
      this.#own = false;
      return;
    }
    const length = this.#length + chunk.length;
    if (length > this.#bytes.length || !this.#own) {
      const grown = Buffer.allocUnsafe(Math.max(length, this.#length * 2, 1024));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
      this.#own = true;
    }
    chunk.copy(this.#bytes, this.#length);
    this.#length = length;
  }

  #read(): void {
    const bytes = this.#bytes;
    let cr = -1;
    while (this.#line < this.#length) {
      if (this.#line === this.#start && !this.#skipLf) {
        const next = this.#handler.skim(bytes, this.#line, this.#length);
        if (next > this.#line) {
          this.#line = this.#start = this.#searched = next;
          this.#first = false;
          continue;
        }
      }
      if (this.#skipLf) {
        this.#skipLf = false;
        if (bytes[this.#line] === LF) {
          this.#line++;
          if (this.#lines.length === 0 && this.#name === undefined) this.#start = this.#line;
          this.#searched = this.#line;
          continue;
        }
      }
      let end = this.#find(LF, this.#searched);
      if (cr < this.#searched) cr = this.#find(CR, this.#searched);
      const isCr = cr < end;
      if (isCr) end = cr;
      if (end >= this.#length) {
        this.#searched = this.#length;
        if (this.#length - this.#start > MAX_EVENT) throw new Malformed('an event of the stream is too long');
        return;
      }
      if (isCr) this.#skipLf = true;
      this.#searched = end + 1;
      this.#endLine(end, end + 1, !isCr);
    }
  }

  #find(byte: number, from: number): number {
    const at = this.#bytes.indexOf(byte, from);
    return at < 0 || at > this.#length ? this.#length : at;
  }

  /** A line stands in `[#line, end)`; the next starts at `next`. */
  #endLine(end: number, next: number, plain: boolean): void {
    const from = this.#line;
    this.#line = next;
    if (!plain) this.#plain = false;
    if (this.#first) {
      this.#first = false;
      if (this.#bytes[from] === 0xef) throw new Malformed('the stream starts with a byte-order mark');
    }
    if (from === end) {
      this.#dispatch(next, true);
      return;
    }
    if (next - this.#start > MAX_EVENT) throw new Malformed('an event of the stream is too long');
    this.#field(from, end);
  }

  #field(from: number, end: number): void {
    const bytes = this.#bytes;
    if (bytes[from] === 0x3a) {
      this.#commented = true;
      this.#plain = false;
      return;
    }
    if (startsWith(bytes, from, end, 'data:')) {
      const space = bytes[from + 5] === 0x20 && from + 5 < end;
      if (!space || this.#lines.length > 0) this.#plain = false;
      this.#lines.push(from + (space ? 6 : 5), end);
    } else if (startsWith(bytes, from, end, 'event:')) {
      const space = bytes[from + 6] === 0x20 && from + 6 < end;
      if (!space || from !== this.#start) this.#plain = false;
      this.#name = bytes.toString('utf8', from + (space ? 7 : 6), end);
    } else {
      // `id` and `retry` serve a reconnection that these protocols do not have; other fields are ignored by every client.
      // Neither goes on: what is not read is not passed.
      this.#plain = false;
      if (end - from === 4 && startsWith(bytes, from, end, 'data')) this.#lines.push(end, end);
    }
  }

  #dispatch(next: number, whole: boolean): void {
    const lines = this.#lines;
    const commented = this.#commented;
    const event = this.#event;
    if (lines.length > 0) {
      event.name = this.#name === '' ? undefined : this.#name;
      event.start = this.#start;
      event.end = next;
      event.verbatim = this.#plain && whole && this.#name !== '';
      if (lines.length === 2) {
        event.bytes = this.#bytes;
        event.from = lines[0]!;
        event.to = lines[1]!;
      } else {
        this.#join(event);
      }
    }
    const found = lines.length > 0;
    this.#start = next;
    this.#plain = true;
    this.#name = undefined;
    this.#commented = false;
    if (found) this.#lines = [];
    if (commented) this.#handler.comment();
    if (found) this.#handler.event(event);
  }

  #join(event: SseEvent): void {
    const parts: Uint8Array[] = [];
    for (let i = 0; i < this.#lines.length; i += 2) {
      if (i > 0) parts.push(NEWLINE);
      parts.push(this.#bytes.subarray(this.#lines[i]!, this.#lines[i + 1]!));
    }
    event.bytes = Buffer.concat(parts);
    event.from = 0;
    event.to = event.bytes.length;
  }

  /** Keeps what belongs to the unfinished event in memory of our own: the chunk, and what was handed over, may live elsewhere. */
  #keep(): void {
    const start = this.#start;
    if (start === 0 && this.#own) return;
    const length = this.#length - start;
    if (length === 0) {
      this.#length = 0;
    } else {
      const own = Buffer.allocUnsafe(Math.max(1024, length * 2));
      this.#bytes.copy(own, 0, start, this.#length);
      this.#bytes = own;
      this.#own = true;
      this.#length = length;
    }
    this.#line -= start;
    this.#searched -= start;
    this.#lines = this.#lines.map((at) => at - start);
    this.#start = 0;
  }
}

const NEWLINE = Buffer.from('\n');

function startsWith(bytes: Buffer, from: number, end: number, text: string): boolean {
  if (end - from < text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** An event as this package writes it. The payload's line feeds become further data lines. */
export function writeEvent(name: string | undefined, payload: string | Buffer): Buffer {
  const head = name === undefined ? 'data: ' : `event: ${name}\ndata: `;
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
  if (body.indexOf(LF) < 0) return Buffer.concat([Buffer.from(head), body, BLANK]);
  return Buffer.from(`${head}${body.toString('utf8').replaceAll('\n', '\ndata: ')}\n\n`);
}

const BLANK = Buffer.from('\n\n');
