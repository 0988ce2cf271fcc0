// The view `folded`: the text as the eye takes it. Case is kept: patterns say `(?i)` where it does not matter.
import { fold, foldUnit, NOT_ONE } from './fold.ts';
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

const isSame = (unit: number): boolean => unit < 0x80 || foldUnit(unit) === unit;

class FoldedTransducer implements Transducer {
  sameFor = 0;
  changed = false;
  /** A high surrogate whose partner may still come, as a run of one unit. */
  private high: Run | undefined;

  get pending(): number {
    return this.high ? startOf(this.high, 0) : NOWHERE;
  }

  read(run: Run, out: Units): void {
    const { text } = run;
    let from = 0;
    let i = 0;
    if (this.high && text.length > 0) {
      const { high } = this;
      this.high = undefined;
      const unit = text.charCodeAt(0);
      const code = ((high.text.charCodeAt(0) - 0xd800) << 10) + (unit - 0xdc00) + 0x10000;
      const read = isLow(unit) ? fold(code) : undefined;
      if (read === undefined) this.copy(high, 0, 1, out);
      else {
        this.write(read, startOf(high, 0), endOf(run, 0), out);
        from = i = 1;
      }
    }
    for (; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80 || (foldUnit(unit) !== NOT_ONE && !isHigh(unit))) continue;
      const isPair = isHigh(unit) && i + 1 < text.length && isLow(text.charCodeAt(i + 1));
      if (isHigh(unit) && i + 1 === text.length) {
        this.copy(run, from, i, out);
        this.high = cut(run, i, i + 1);
        return;
      }
      const last = isPair ? i + 1 : i;
      const read = fold(text.codePointAt(i)!);
      if (read !== undefined) {
        this.copy(run, from, i, out);
        this.write(read, startOf(run, i), endOf(run, last), out);
        from = last + 1;
      }
      i = last;
    }
    this.copy(run, from, text.length, out);
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

  private write(read: string, start: number, end: number, out: Units): void {
    out.put(read, start, end);
    this.sameFor = 0;
    this.changed = true;
  }

  /** A stretch of units that each read as one. */
  private copy(run: Run, from: number, to: number, out: Units): void {
    const { text } = run;
    let same = to;
    while (same > from && isSame(text.charCodeAt(same - 1))) same -= 1;
    if (same > from) {
      out.copyAs(run, from, to, foldUnit);
      this.changed = true;
      this.sameFor = to - same;
    } else {
      out.copy(run, from, to);
      this.sameFor += to - from;
    }
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
