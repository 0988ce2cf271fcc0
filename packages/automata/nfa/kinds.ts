// What assertions can see: the kind of the code unit before a place and of the one after it. A pair of kinds is a bit
// in a 16-bit mask, so that "under which surroundings" is one integer.
import type { Assertion } from '../syntax/ast.ts';

/** Before a place: nothing (the text's start). After it: nothing (the text's end). */
export const EDGE = 0;
export const LINE_FEED = 1;
export const WORD_UNIT = 2;
export const OTHER = 3;

export const isWordUnit = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  (unit >= 0x30 && unit <= 0x39) ||
  unit === 0x5f;

export const kindOfUnit = (unit: number): number =>
  unit === 0x0a ? LINE_FEED : isWordUnit(unit) ? WORD_UNIT : OTHER;

export const surroundings = (before: number, after: number): number => 1 << (before * 4 + after);

/** The bits of all surroundings with this kind before. */
export const rowOf = (before: number): number => 0xf << (before * 4);

const HOLDS: Readonly<Record<Assertion, (before: number, after: number) => boolean>> = {
  'text-start': (before) => before === EDGE,
  'text-end': (_, after) => after === EDGE,
  'line-start': (before) => before === EDGE || before === LINE_FEED,
  'line-end': (_, after) => after === EDGE || after === LINE_FEED,
  'word-boundary': (before, after) => (before === WORD_UNIT) !== (after === WORD_UNIT),
  'not-word-boundary': (before, after) => (before === WORD_UNIT) === (after === WORD_UNIT),
};

/** The surroundings in which an assertion holds. */
export function assertionMask(assertion: Assertion): number {
  let mask = 0;
  for (let before = 0; before < 4; before++) {
    for (let after = 0; after < 4; after++)
      if (HOLDS[assertion](before, after)) mask |= surroundings(before, after);
  }
  return mask;
}
