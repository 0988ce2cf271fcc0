// Recognises frames that differ from an earlier one in nothing but the text of one lane. Everything outside that text is then
// byte for byte what was scanned and inspected before, so neither is needed again: the hot path of a stream.
import type { SseEvent } from '../framing/sse.ts';
import { writeEvent } from '../framing/sse.ts';
import { decodeString, quote, stringEnd } from '../json/string.ts';
import type { TextLane } from './lane.ts';
import type { Output } from './output.ts';

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
      out.add(this.#write(bytes, edited, end + 1, to));
    }
    return true;
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

  #write(bytes: Buffer, text: string, from: number, to: number): Buffer {
    const token = quote(text);
    const size = Buffer.byteLength(token);
    const head = this.#prefix.length;
    const frame = Buffer.allocUnsafe(head + size + to - from + 2);
    this.#prefix.copy(frame, 0, 0, head);
    frame.write(token, head, size, 'utf8');
    bytes.copy(frame, head + size, from, to);
    frame[frame.length - 2] = 0x0a;
    frame[frame.length - 1] = 0x0a;
    return frame;
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
