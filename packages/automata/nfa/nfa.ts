// The automaton of all patterns together: flat arrays, one instruction each. Built once, then only read.
import type { Alphabet } from './alphabet.ts';

/** Consume a unit of set `arg`, go to `out`. */
export const UNIT = 0;
/** Go to `out` and to `out2`. */
export const SPLIT = 1;
/** Go to `out` in the surroundings of mask `arg`; the unit before decides alone. */
export const LOOK_BACK = 2;
/** Go to `out` in the surroundings of mask `arg`; the unit after has to be known. */
export const LOOK_AROUND = 3;
/** Pattern `arg` of the group has matched; or, with OPENED, the opener of one of them, which would go on at `out`. */
export const MATCH = 4;
export const OPENED = -1;
/** `out` of what does not go on. */
export const NOWHERE = -1;

export interface Nfa {
  readonly size: number;
  readonly op: Uint8Array;
  readonly arg: Int32Array;
  readonly out: Int32Array;
  readonly out2: Int32Array;
  /** Instruction → group. */
  readonly group: Int32Array;
  /** Group → the first instructions of its patterns. */
  readonly starts: readonly Int32Array[];
  /** Group → where the shared automaton starts: the same, but openers in place of patterns that have one. */
  readonly sharedStarts: readonly Int32Array[];
  /** Group → whether it has openers. */
  readonly opens: Uint8Array;
  /** Code units from the match's start, where that is the same on every way; else -1. */
  readonly depth: Int32Array;
  /** Instruction → surroundings from which some text leads to a match; 0 is a dead end. */
  readonly viable: Uint16Array;
  readonly alphabet: Alphabet;
  /** Group → code units of its longest possible match, at most Infinity. */
  readonly longest: Float64Array;
  /** Whether the unit before a place can matter at all. */
  readonly asserts: boolean;
}
