// One step of the subset construction, with starts: from a state and a class of units to the next state, the matches
// seen on the way, and what becomes of the registers. Knows nothing of tables or caches.
//
// Starts are visited oldest first, and an instruction that an older start has reached is closed to younger ones: from
// there both would match the same texts, and the older one is further left. This is what makes states finite.
import { EDGE, OTHER, rowOf, surroundings } from '../nfa/kinds.ts';
import { LOOK_AROUND, MATCH, type Nfa, SPLIT, UNIT } from '../nfa/nfa.ts';
import { type Found, makeEvents, type Outcome } from './events.ts';
import type { Scratch } from './scratch.ts';
import { type Event, HERE, type State } from './state.ts';

/** The pseudo-class of "the text ends here". */
export const END = -1;

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

/** What a start that begins just before a unit reaches behind it: the same in all states. */
interface Fresh {
  readonly items: Int32Array;
  /** Instructions that match at once: patterns of one unit. */
  readonly matches: Int32Array;
}

export class Stepper {
  readonly nfa: Nfa;
  readonly starts: Int32Array;
  readonly scratch: Scratch;
  readonly fresh = new Map<number, Fresh>();
  found: Found[] = [];
  from = 0;
  step = 0;
  unitClass = END;
  before = OTHER;
  after = EDGE;

  constructor(nfa: Nfa, starts: Int32Array, scratch: Scratch) {
    this.nfa = nfa;
    this.starts = starts;
    this.scratch = scratch;
  }

  advance(state: State, unitClass: number): Step {
    const fresh = unitClass === END ? undefined : this.freshOf(state.before, unitClass);
    this.begin(state.before, unitClass);
    const count = state.ends.length;
    for (let index = 0, item = 0; index < count; index++) {
      this.from = index;
      for (const end = state.ends[index]!; item < end; item++) this.enter(state.items[item]!);
      this.scratch.endStart(index);
    }
    if (fresh) this.join(fresh, count);
    return this.finish(state);
  }

  begin(before: number, unitClass: number): void {
    this.step = this.scratch.begin();
    this.found = [];
    this.from = 0;
    this.unitClass = unitClass;
    this.before = before;
    this.after = unitClass === END ? EDGE : this.nfa.alphabet.kindOf[unitClass]!;
  }

  freshOf(before: number, unitClass: number): Fresh {
    const key = before * this.nfa.alphabet.size + unitClass;
    const known = this.fresh.get(key);
    if (known) return known;
    this.begin(before, unitClass);
    for (const start of this.starts) this.enter(start);
    this.scratch.endStart(0);
    const items = this.scratch.items.slice(0, this.scratch.itemCount);
    const fresh = { items, matches: Int32Array.from(this.found, (f) => f.at) };
    this.fresh.set(key, fresh);
    return fresh;
  }

  /** Adds the start that begins here, less what older ones have reached. */
  join({ items, matches }: Fresh, index: number): void {
    const { scratch, step } = this;
    this.from = index;
    for (let i = 0; i < items.length; i++) {
      if (scratch.after[items[i]!] !== step) scratch.items[scratch.itemCount++] = items[i]!;
    }
    for (let i = 0; i < matches.length; i++)
      if (scratch.after[matches[i]!] !== step) this.match(matches[i]!, false);
    scratch.endStart(index);
  }

  consumes(at: number): boolean {
    if (this.unitClass === END) return false;
    return this.nfa.alphabet.contains[this.nfa.arg[at]! * this.nfa.alphabet.size + this.unitClass] === 1;
  }

  /** An item of the old state: consumes the unit, or waits for its kind. */
  enter(item: number): void {
    const { op, arg, out, out2 } = this.nfa;
    if (op[item] === UNIT) {
      if (this.consumes(item)) this.afterUnit(out[item]!);
      return;
    }
    const here = surroundings(this.before, this.after);
    const seen = this.scratch.before;
    const pending = [item];
    for (let at: number | undefined; (at = pending.pop()) !== undefined; ) {
      if (seen[at] === this.step) continue;
      seen[at] = this.step;
      if (op[at] === UNIT) {
        if (this.consumes(at)) this.afterUnit(out[at]!);
      } else if (op[at] === SPLIT) pending.push(out2[at]!, out[at]!);
      else if (op[at] === MATCH) this.match(at, true);
      else if ((arg[at]! & here) !== 0) pending.push(out[at]!);
    }
  }

  /** Everything that can be reached behind the unit while the next one is unknown. */
  afterUnit(from: number): void {
    const { op, arg, out, out2, viable } = this.nfa;
    const { scratch, step } = this;
    const { stack, after: seen } = scratch;
    const row = rowOf(this.after);
    let top = 0;
    stack[top++] = from;
    while (top > 0) {
      const at = stack[--top]!;
      if (seen[at] === step || (viable[at]! & row) === 0) continue;
      seen[at] = step;
      switch (op[at]) {
        case SPLIT:
          stack[top++] = out2[at]!;
          stack[top++] = out[at]!;
          break;
        case MATCH:
          this.match(at, false);
          break;
        case UNIT:
        case LOOK_AROUND:
          scratch.items[scratch.itemCount++] = at;
          break;
        default:
          if ((arg[at]! & row) !== 0) stack[top++] = out[at]!;
      }
    }
  }

  match(at: number, late: boolean): void {
    this.found.push({ at, group: this.nfa.group[at]!, pattern: this.nfa.arg[at]!, from: this.from, late });
  }

  finish(state: State): Step {
    const { nfa, scratch, found } = this;
    const { startCount } = scratch;
    const items = scratch.items.slice(0, scratch.itemCount);
    const ends = scratch.ends.slice(0, startCount);
    let registers = 0;
    let moved = 0;
    for (let index = 0; index < startCount; index++) {
      const depth = this.depthOf(index);
      if (depth >= 0) {
        scratch.sources[index] = HERE - depth;
        continue;
      }
      const origin = scratch.origins[index]!;
      const old = origin < state.sources.length ? state.sources[origin]! : HERE;
      if (old !== registers) {
        scratch.moves[moved++] = registers;
        scratch.moves[moved++] = old;
      }
      scratch.sources[index] = registers++;
    }
    const outcome: Outcome = { state, items, ends, origins: scratch.origins };
    return {
      before: nfa.asserts ? this.after : OTHER,
      items,
      ends,
      sources: scratch.sources.slice(0, startCount),
      registers,
      moves: moved > 0 ? scratch.moves.slice(0, moved) : null,
      events: found.length > 0 ? makeEvents(found, outcome, nfa.group) : null,
      oldestDied: state.ends.length > 0 && (startCount === 0 || scratch.origins[0] !== 0),
    };
  }

  /** Units since a start, if one of its items knows. */
  depthOf(index: number): number {
    const { ends, items } = this.scratch;
    for (let i = index === 0 ? 0 : ends[index - 1]!; i < ends[index]!; i++) {
      const depth = this.nfa.depth[items[i]!]!;
      if (depth >= 0) return depth;
    }
    return -1;
  }
}
