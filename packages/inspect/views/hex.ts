// The view `hex`: runs of hexadecimal digits (RFC 4648 section 8), decoded as they come, in both alignments.
import { PlausibleText } from './plausible.ts';
import { type RunDecoder, runs, valuesIn } from './runs.ts';
import { NOWHERE, type Opener } from './view.ts';

/** Pairs of hexadecimal digits, at both alignments. */
class Hex implements RunDecoder {
  private texts = [new PlausibleText(), new PlausibleText()];
  private count = 0;
  private last = 0;
  private lastStart = 0;

  take(digit: number, start: number, end: number, open: Opener): void {
    if (this.count > 0)
      this.texts[(this.count - 1) & 1]!.byte((this.last << 4) | digit, this.lastStart, end, open);
    this.count += 1;
    this.last = digit;
    this.lastStart = start;
  }

  flush(): void {
    for (const text of this.texts) text.flush();
  }

  finish(): void {
    if (this.count === 0) return;
    for (const text of this.texts) text.finish();
    this.count = 0;
  }

  get idle(): boolean {
    return this.count === 0;
  }

  get hold(): number {
    if (this.count === 0) return NOWHERE;
    return Math.min(this.lastStart, ...this.texts.map((text) => text.hold));
  }

  clone(open: Opener): RunDecoder {
    const copy = new Hex();
    copy.texts = this.texts.map((text) => text.clone(open));
    copy.count = this.count;
    copy.last = this.last;
    copy.lastStart = this.lastStart;
    return copy;
  }
}

export const hex = runs('hex', valuesIn('0123456789ABCDEF', true), () => new Hex());
