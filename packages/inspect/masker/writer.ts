// How edits are written into what a lane's text is embedded in. A writer is given the lane's text in order, each stretch
// as kept, masked or restored, and returns what goes out. It must not know why a stretch is masked.

export interface Writer {
  /** A stretch that stays. */
  keep(text: string): string;
  /** A masked stretch begins. What stands for it is written once, or once in each part that the format keeps apart. */
  open(replacement: string): void;
  /** A part of the masked stretch, in order. */
  mask(text: string): string;
  /** The masked stretch is over. */
  close(): string;
  /** A stand-in, turned back into its value. */
  restore(standIn: string, value: string): string;
  /** No more comes. */
  end(): string;
  /**
   * `text` is everything not yet given to this writer, of which the first `limit` units are settled: how many of them may
   * be given as kept now. The rest must wait, since a mask that begins later would have to take it along.
   */
  settled(text: string, limit: number): number;
  /** What a stretch that is about to be masked says, without the format's own escapes. */
  plain(source: string): string;
  /** Code units taken in as kept and not yet returned. */
  readonly waiting: number;
}

/** Plain text: a replacement stands where the value stood. */
export class TextWriter implements Writer {
  readonly waiting = 0;
  private replacement = '';

  keep(text: string): string {
    return text;
  }

  open(replacement: string): void {
    this.replacement = replacement;
  }

  mask(): string {
    const written = this.replacement;
    this.replacement = '';
    return written;
  }

  close(): string {
    return this.mask();
  }

  restore(_standIn: string, value: string): string {
    return value;
  }

  end(): string {
    return '';
  }

  settled(_text: string, limit: number): number {
    return limit;
  }

  plain(source: string): string {
    return source;
  }
}

/** One number lexeme: any edit makes it `0`, since nothing else is a number and says nothing. Held to its end. */
export class NumberWriter implements Writer {
  private lexeme = '';
  private edited = false;

  get waiting(): number {
    return this.lexeme.length;
  }

  keep(text: string): string {
    this.lexeme += text;
    return '';
  }

  open(): void {
    this.edited = true;
  }

  mask(): string {
    return '';
  }

  close(): string {
    return '';
  }

  restore(): string {
    this.edited = true;
    return '';
  }

  end(): string {
    const written = this.edited ? '0' : this.lexeme;
    this.lexeme = '';
    return written;
  }

  settled(_text: string, limit: number): number {
    return limit;
  }

  plain(source: string): string {
    return source;
  }
}
