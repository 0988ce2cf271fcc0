// Where the units of one reading stand in the lane's own text. Offsets only: it must not know the text.
import type { Run } from '../views/view.ts';
import { endOf, startOf } from '../views/view.ts';

/** Units that may be forgotten before it is worth moving the rest. */
const SLACK = 1024;

export class Places {
  /** Units before this one stand for themselves (or are forgotten). */
  private from: number;
  private starts: number[] = [];
  private ends: number[] = [];

  constructor(from: number) {
    this.from = from;
  }

  append(run: Run): void {
    const { length } = run.text;
    for (let i = 0; i < length; i += 1) {
      this.starts.push(startOf(run, i));
      this.ends.push(endOf(run, i));
    }
  }

  /** Lane offset of what unit `index` stands for. */
  start(index: number): number {
    return index < this.from ? index : this.starts[index - this.from]!;
  }

  end(index: number): number {
    return index < this.from ? index + 1 : this.ends[index - this.from]!;
  }

  /** Nothing before unit `index` is asked for any more. */
  forget(index: number): void {
    const dead = index - this.from;
    if (dead < SLACK || 2 * dead < this.starts.length) return;
    this.starts = this.starts.slice(dead);
    this.ends = this.ends.slice(dead);
    this.from = index;
  }

  clone(): Places {
    const copy = new Places(this.from);
    copy.starts = this.starts.slice();
    copy.ends = this.ends.slice();
    return copy;
  }
}
