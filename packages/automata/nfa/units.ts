// Sets of code points as sequences of UTF-16 code units. A set becomes units that match alone, and surrogate pairs.
import { type CharSet, clip, normalize } from '../syntax/charset.ts';

export interface Lowered {
  /** Matches one code unit. */
  readonly units: CharSet;
  /** Each matches a high surrogate from the first set and then a low one from the second. */
  readonly pairs: readonly (readonly [CharSet, CharSet])[];
}

const HIGH = 0xd800;
const LOW = 0xdc00;
const LAST_LOW = 0xdfff;

/**
 * A set with all supplementary characters (a negated class, the dot) matches surrogates one by one: text that is cut
 * within a pair is still matched, and no more states are needed. A set with some of them excludes lone surrogates, so
 * that `[^😀]` cannot match one half of what it excludes.
 */
export function lower(set: CharSet): Lowered {
  const astral = clip(set, 0x10000, 0x10ffff);
  if (astral.length === 0) return { units: set, pairs: [] };
  if (astral[0] === 0x10000 && astral[1] === 0x10ffff) {
    return { units: normalize([...clip(set, 0, 0xffff), HIGH, LAST_LOW]), pairs: [] };
  }
  const units = normalize([...clip(set, 0, HIGH - 1), ...clip(set, LAST_LOW + 1, 0xffff)]);
  const byLow = new Map<string, { low: CharSet; high: number[] }>();
  for (let i = 0; i < astral.length; i += 2) addPairs(astral[i]! - 0x10000, astral[i + 1]! - 0x10000, byLow);
  return { units, pairs: [...byLow.values()].map(({ low, high }) => [normalize(high), low] as const) };
}

/** Splits a range of offsets into at most three blocks: first high surrogate, full ones, last high surrogate. */
function addPairs(from: number, to: number, into: Map<string, { low: CharSet; high: number[] }>): void {
  const add = (highFrom: number, highTo: number, lowFrom: number, lowTo: number): void => {
    const key = `${lowFrom}-${lowTo}`;
    const entry = into.get(key) ?? { low: [LOW + lowFrom, LOW + lowTo], high: [] };
    entry.high.push(HIGH + highFrom, HIGH + highTo);
    into.set(key, entry);
  };
  let first = from >> 10;
  let last = to >> 10;
  const lowFrom = from & 0x3ff;
  const lowTo = to & 0x3ff;
  if (first === last) {
    add(first, first, lowFrom, lowTo);
    return;
  }
  if (lowFrom > 0) add(first, first++, lowFrom, 0x3ff);
  if (lowTo < 0x3ff) add(last, last--, 0, lowTo);
  if (first <= last) add(first, last, 0, 0x3ff);
}
