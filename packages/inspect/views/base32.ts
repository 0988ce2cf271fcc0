// The view `base32`: runs of its alphabet (RFC 4648 section 6) in either case, decoded as they come from their start on.
import { PlausibleText } from './plausible.ts';
import { type RunDecoder, runs, valuesIn } from './runs.ts';
import { SHORTEST_RUN } from './sextets.ts';
import { NOWHERE, type Opener } from './view.ts';

/** Decoded characters that count as text: those of a run that is long enough to be decoded. */
const LEAST = Math.floor((SHORTEST_RUN * 5) / 8);

/** Five bits a character, from the first of its alphabet on. */
class Base32 implements RunDecoder {
  private text = new PlausibleText(LEAST);
  /** Bits read and not yet part of a byte, how many, and where the first of them stands. */
  private bits = 0;
  private count = 0;
  private from = 0;
  private within = false;

  take(value: number, start: number, end: number, open: Opener): void {
    this.within = true;
    if (this.count === 0) this.from = start;
    this.bits = ((this.bits << 5) | value) & 0xfff;
    this.count += 5;
    if (this.count < 8) return;
    this.count -= 8;
    this.text.byte((this.bits >> this.count) & 0xff, this.from, end, open);
    this.from = start;
  }

  flush(): void {
    this.text.flush();
  }

  finish(): void {
    if (!this.within) return;
    this.text.finish();
    this.within = false;
    this.count = 0;
    this.bits = 0;
  }

  get idle(): boolean {
    return !this.within;
  }

  get hold(): number {
    return Math.min(this.count > 0 ? this.from : NOWHERE, this.text.hold);
  }

  clone(open: Opener): RunDecoder {
    const copy = new Base32();
    copy.text = this.text.clone(open);
    copy.bits = this.bits;
    copy.count = this.count;
    copy.from = this.from;
    copy.within = this.within;
    return copy;
  }
}

export const base32 = runs('base32', valuesIn('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', true), () => new Base32());
