// Base64 broken into lines, as mail and command lines write it (RFC 2045 section 6.8): what a value loses when it is read
// line by line. A line of whole quanta that is followed by a line break goes on with the next line.
import type { PlausibleText } from './plausible.ts';
import { sextetOf } from './sextets.ts';
import { endOf, type Opener, type Run, startOf } from './view.ts';

const CR = 0x0d;
const LF = 0x0a;

export const isBreak = (unit: number): boolean => unit === LF || unit === CR;

export class Lines {
  private readonly text: PlausibleText;
  /** The line break that was just read, or 0 within a line. */
  private gap = 0;
  private count = 0;
  private last = 0;
  private lastStart = 0;
  alive = true;

  /** Goes on from what decoded a line up to a whole quantum. */
  constructor(text: PlausibleText) {
    this.text = text;
  }

  get hold(): number {
    return this.count % 4 === 0 ? this.text.hold : Math.min(this.lastStart, this.text.hold);
  }

  /** Reads on from `from`, and returns the index of the unit that ends it; when none does, the run's length. */
  read(run: Run, from: number, open: Opener): number {
    const { text } = run;
    for (let i = from; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      const sextet = sextetOf(unit);
      if (sextet >= 0) this.take(sextet, startOf(run, i), endOf(run, i), open);
      else if (!this.goesOn(unit)) {
        this.end();
        return i;
      }
    }
    this.text.flush();
    return text.length;
  }

  end(): void {
    this.text.finish();
    this.alive = false;
  }

  clone(open: Opener): Lines {
    const copy = new Lines(this.text.clone(open));
    copy.gap = this.gap;
    copy.count = this.count;
    copy.last = this.last;
    copy.lastStart = this.lastStart;
    return copy;
  }

  private take(sextet: number, start: number, end: number, open: Opener): void {
    const within = this.count & 3;
    if (within > 0) {
      const byte = ((this.last << (2 * within)) & 0xff) | (sextet >> (6 - 2 * within));
      this.text.byte(byte, this.lastStart, end, open);
    }
    this.count += 1;
    this.last = sextet;
    this.lastStart = start;
    this.gap = 0;
  }

  /** One line break between lines, after whole quanta. */
  private goesOn(unit: number): boolean {
    const first = this.gap === 0 && isBreak(unit) && this.count % 4 === 0;
    const second = this.gap === CR && unit === LF;
    this.gap = unit;
    return first || second;
  }
}
