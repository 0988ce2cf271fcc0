// Collects what an editor lets through and hands it on in as few pieces as possible. Bytes that did not change are not copied.
import type { ResponseSink } from '../protocol.ts';

export class Output {
  readonly #sink: ResponseSink;
  readonly #parts: Buffer[] = [];
  #source: Buffer | undefined;
  #from = 0;
  #to = 0;

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

  add(bytes: Buffer): void {
    this.#close();
    this.#parts.push(bytes);
  }

  flush(): void {
    this.#close();
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
