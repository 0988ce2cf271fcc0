// Decoded bytes as text: UTF-8 with the units' places kept, cut at every byte that text would not hold. Decoded noise
// (an image, a hash, a path that only looks encoded) seldom has eight plausible characters in a row and is never scanned.
// It must not know which encoding the bytes came from.
import { NOWHERE, type Opener, type Segment, Units } from './view.ts';

/** Decoded characters in a row before they count as text. Values worth finding are at least this long. */
export const PLAUSIBLE = 8;

/** Units handed on at once, so that a long run is not collected first. */
const BATCH = 1024;

export class PlausibleText {
  private readonly least: number;
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
    if (byte < 0x80) {
      if (byte >= 0x20 ? byte !== 0x7f : byte === 0x09 || byte === 0x0a || byte === 0x0d)
        this.put(String.fromCharCode(byte), start, end, open);
      // A zero byte is half of an ASCII character in UTF-16: skipped, so that such text reads as well.
      else if (byte !== 0) this.finish();
      return;
    }
    if (byte >= 0xc2 && byte <= 0xdf) this.lead(1, byte & 0x1f, 0x80, start);
    else if (byte >= 0xe0 && byte <= 0xef) this.lead(2, byte & 0x0f, 0x800, start);
    else if (byte >= 0xf0 && byte <= 0xf4) this.lead(3, byte & 0x07, 0x10000, start);
    else this.finish();
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
    if (this.segment) {
      this.flush();
      this.segment.end();
      this.segment = undefined;
    } else if (this.buffer.length > 0) this.buffer = new Units();
  }

  /** Lane offset from which something may still be found, or NOWHERE. Call after `flush`. */
  get hold(): number {
    const waiting = this.missing > 0 ? this.from : NOWHERE;
    const unread = this.buffer.length === 0 ? NOWHERE : this.buffer.offsets.start(0);
    return Math.min(waiting, unread, this.segment?.hold ?? NOWHERE);
  }

  /** Whether the last byte belongs to a text, which may be too short yet. */
  get begun(): boolean {
    return this.missing > 0 || this.segment !== undefined || this.buffer.length > 0;
  }

  /** Whether the last character lacks bytes. */
  get unfinished(): boolean {
    return this.missing > 0;
  }

  clone(open: Opener): PlausibleText {
    const copy = new PlausibleText(this.least);
    copy.buffer = this.buffer.clone();
    copy.segment = this.segment && open(this.segment);
    copy.missing = this.missing;
    copy.code = this.code;
    copy.lowest = this.lowest;
    copy.from = this.from;
    return copy;
  }

  private lead(missing: number, bits: number, lowest: number, start: number): void {
    this.missing = missing;
    this.code = bits;
    this.lowest = lowest;
    this.from = start;
  }

  private character(end: number, open: Opener): void {
    const { code } = this;
    const valid = code >= this.lowest && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && code >= 0xa0;
    if (valid) this.put(String.fromCodePoint(code), this.from, end, open);
    else this.finish();
  }

  private put(text: string, start: number, end: number, open: Opener): void {
    this.buffer.put(text, start, end);
    const { length } = this.buffer;
    if (!this.segment && length >= this.least) this.segment = open();
    if (length >= BATCH) this.flush();
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
