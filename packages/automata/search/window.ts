// The part of a growing text that can still be asked for: what was kept of earlier chunks, and the chunk being read.
// Built for very small chunks: keeping one costs a string concatenation, and now and then a cut.

/** Units that may be kept beyond need before they are cut off. */
const SLACK = 64;

/** A slice keeps the whole text that it was cut from alive: harmless up to this length. */
const SMALL = 512;

export class TextWindow {
  /** What is kept of earlier chunks. */
  tail = '';
  tailStart = 0;
  /** The chunk being read. */
  chunk = '';
  chunkStart = 0;

  /** Position behind the last unit known. */
  get end(): number {
    return this.chunkStart + this.chunk.length;
  }

  open(chunk: string): void {
    this.chunk = chunk;
  }

  /** The chunk has been read; text before `needed` will not be asked for any more. */
  close(needed: number): void {
    const end = this.end;
    if (this.chunk.length > SLACK && needed >= this.chunkStart) {
      this.tail = copyOf(this.chunk, needed - this.chunkStart);
      this.tailStart = needed;
    } else {
      this.tail += this.chunk;
      const excess = needed - this.tailStart;
      if (excess > SLACK && excess * 3 > this.tail.length) {
        this.tail = copyOf(this.tail, excess);
        this.tailStart = needed;
      }
    }
    this.chunk = '';
    this.chunkStart = end;
  }

  /** The unit at a position, undefined before the text's start. */
  unitAt(position: number): number | undefined {
    if (position < 0) return undefined;
    return position >= this.chunkStart
      ? this.chunk.charCodeAt(position - this.chunkStart)
      : this.tail.charCodeAt(position - this.tailStart);
  }

  slice(start: number, end: number): string {
    if (!(start >= this.tailStart && start <= end && end <= this.end)) {
      throw new RangeError(`text from ${start} to ${end} is not kept`);
    }
    if (start >= this.chunkStart) return this.chunk.slice(start - this.chunkStart, end - this.chunkStart);
    const kept = this.tail.slice(start - this.tailStart, end - this.tailStart);
    return end > this.chunkStart ? kept + this.chunk.slice(0, end - this.chunkStart) : kept;
  }

  clone(): TextWindow {
    const copy = new TextWindow();
    copy.tail = this.tail;
    copy.tailStart = this.tailStart;
    copy.chunk = this.chunk;
    copy.chunkStart = this.chunkStart;
    return copy;
  }
}

function copyOf(text: string, from: number): string {
  return text.length <= SMALL ? text.slice(from) : ` ${text.slice(from)}`.slice(1);
}
