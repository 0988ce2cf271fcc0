// One step of the subset construction, with starts: from a state and a class of units to the next state, the matches
// seen on the way, and what becomes of the registers. Knows nothing of tables or caches.
//
// Starts are visited oldest first, and an instruction that an older start has reached is closed to younger ones: from
// there both would match the same texts, and the older one is further left. This is what makes states finite.

import { EDGE, OTHER, rowOf, surroundings } from '../nfa/kinds.ts';
import { LOOK_AROUND, MATCH, type Nfa, SPLIT, UNIT } from '../nfa/nfa.ts';
import type { Event, State } from './state.ts';

/** The pseudo-class of "the text ends here". */
export const END = -1;

/** The source of a match that would start at the state's own position. */
const HERE = -1;

export interface Step {
  readonly before: number;
  readonly items: Int32Array;
  readonly ends: Int32Array;
  readonly sources: Int32Array;
  readonly registers: number;
  readonly moves: Int32Array | null;
  readonly events: readonly Event[] | null;
  readonly oldestDied: boolean;
}

interface Found {
  readonly group: number;
  pattern: number;
  /** Index of the start within the old state; the fresh start comes last. */
  readonly from: number;
  readonly late: boolean;
}

/** Instruction → the last step that reached it, before and after the unit. Shared by all steppers of a program. */
export class Marks {
  readonly before: Uint32Array;
  readonly after: Uint32Array;
  step = 0;

  constructor(size: number) {
    this.before = new Uint32Array(size);
    this.after = new Uint32Array(size);
  }

  next(): number {
    if (this.step === 0xffffffff) {
      this.before.fill(0);
      this.after.fill(0);
      this.step = 0;
    }
    return ++this.step;
  }
}

export class Stepper {
  readonly nfa: Nfa;
  readonly marks: Marks;
  readonly starts: Int32Array;
  /** First instructions that can consume a class, by kind before and class. */
  readonly fresh = new Map<number, Int32Array>();
  readonly stack: number[] = [];
  step = 0;
  found: Found[] = [];
  items: number[] = [];
  from = 0;
  class = END;
  before = OTHER;
  after = EDGE;

  constructor(nfa: Nfa, starts: Int32Array, marks: Marks) {
    this.nfa = nfa;
    this.starts = starts;
    this.marks = marks;
  }

  advance(state: State, unitClass: number): Step {
    this.begin(state.before, unitClass);
    const ends: number[] = [];
    const origins: number[] = [];
    const survived = (): void => {
      const from = ends.at(-1) ?? 0;
      if (this.items.length === from) return;
      if (this.items.length > from + 1) this.sortFrom(from);
      ends.push(this.items.length);
      origins.push(this.from);
    };
    const count = state.ends.length;
    for (let index = 0, item = 0; index < count; index++) {
      this.from = index;
      for (const end = state.ends[index]!; item < end; item++) this.enter(state.items[item]!);
      survived();
    }
    this.from = count;
    if (unitClass !== END) for (const first of this.freshItems()) this.afterUnit(first);
    survived();
    return this.finish(state, ends, origins);
  }

  begin(before: number, unitClass: number): void {
    this.step = this.marks.next();
    this.found = [];
    this.items = [];
    this.class = unitClass;
    this.before = before;
    this.after = unitClass === END ? EDGE : this.nfa.alphabet.kindOf[unitClass]!;
  }

  sortFrom(from: number): void {
    const sorted = this.items.splice(from).sort((a, b) => a - b);
    for (const item of sorted) this.items.push(item);
  }

  /** What a start that begins here reaches behind the unit. The same for all states with the same kind before. */
  freshItems(): Int32Array {
    const key = this.before * this.nfa.alphabet.size + this.class;
    const known = this.fresh.get(key);
    if (known) return known;
    const reached: number[] = [];
    const collect = (out: number): void => void reached.push(out);
    const seen = new Set<number>();
    for (const start of this.starts) this.throughAssertions(start, seen, collect);
    const result = Int32Array.from(reached);
    this.fresh.set(key, result);
    return result;
  }

