// Sets of code points as sorted, disjoint, non-adjacent inclusive ranges: [lo, hi, lo, hi, …]. Knows nothing of syntax.

export type CharSet = readonly number[];

export const MAX_CODE_POINT = 0x10ffff;
export const EVERYTHING: CharSet = [0, MAX_CODE_POINT];

/** Sorts and joins any list of [lo, hi] pairs. */
export function normalize(pairs: readonly number[]): CharSet {
  const ranges: [number, number][] = [];
  for (let i = 0; i < pairs.length; i += 2) ranges.push([pairs[i]!, pairs[i + 1]!]);
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const out: number[] = [];
  for (const [lo, hi] of ranges) {
    const last = out.length - 1;
    if (last > 0 && lo <= out[last]! + 1) out[last] = Math.max(out[last]!, hi);
    else out.push(lo, hi);
  }
  return out;
}

export function negate(set: CharSet): CharSet {
  const out: number[] = [];
  let from = 0;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i]! > from) out.push(from, set[i]! - 1);
    from = set[i + 1]! + 1;
  }
  if (from <= MAX_CODE_POINT) out.push(from, MAX_CODE_POINT);
  return out;
}

/** The part of the set within [lo, hi]. */
export function clip(set: CharSet, lo: number, hi: number): CharSet {
  const out: number[] = [];
  for (let i = 0; i < set.length; i += 2) {
    const from = Math.max(lo, set[i]!);
    const to = Math.min(hi, set[i + 1]!);
    if (from <= to) out.push(from, to);
  }
  return out;
}
