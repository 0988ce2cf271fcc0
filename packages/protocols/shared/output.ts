// Collects what an editor lets through and hands it on in as few pieces as possible. Bytes that did not change are not copied.
import type { ResponseSink } from '../protocol.ts';

const NOTHING = Buffer.alloc(0);
/** Bytes of UTF-8 that one UTF-16 code unit takes at most. */
const MOST_BYTES = 3;
/** A larger slab does not outlive the piece that it was made for. */
const KEPT = 2048;

export class Output {
  readonly #sink: ResponseSink;
  readonly #parts: Buffer[] = [];
  #source: Buffer | undefined;
  #from = 0;
  #to = 0;
  /** Where `room` is: what was handed out of it is never written again. */
  #slab: Buffer = NOTHING;
  #used = 0;
  #expected = 0;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
  }

  /** Passes `source[from, to)`; neighbouring ranges become one piece. */
  pass(source: Buffer, from: number, to: number): void {
    if (this.#source === source && this.#to === from) {
      this.#to = to;
      return;
    }
    this.#close();
    this.#source = source;
    this.#from = from;
    this.#to = to;
  }

  /** About as many bytes will be written before the next `flush`. */
  expect(bytes: number): void {
    this.#expected = bytes;
  }

  /**
   * Writes `before`, `text` and `source[from, to)`. Events that were edited one after another become one piece, without a
   * buffer for each.
   */
  join(before: Buffer, text: string, source: Buffer, from: number, to: number): void {
    const size = before.length + MOST_BYTES * text.length + to - from;
    if (this.#slab.length - this.#used < size) {
      this.#slab = Buffer.allocUnsafe(Math.max(size, this.#expected));
      this.#used = 0;
    }
    const slab = this.#slab;
    const start = this.#used;
    before.copy(slab, start);
    let at = start + before.length;
    at += slab.write(text, at, slab.length - at, 'utf8');
    source.copy(slab, at, from, to);
    this.#used = at + to - from;
    this.pass(slab, start, this.#used);
  }

  add(bytes: Buffer): void {
    this.#close();
    this.#parts.push(bytes);
  }

  flush(): void {
    this.#close();
    if (this.#slab.length > KEPT) this.#slab = NOTHING;
    if (this.#parts.length === 0) return;
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    this.#parts.length = 0;
    this.#sink.write(bytes);
  }

  #close(): void {
    if (this.#source === undefined) return;
    this.#parts.push(this.#source.subarray(this.#from, this.#to));
    this.#source = undefined;
  }
}
