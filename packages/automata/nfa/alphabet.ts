// Code units that no pattern tells apart share a class, so that a state's row of transitions is short.
import type { CharSet } from '../syntax/charset.ts';
import { kindOfUnit, OTHER } from './kinds.ts';

export interface Alphabet {
  /** Code unit → class. */
  readonly classOf: Uint16Array;
  readonly size: number;
  /** Class → kind of its units (see kinds.ts); all OTHER when no pattern has an assertion. */
  readonly kindOf: Uint8Array;
  /** `contains[set * size + class]` is 1 when the set holds the class. */
  readonly contains: Uint8Array;
}

/** The coarsest partition of the code units that respects every set. */
export function partition(sets: readonly CharSet[], kinds: readonly CharSet[]): Alphabet {
  const all = [...sets, ...kinds];
  const cuts = new Set([0]);
  for (const set of all) {
    for (let i = 0; i < set.length; i += 2) {
      cuts.add(set[i]!);
      cuts.add(set[i + 1]! + 1);
    }
  }
  const starts = [...cuts].filter((cut) => cut <= 0xffff).sort((a, b) => a - b);
  const indexOf = new Map(starts.map((start, index) => [start, index]));
  let classes = new Array<number>(starts.length).fill(0);
  for (const set of all) classes = refine(classes, set, indexOf);

  const size = Math.max(...classes) + 1;
  const classOf = new Uint16Array(0x10000);
  const kindOf = new Uint8Array(size).fill(OTHER);
  starts.forEach((start, i) => {
    classOf.fill(classes[i]!, start, starts[i + 1] ?? 0x10000);
    if (kinds.length > 0) kindOf[classes[i]!] = kindOfUnit(start);
  });
  const contains = new Uint8Array(sets.length * size);
  sets.forEach((set, id) => {
    for (const index of intervals(set, indexOf, starts.length)) contains[id * size + classes[index]!] = 1;
  });
  return { classOf, size, kindOf, contains };
}

function* intervals(set: CharSet, indexOf: ReadonlyMap<number, number>, count: number): Generator<number> {
  for (let i = 0; i < set.length; i += 2) {
    const end = indexOf.get(set[i + 1]! + 1) ?? count;
    for (let index = indexOf.get(set[i]!)!; index < end; index++) yield index;
  }
}

function refine(classes: readonly number[], set: CharSet, indexOf: ReadonlyMap<number, number>): number[] {
  const inside = new Uint8Array(classes.length);
  for (const index of intervals(set, indexOf, classes.length)) inside[index] = 1;
  const renumber = new Map<number, number>();
  return classes.map((old, index) => {
    const key = old * 2 + inside[index]!;
    const known = renumber.get(key);
    if (known !== undefined) return known;
    renumber.set(key, renumber.size);
    return renumber.size - 1;
  });
}