  /** From an instruction, in known surroundings, to what lies behind the unit. */
  throughAssertions(from: number, seen: Set<number>, collect: (out: number) => void): void {
    const { op, arg, out, out2 } = this.nfa;
    const here = surroundings(this.before, this.after);
    const pending = [from];
    for (let at: number | undefined; (at = pending.pop()) !== undefined; ) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (op[at] === UNIT) {
        if (this.consumes(at)) collect(out[at]!);
      } else if (op[at] === SPLIT) pending.push(out[at]!, out2[at]!);
      else if (op[at] !== MATCH && (arg[at]! & here) !== 0) pending.push(out[at]!);
    }
  }

  consumes(at: number): boolean {
    if (this.class === END) return false;
    return this.nfa.alphabet.contains[this.nfa.arg[at]! * this.nfa.alphabet.size + this.class] === 1;
  }

  /** An item of the old state: consumes the unit, or waits for its kind. */
  enter(item: number): void {
    if (this.nfa.op[item] === UNIT) {
      if (this.consumes(item)) this.afterUnit(this.nfa.out[item]!);
      return;
    }
    const { op, arg, out, out2 } = this.nfa;
    const here = surroundings(this.before, this.after);
    const seen = this.marks.before;
    const pending = [item];
    for (let at: number | undefined; (at = pending.pop()) !== undefined; ) {
      if (seen[at] === this.step) continue;
      seen[at] = this.step;
      if (op[at] === UNIT) {
        if (this.consumes(at)) this.afterUnit(out[at]!);
      } else if (op[at] === SPLIT) pending.push(out[at]!, out2[at]!);
      else if (op[at] === MATCH) this.match(at, true);
      else if ((arg[at]! & here) !== 0) pending.push(out[at]!);
    }
  }

  /** Everything that can be reached behind the unit while the next one is unknown. */
  afterUnit(from: number): void {
    const { op, arg, out, out2, viable } = this.nfa;
    const { stack, step } = this;
    const seen = this.marks.after;
    const row = rowOf(this.after);
    stack.push(from);
    for (let at: number | undefined; (at = stack.pop()) !== undefined; ) {
      if (seen[at] === step || (viable[at]! & row) === 0) continue;
      seen[at] = step;
      if (op[at] === UNIT || op[at] === LOOK_AROUND) this.items.push(at);
      else if (op[at] === SPLIT) stack.push(out2[at]!, out[at]!);
      else if (op[at] === MATCH) this.match(at, false);
      else if ((arg[at]! & row) !== 0) stack.push(out[at]!);
    }
  }

  match(at: number, late: boolean): void {
    const group = this.nfa.group[at]!;
    const pattern = this.nfa.arg[at]!;
    const known = this.found.find((f) => f.group === group && f.late === late);
    if (!known) this.found.push({ group, pattern, from: this.from, late });
    else if (known.from === this.from) known.pattern = Math.min(known.pattern, pattern);
  }

  finish(state: State, ends: number[], origins: number[]): Step {
    const { depth } = this.nfa;
    const sources: number[] = [];
    const moves: number[] = [];
    let registers = 0;
    for (let index = 0, item = 0; index < ends.length; index++) {
      let fixed = -1;
      for (; item < ends[index]!; item++)
        if (depth[this.items[item]!]! >= 0) fixed = depth[this.items[item]!]!;
      if (fixed >= 0) {
        sources.push(-1 - fixed);
        continue;
      }
      const old = this.sourceOf(state, origins[index]!);
      if (old !== registers) moves.push(registers, old);
      sources.push(registers++);
    }
    return {
      before: this.nfa.asserts ? this.after : OTHER,
      items: Int32Array.from(this.items),
      ends: Int32Array.from(ends),
      sources: Int32Array.from(sources),
      registers,
      moves: moves.length > 0 ? Int32Array.from(moves) : null,
      events: this.found.length > 0 ? this.events(state, ends, origins) : null,
      oldestDied: state.ends.length > 0 && origins[0] !== 0,
    };
  }

  sourceOf(state: State, index: number): number {
    return index < state.sources.length ? state.sources[index]! : HERE;
  }

  /** In order of their ends: those before the unit come first. */
  events(state: State, ends: readonly number[], origins: readonly number[]): Event[] {
    const fresh = state.ends.length;
    const done = new Set<number>();
    const inOrder = [...this.found.filter((f) => f.late), ...this.found.filter((f) => !f.late)];
    return inOrder.map((f) => {
      // Behind a match that left nothing alive, the group's oldest start is the one on this very unit.
      const oldest = done.has(f.group) ? fresh : this.oldestOf(f.group, state.items, state.ends);
      const event = this.event(state, f, oldest, ends, origins);
      if (event.late && event.settled && event.clean) done.add(f.group);
      return event;
    });
  }

  event(
    state: State,
    found: Found,
    oldest: number,
    ends: readonly number[],
    origins: readonly number[],
  ): Event {
    const { group, pattern, from, late } = found;
    const fresh = state.ends.length;
    const survivors = origins.filter((_, i) =>
      this.holds(group, this.items, i === 0 ? 0 : ends[i - 1]!, ends[i]!),
    );
    const next = late ? this.found.find((f) => f.group === group && !f.late) : undefined;
    return {
      group,
      pattern,
      source: this.sourceOf(state, from),
      oldest: this.sourceOf(state, oldest),
      late,
      settled: from === oldest && !survivors.includes(from) && next?.from !== from,
      clean: late
        ? survivors.every((origin) => origin === fresh) && (next === undefined || next.from === fresh)
        : survivors.length === 0,
    };
  }

  oldestOf(group: number, items: Int32Array, ends: Int32Array): number {
    for (let i = 0; i < ends.length; i++)
      if (this.holds(group, items, i === 0 ? 0 : ends[i - 1]!, ends[i]!)) return i;
    return ends.length;
  }

  holds(group: number, items: ArrayLike<number>, from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (this.nfa.group[items[i]!] === group) return true;
    return false;
  }
}
