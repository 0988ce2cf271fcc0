// The lazily built table. Every transition is computed once and is one array access from then on; when the table is
// full it is dropped, and only the state in hand is kept. A program whose states never repeat therefore costs what a
// simulation of the automaton costs, per unit, and never more memory than its bound.
import { OTHER } from '../nfa/kinds.ts';
import type { Nfa } from '../nfa/nfa.ts';
import type { Budget } from './budget.ts';
import { type Columns, columnsOf } from './columns.ts';
import type { Scratch } from './scratch.ts';
import { type Event, NO_EVENTS, type Run, type Special, type State } from './state.ts';
import { END, type Step, Stepper } from './step.ts';

/** A transition that has not been built yet. Below it: `-2 - index` of a special one. From 0 on: a row. */
const UNBUILT = -1;

/** Bytes that a state and a special transition take beside their arrays, by measurement, rounded up. */
const STATE_BYTES = 400;
const SPECIAL_BYTES = 160;
const EVENT_BYTES = 80;
/** Rows of an empty table. */
const FIRST_ROWS = 4;
const NONE = new Int32Array(0);

export class Dfa {
  readonly stepper: Stepper;
  readonly columns: Columns;
  /** Columns of a row. */
  readonly stride: number;
  /** Code unit → class. */
  readonly classOf: Uint16Array;
  readonly budget: Budget;
  /** Whether a run also stops when the oldest start dies. */
  readonly watchesOldest: boolean;
  table: Int32Array;
  states: State[] = [];
  specials: Special[] = [];
  index = new Map<number, State[]>();
  generation = 0;
  bytes = 0;
  /** By kind before: the states in which nothing is alive. */
  readonly resting: State[];
  /** Where simultaneous moves are gathered. */
  gathered = new Float64Array(8);

  constructor(nfa: Nfa, starts: Int32Array, scratch: Scratch, budget: Budget, watchesOldest: boolean) {
    this.stepper = new Stepper(nfa, starts, scratch);
    this.columns = columnsOf(nfa, starts);
    this.stride = this.columns.classOf.length;
    this.classOf = nfa.alphabet.classOf;
    this.budget = budget;
    budget.members.push(this);
    this.watchesOldest = watchesOldest;
    this.table = this.emptyTable();
    this.resting = [0, 1, 2, 3].map((kind) => this.make(nfa.asserts ? kind : OTHER, NONE, NONE, NONE, 0));
  }

  /** A run that starts at `position`, behind a unit of kind `before`. */
  start(position: number, before: number): Run {
    return {
      state: this.resting[before]!,
      registers: new Float64Array(0),
      position,
      events: null,
      starts: [],
    };
  }

  /**
   * Reads `text` from index `from` up to `to`; `base` is the position of the text's first unit. Stops early behind a
   * unit whose transition brings events (or, if watched, the death of the oldest start). Returns the index reached.
   */
  advance(run: Run, text: string, from: number, to: number, base: number): number {
    run.events = null;
    const { classOf } = this;
    const { columnOf } = this.columns;
    let row = this.rowOf(run.state);
    let i = from;
    while (i < to) {
      let table = this.table;
      let next = 0;
      while (i < to && (next = table[row + columnOf[classOf[text.charCodeAt(i)]!]!]!) >= 0) {
        row = next;
        i++;
      }
      if (i >= to) break;
      if (next === UNBUILT) {
        next = this.build(row, columnOf[classOf[text.charCodeAt(i)]!]!);
        table = this.table;
        if (next >= 0) {
          row = next;
          i++;
          continue;
        }
      }
      const special = this.specials[-2 - next]!;
      if (special.events !== null) this.resolve(run, special.events, base + i);
      if (special.moves !== null) this.move(run, special.moves, base + i);
      row = special.target.row;
      i++;
      if (special.events !== null || (this.watchesOldest && special.oldestDied)) break;
    }
    run.state = this.stateAt(row);
    run.position = base + i;
    return i;
  }

  stateAt(row: number): State {
    return this.states[(row / this.stride) | 0]!;
  }

  /** Whether the transition from a row has been built. */
  knows(row: number, column: number): boolean {
    return this.table[row + column] !== UNBUILT;
  }

  /** Takes the unit at `position` from a row, and returns the row it leads to. The run's state is the caller's to set. */
  follow(run: Run, row: number, column: number, position: number): number {
    let next = this.table[row + column]!;
    if (next === UNBUILT) next = this.build(row, column);
    if (next >= 0) return next;
    const { events, moves, target } = this.specials[-2 - next]!;
    if (events !== null) this.resolve(run, events, position);
    if (moves !== null) this.move(run, moves, position);
    return target.row;
  }

  /** What holds because the text ends where the run is. Leaves the events and their starts on the run. */
  end(run: Run): void {
    const { state } = run;
    state.atEnd ??= this.stepper.advance(state, END).events ?? NO_EVENTS;
    run.events = null;
    if (state.atEnd.length > 0) this.resolve(run, state.atEnd, run.position);
  }

