// Recognises frames that differ from an earlier one in nothing but the text of one lane. Everything outside that text is then
// byte for byte what was scanned and inspected before, so neither is needed again: the hot path of a stream.
import { MAX_EVENT, type SseEvent, writeEvent } from '../framing/sse.ts';
import { decodeString, plainEnd, quote, stringEnd } from '../json/string.ts';
import type { TextLane } from './lane.ts';
import type { Output } from './output.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const BLANK = Buffer.from('\n\n');

/** Layouts kept: enough for a few choices or tool calls that grow at the same time. */
const KEPT = 6;

/** A second string that may vary freely within its shape, after the lane's text. */
export interface Filler {
  readonly start: number;
  readonly end: number;
  fits(bytes: Uint8Array, from: number, to: number): boolean;
}

export class Layouts {
  #list: Layout[] = [];

  /** Edits a frame of a known layout. False when it has to be read in full. */
  edit(event: SseEvent, out: Output): boolean {
    const list = this.#list;
    for (let i = 0; i < list.length; i++) {
      if (!list[i]!.edit(event, out)) continue;
      if (i > 0) list.unshift(...list.splice(i, 1));
      return true;
    }
    return false;
  }

  /**
   * Edits the events of known layouts that stand whole and plain at the beginning of `bytes[from, to)`: neither lines nor JSON
   * are looked for in them. Returns where it stopped.
   */
  skim(bytes: Buffer, from: number, to: number, out: Output): number {
    let at = from;
    for (let i = 0; i < this.#list.length; i++) {
      const next = this.#list[i]!.skim(bytes, at, to, out);
      if (next === at) continue;
      if (i > 0) this.#list.unshift(...this.#list.splice(i, 1));
      at = next;
      i = -1;
    }
    return at;
  }

  /** `start` and `end` enclose the text between its quotes. */
  remember(event: SseEvent, start: number, end: number, lane: TextLane, filler: Filler | undefined): void {
    this.#list.unshift(new Layout(event, start, end, lane, filler));
    if (this.#list.length > KEPT) this.#list.pop();
  }

  forget(lane: TextLane): void {
    this.#list = this.#list.filter((layout) => layout.lane !== lane);
  }
}

class Layout {
  readonly lane: TextLane;
  readonly #name: string | undefined;
  /** Up to the lane's text, opening quote included; `#prefix` adds the framing and leaves out the quote. */
  readonly #head: Buffer;
  readonly #prefix: Buffer;
  /** After the lane's text, closing quote left out: the whole, or up to the filler, whose other side is `#rest`. */
  readonly #tail: Buffer;
  readonly #rest: Buffer | undefined;
  readonly #filler: Filler | undefined;
  /** Only closing brackets follow the text, so white space between them may vary. */
  readonly #closing: boolean;

  constructor(event: SseEvent, start: number, end: number, lane: TextLane, filler: Filler | undefined) {
    const { bytes, from, to } = event;
    this.lane = lane;
    this.#name = event.name;
    this.#head = Buffer.from(bytes.subarray(from, start));
    const framing = event.name === undefined ? 'data: ' : `event: ${event.name}\ndata: `;
    this.#prefix = Buffer.concat([Buffer.from(framing), bytes.subarray(from, start - 1)]);
    this.#filler = filler;
    this.#tail = Buffer.from(bytes.subarray(end + 1, filler?.start ?? to));
    this.#rest = filler && Buffer.from(bytes.subarray(filler.end, to));
    this.#closing = filler === undefined && this.#tail.every((byte) => byte === 0x7d || byte === 0x5d);
  }

  edit(event: SseEvent, out: Output): boolean {
    const { bytes, from, to } = event;
    const start = from + this.#head.length;
    if (
      start >= to ||
      event.name !== this.#name ||
      bytes.compare(this.#head, 0, this.#head.length, from, start) !== 0
    )
      return false;
    const packed = stringEnd(bytes, start, to, false);
    const end = packed >> 2;
    if (!this.#ends(bytes, end + 1, to)) return false;
    const text = decodeString(bytes, start, end, packed & 3);
    const edited = text === '' ? '' : this.lane.push(text);
    if (edited === text) {
      if (event.verbatim) out.pass(bytes, event.start, event.end);
      else out.add(writeEvent(event.name, bytes.subarray(from, to)));
    } else if (edited !== '') {
      // A frame that would carry nothing but an empty text is not sent: all else in it has been sent before.
      out.join(this.#prefix, quote(edited), bytes, end + 1, to);
      out.add(BLANK);
    }
    return true;
  }

  /** As `edit`, for an event of plain ASCII that is written as this package writes one. Returns where the event ends, or `from`. */
  skim(bytes: Buffer, from: number, to: number, out: Output): number {
    const prefix = this.#prefix;
    const start = from + prefix.length + 1;
    if (start >= to || bytes[start - 1] !== QUOTE || !stands(bytes, from, prefix)) return from;
    const end = plainEnd(bytes, start, to);
    if (end === start || end >= to || bytes[end] !== QUOTE) return from;
    const after = this.#tailEnd(bytes, end + 1, to);
    if (after < 0 || after + 2 > to || after + 1 - from > MAX_EVENT) return from;
    if (bytes[after] !== LF || bytes[after + 1] !== LF) return from;
    const text = bytes.latin1Slice(start, end);
    const edited = this.lane.push(text);
    if (edited === text) out.pass(bytes, from, after + 2);
    else if (edited !== '') out.join(prefix, quote(edited), bytes, end + 1, after + 2);
    return after + 2;
  }

  /** Where the payload ends when what follows the text is as it was; else -1. */
  #tailEnd(bytes: Buffer, from: number, to: number): number {
    const tail = this.#tail;
    const rest = this.#rest;
    const end = from + tail.length;
    if (end > to || !stands(bytes, from, tail)) return -1;
    if (rest === undefined) return end;
    let filled = end;
    while (filled < to && bytes[filled] !== QUOTE && bytes[filled] !== LF) filled++;
    if (filled + rest.length > to || !stands(bytes, filled, rest)) return -1;
    return this.#filler!.fits(bytes, end, filled) ? filled + rest.length : -1;
  }

  #ends(bytes: Buffer, from: number, to: number): boolean {
    const tail = this.#tail;
    if (this.#closing) return closes(bytes, from, to, tail);
    const end = from + tail.length;
    if (this.#rest === undefined) return end === to && bytes.compare(tail, 0, tail.length, from, to) === 0;
    const rest = to - this.#rest.length;
    if (rest < end || bytes.compare(tail, 0, tail.length, from, end) !== 0) return false;
    return (
      bytes.compare(this.#rest, 0, this.#rest.length, rest, to) === 0 && this.#filler!.fits(bytes, end, rest)
    );
  }
}

/** The brackets of `tail`, with any spaces between and after them. Line feeds would be further data lines, so they do not count. */
function closes(bytes: Uint8Array, from: number, to: number, tail: Uint8Array): boolean {
  let matched = 0;
  for (let at = from; at < to; at++) {
    if (bytes[at] === 0x20) continue;
    if (matched === tail.length || bytes[at] !== tail[matched]) return false;
    matched++;
  }
  return matched === tail.length;
}

/** True when `what` stands in `bytes` at `from`; there is room for it. */
function stands(bytes: Uint8Array, from: number, what: Uint8Array): boolean {
  for (let i = 0; i < what.length; i++) if (bytes[from + i] !== what[i]) return false;
  return true;
}
