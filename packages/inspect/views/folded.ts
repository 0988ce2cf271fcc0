// The view `folded`: the text as the eye takes it. Case is kept: patterns say `(?i)` where it does not matter.
import { fold } from './fold.ts';
import {
  cut,
  endOf,
  NOWHERE,
  type Run,
  type SparseView,
  startOf,
  type Transducer,
  type Units,
} from './view.ts';

const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

class FoldedTransducer implements Transducer {
  sameFor = 0;
  changed = false;
  /** A high surrogate whose partner may still come, as a run of one unit. */
  private high: Run | undefined;

  get pending(): number {
    return this.high ? startOf(this.high, 0) : NOWHERE;
  }

  read(run: Run, out: Units): void {
    const text = run.text;
    let same = 0;
    const write = (code: number, start: number, end: number, from: number, to: number): void => {
      const read = fold(code);
      if (read === undefined) return;
      this.copy(run, same, from, out);
      out.put(read, start, end);
      same = to;
      this.sameFor = 0;
      this.changed = true;
    };
    let i = 0;
    if (this.high && text.length > 0) {
      const high = this.high;
      this.high = undefined;
      const unit = text.charCodeAt(0);
      const code = ((high.text.charCodeAt(0) - 0xd800) << 10) + (unit - 0xdc00) + 0x10000;
      if (isLow(unit) && fold(code) !== undefined) {
        write(code, startOf(high, 0), endOf(run, 0), 0, 1);
        i = 1;
      } else this.copy(high, 0, 1, out);
    }
    for (; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) continue;
      if (!isHigh(unit)) write(unit, startOf(run, i), endOf(run, i), i, i + 1);
      else if (i + 1 === text.length) {
        this.copy(run, same, i, out);
        this.high = cut(run, i, i + 1);
        return;
      } else if (isLow(text.charCodeAt(i + 1))) {
        write(text.codePointAt(i)!, startOf(run, i), endOf(run, i + 1), i, i + 2);
        i += 1;
      }
    }
    this.copy(run, same, text.length, out);
  }

  end(out: Units): void {
    if (this.high) this.copy(this.high, 0, 1, out);
    this.high = undefined;
  }

  clone(): Transducer {
    const copy = new FoldedTransducer();
    copy.sameFor = this.sameFor;
    copy.changed = this.changed;
    copy.high = this.high;
    return copy;
  }

  private copy(run: Run, from: number, to: number, out: Units): void {
    out.copy(run, from, to);
    this.sameFor += Math.max(0, to - from);
  }
}

export const folded: SparseView = {
  name: 'folded',
  kind: 'sparse',
  mayChange: (unit) => isHigh(unit) || fold(unit) !== undefined,
  /** Half of a pair may change: the other half is looked at when it comes. */
  changesAt: (text, at) =>
    !isHigh(text.charCodeAt(at)) || at + 1 === text.length || fold(text.codePointAt(at)!) !== undefined,
  open: () => new FoldedTransducer(),
};