  resolve(run: Run, events: readonly Event[], position: number): void {
    run.events = events;
    const { registers, starts } = run;
    for (let i = 0; i < events.length; i++) {
      const { source, oldest } = events[i]!;
      starts[2 * i] = source >= 0 ? registers[source]! : position + 1 + source;
      starts[2 * i + 1] = oldest >= 0 ? registers[oldest]! : position + 1 + oldest;
    }
  }

  move(run: Run, moves: Int32Array, position: number): void {
    let { registers } = run;
    const highest = moves[moves.length - 2]!;
    if (highest >= registers.length) {
      registers = new Float64Array(Math.max(4, 2 * (highest + 1)));
      registers.set(run.registers);
      run.registers = registers;
    }
    if (moves.length === 2) {
      const source = moves[1]!;
      registers[highest] = source >= 0 ? registers[source]! : position + 1 + source;
      return;
    }
    if (this.gathered.length < moves.length) this.gathered = new Float64Array(2 * moves.length);
    const { gathered } = this;
    for (let i = 1; i < moves.length; i += 2) {
      const source = moves[i]!;
      gathered[i] = source >= 0 ? registers[source]! : position + 1 + source;
    }
    for (let i = 0; i < moves.length; i += 2) registers[moves[i]!] = gathered[i + 1]!;
  }

  /** The row of a state that may stem from before a flush. */
  rowOf(state: State): number {
    if (state.generation === this.generation) return state.row;
    const hash = hashOf(state.before, state.items, state.ends);
    const known = this.find(hash, state.before, state.items, state.ends) ?? this.enter(hash, state);
    state.row = known.row;
    state.generation = known.generation;
    return known.row;
  }

  /** Computes the transition from a row; returns it, entered into the table unless the table had to be dropped. */
  build(row: number, column: number): number {
    const from = this.states[(row / this.stride) | 0]!;
    const step = this.stepper.advance(from, this.columns.classOf[column]!);
    const target = this.intern(step);
    const plain = step.moves === null && step.events === null && !(this.watchesOldest && step.oldestDied);
    const next = plain ? target.row : this.addSpecial(step, target);
    if (from.generation === this.generation) this.table[from.row + column] = next;
    return next;
  }

  addSpecial({ moves, events, oldestDied }: Step, target: State): number {
    this.specials.push({ target, moves, events, oldestDied });
    this.spend(SPECIAL_BYTES + (moves?.length ?? 0) * 4 + (events?.length ?? 0) * EVENT_BYTES);
    return -1 - this.specials.length;
  }

  intern({ before, items, ends, sources, registers }: Step): State {
    const hash = hashOf(before, items, ends);
    return (
      this.find(hash, before, items, ends) ??
      this.enter(hash, this.make(before, items, ends, sources, registers))
    );
  }

  make(before: number, items: Int32Array, ends: Int32Array, sources: Int32Array, registers: number): State {
    return {
      row: -1,
      generation: -1,
      before,
      items,
      ends,
      sources,
      registers,
      atEnd: undefined,
      groups: undefined,
    };
  }

  find(hash: number, before: number, items: Int32Array, ends: Int32Array): State | undefined {
    return this.index
      .get(hash)
      ?.find((s) => s.before === before && same(s.ends, ends) && same(s.items, items));
  }

  enter(hash: number, state: State): State {
    const needed = this.stride * 4 + (state.items.length + 2 * state.ends.length) * 4 + STATE_BYTES;
    if (this.budget.lacks(needed) && this.states.length > 1) this.budget.flush();
    this.spend(needed);
    state.row = this.states.length * this.stride;
    state.generation = this.generation;
    this.states.push(state);
    if (state.row + this.stride > this.table.length) {
      const larger = new Int32Array(2 * this.table.length);
      larger.set(this.table);
      this.table = larger;
    }
    this.table.fill(UNBUILT, state.row, state.row + this.stride);
    const bucket = this.index.get(hash);
    if (bucket) bucket.push(state);
    else this.index.set(hash, [state]);
    return state;
  }

  spend(bytes: number): void {
    this.bytes += bytes;
    this.budget.used += bytes;
  }

  emptyTable(): Int32Array {
    return new Int32Array(this.stride * FIRST_ROWS);
  }

  drop(): void {
    this.generation++;
    this.table = this.emptyTable();
    this.states = [];
    this.specials = [];
    this.index = new Map();
    this.bytes = 0;
  }
}

function hashOf(before: number, items: Int32Array, ends: Int32Array): number {
  let hash = before + 0x9dc5;
  for (let i = 0; i < items.length; i++) hash = Math.imul(hash ^ items[i]!, 0x01000193);
  for (let i = 0; i < ends.length; i++) hash = Math.imul(hash ^ ends[i]!, 0x01000193) ^ (hash >>> 15);
  return hash;
}

function same(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
