// What a state of the deterministic automaton is, and what a transition can carry. Data only.
//
// A place in the state ("source") says where a match would have started, without knowing the position:
//   source >= 0   the start is in register `source`
//   source <  0   the start lies `-1 - source` units before the state's position
// The second kind needs no register and no work per unit: it is used wherever the distance from the start is the same
// on every way (a literal prefix, a counted class).

/** The source of a match that starts at the state's own position. */
export const HERE = -1;

/** Starts that are alive at a place, oldest first; for each, the instructions that it is at. */
export interface State {
  /** Offset of the state's row in the table; of use only while `generation` is the table's own. */
  row: number;
  generation: number;
  /** Kind of the unit before (see nfa/kinds.ts); always the same when no pattern asserts. */
  readonly before: number;
  /** Instructions, sorted within each start. An instruction is under its oldest start only. */
  readonly items: Int32Array;
  /** Start → end of its items. */
  readonly ends: Int32Array;
  /** Start → source. */
  readonly sources: Int32Array;
  readonly registers: number;
  /** Matches that hold only because the text ends here. Built when asked for. */
  atEnd: readonly Event[] | undefined;
  /** Start → its groups. Built when asked for. */
  groups: (readonly number[])[] | undefined;
}

/** A match seen on a transition: of each group the oldest start that has one. */
export interface Event {
  readonly group: number;
  /** The lowest index among the patterns that match from this start to this end. */
  readonly pattern: number;
  /** Source of the match, as of before the transition's unit. */
  readonly source: number;
  /** Source of the group's oldest live start, as of before the transition's unit. */
  readonly oldest: number;
  /** The match ends before the transition's unit, which had to be seen; else after it. */
  readonly late: boolean;
  /** No older start of the group is alive, and this one ends here: nothing longer or further left can come. */
  readonly settled: boolean;
  /** No start of the group before the match's end is alive any more. */
  readonly clean: boolean;
}

/** A transition that does more than to change the state. */
export interface Special {
  readonly target: State;
  /** Pairs of register and source, all read before any is written. */
  readonly moves: Int32Array | null;
  readonly events: readonly Event[] | null;
  /** The oldest start did not survive. */
  readonly oldestDied: boolean;
}

/** A run through an automaton: where it is, and what its last transition brought. */
export interface Run {
  state: State;
  registers: Float64Array;
  position: number;
  /** Set when the run stopped at a transition with events. */
  events: readonly Event[] | null;
  /** For each event two numbers: the match's start and the group's oldest live start before it. */
  readonly starts: number[];
}

export const NO_EVENTS: readonly Event[] = [];

/** Where the `index`-th start of a run's state lies in the text. */
export function startOf(run: Run, index: number): number {
  const source = run.state.sources[index]!;
  return source >= 0 ? run.registers[source]! : run.position + 1 + source;
}

/** The groups that are alive from the `index`-th start. */
export function groupsOf(state: State, index: number, groupOfItem: Int32Array): readonly number[] {
  state.groups ??= Array.from(state.ends, (end, i) => {
    const items = state.items.subarray(i === 0 ? 0 : state.ends[i - 1]!, end);
    return [...new Set(Array.from(items, (item) => groupOfItem[item]!))];
  });
  return state.groups[index]!;
}
