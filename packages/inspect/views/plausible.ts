// Decoded bytes as text: UTF-8 with the units' places kept, cut at every byte that text would not hold. Decoded noise
// (an image, a hash, a path that only looks encoded) seldom has eight plausible characters in a row and is never scanned.
// It must not know which encoding the bytes came from.
import { NOWHERE, type Opener, type Segment, Units } from './view.ts';

/** Decoded characters in a row before they count as text. Values worth finding are at least this long. */
export const PLAUSIBLE = 8;

/** Units handed on at once, so that a long run is not collected first. */
const BATCH = 1024;

/** What a byte is where a character may begin. Continuation bytes, and those that UTF-8 never has, are no text. */
const NO_TEXT = 0;
const ASCII = 1;
/** A zero byte is half of an ASCII character in UTF-16: skipped, so that such text reads as well. */
const SKIPPED = 2;
const LEAD = 3;

const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0) return SKIPPED;
  if (byte < 0x80) return byte >= 0x20 ? Number(byte !== 0x7f) : Number([0x09, 0x0a, 0x0d].includes(byte));
  return byte >= 0xc2 && byte <= 0xf4 ? LEAD : NO_TEXT;
});

export class PlausibleText {
  private readonly least: number;
  /** Too few units to be text yet, the last character of which may be a pair: each, and what it stands for. */
  private readonly head: number[] = [];
  private headLength = 0;
  private buffer = new Units();
  private segment: Segment | undefined;
  /** Continuation bytes still to come, the code point so far, and where its first byte began. */
  private missing = 0;
  private code = 0;
  private lowest = 0;
  private from = 0;

  constructor(least = PLAUSIBLE) {
    this.least = least;
  }

  /** One byte, standing for lane offsets [start, end). */
  byte(byte: number, start: number, end: number, open: Opener): void {
    if (this.missing > 0) {
      if ((byte & 0xc0) === 0x80) {
        this.code = (this.code << 6) | (byte & 0x3f);
        this.missing -= 1;
        if (this.missing === 0) this.character(end, open);
        return;
      }
      this.finish();
    }
    const kind = KIND[byte];
    if (kind === ASCII) this.put(byte, start, end, open);
    else if (kind === NO_TEXT) this.finish();
    else if (kind === LEAD) this.lead(byte, start);
  }

  /** Hands on what has been read: after each run. */
  flush(): void {
    if (!this.segment || this.buffer.length === 0) return;
    this.segment.push(this.buffer);
    this.buffer = new Units();
  }

  /** The text ends here; the next byte begins another. */
  finish(): void {
    this.missing = 0;
    this.headLength = 0;
    if (!this.segment) return;
    this.flush();
    this.segment.end();
    this.segment = undefined;
  }

  /** Lane offset from which something may still be found, or NOWHERE. Call after `flush`. */
  get hold(): number {
    const waiting = this.missing > 0 ? this.from : NOWHERE;
    const unread = this.headLength === 0 ? NOWHERE : this.head[1]!;
    return Math.min(waiting, unread, this.segment?.hold ?? NOWHERE);
  }

  /** Whether the last byte belongs to a text, which may be too short yet. */
  get begun(): boolean {
    return this.missing > 0 || this.segment !== undefined || this.headLength > 0;
  }

  /** Whether the last character lacks bytes. */
  get unfinished(): boolean {
    return this.missing > 0;
  }

  clone(open: Opener): PlausibleText {
    const copy = new PlausibleText(this.least);
    copy.head.push(...this.head);
    copy.headLength = this.headLength;
    copy.buffer.append(this.buffer);
    copy.segment = this.segment && open(this.segment);
    copy.missing = this.missing;
    copy.code = this.code;
    copy.lowest = this.lowest;
    copy.from = this.from;
    return copy;
  }

  private lead(byte: number, start: number): void {
    this.missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    this.code = byte & (0x3f >> this.missing);
    this.lowest = byte < 0xe0 ? 0x80 : byte < 0xf0 ? 0x800 : 0x10000;
    this.from = start;
  }

  private character(end: number, open: Opener): void {
    const { code } = this;
    const valid = code >= this.lowest && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && code >= 0xa0;
    if (!valid) this.finish();
    else if (code > 0xffff) {
      this.add(0xd7c0 + (code >> 10), this.from, end);
      this.put(0xdc00 + (code & 0x3ff), this.from, end, open);
    } else this.put(code, this.from, end, open);
  }

  /** The last unit of a character. */
  private put(unit: number, start: number, end: number, open: Opener): void {
    this.add(unit, start, end);
    if (this.segment) {
      if (this.buffer.length >= BATCH) this.flush();
    } else if (this.headLength >= this.least) {
      this.segment = open();
      for (let at = 0; at < 3 * this.headLength; at += 3)
        this.buffer.unit(this.head[at]!, this.head[at + 1]!, this.head[at + 2]!);
      this.headLength = 0;
    }
  }

  private add(unit: number, start: number, end: number): void {
    if (this.segment) {
      this.buffer.unit(unit, start, end);
      return;
    }
    const at = 3 * this.headLength;
    this.head[at] = unit;
    this.head[at + 1] = start;
    this.head[at + 2] = end;
    this.headLength += 1;
  }
}

/** Bytes that are wholly a text, as that text; undefined otherwise. */
export function plausible(bytes: readonly number[]): string | undefined {
  let read = '';
  const text = new PlausibleText();
  const open: Opener = () => ({
    push: (run) => {
      read += run.text;
    },
    end: () => undefined,
    hold: NOWHERE,
  });
  for (const byte of bytes) {
    text.byte(byte, 0, 1, open);
    if (!text.begun) return undefined;
  }
  if (text.unfinished) return undefined;
  text.finish();
  return read === '' ? undefined : read;
}
