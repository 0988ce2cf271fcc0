// Buffers for building transitions, shared by all automata of a program, so that a step allocates only what it keeps.

/** Up to this many, sorting by insertion is faster than asking the run time. */
const FEW = 24;

export class Scratch {
  /** Instruction → the last step that reached it, before and after the unit. */
  readonly before: Uint32Array;
  readonly after: Uint32Array;
  /** The instructions of the state being built, start by start. */
  readonly items: Int32Array;
  /** Start → end of its items, and the index that it had in the old state. */
  readonly ends: Int32Array;
  readonly origins: Int32Array;
  readonly sources: Int32Array;
  readonly moves: Int32Array;
  readonly stack: Int32Array;
  itemCount = 0;
  startCount = 0;
  step = 0;

  constructor(size: number) {
    this.before = new Uint32Array(size);
    this.after = new Uint32Array(size);
    this.items = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.origins = new Int32Array(size);
    this.sources = new Int32Array(size);
    this.moves = new Int32Array(2 * size);
    // Every instruction is expanded once and pushes at most two.
    this.stack = new Int32Array(2 * size + 2);
  }

  begin(): number {
    this.itemCount = 0;
    this.startCount = 0;
    if (this.step === 0xffffffff) {
      this.before.fill(0);
      this.after.fill(0);
      this.step = 0;
    }
    return ++this.step;
  }

  /** Ends the items of the start that was the `origin`-th of the old state, if it has any. */
  endStart(origin: number): void {
    const from = this.startCount === 0 ? 0 : this.ends[this.startCount - 1]!;
    const to = this.itemCount;
    if (to === from) return;
    if (to - from > FEW) this.items.subarray(from, to).sort();
    else this.insertionSort(from, to);
    this.origins[this.startCount] = origin;
    this.ends[this.startCount++] = to;
  }

  insertionSort(from: number, to: number): void {
    const { items } = this;
    for (let i = from + 1; i < to; i++) {
      const item = items[i]!;
      let j = i - 1;
      for (; j >= from && items[j]! > item; j--) items[j + 1] = items[j]!;
      items[j + 1] = item;
    }
  }
}
