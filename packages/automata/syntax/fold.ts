// Simple case folding: which code points count as equal when case is ignored. Source: Unicode CaseFolding.txt,
// statuses C and S, recovered from the run time's one-to-one case mappings, so that no table has to be kept here.
import { type CharSet, normalize } from './charset.ts';

/** The last cased code points are Adlam's, at U+1E943. */
const LAST_CASED = 0x1e943;
/** Dotted capital I and dotless i fold only in Turkic locales (status T). */
const UNFOLDED = new Set([0x130, 0x131]);

const single = (text: string, of: number): number => {
  const mapped = text.codePointAt(0)!;
  return text.length === (mapped > 0xffff ? 2 : 1) ? mapped : of;
};

let orbits: Map<number, number[]> | undefined;

/** Code point → all code points equal to it, for those that have company. Built at first use (some 20 ms). */
function orbitTable(): Map<number, number[]> {
  if (orbits) return orbits;
  const byFold = new Map<number, number[]>();
  for (let cp = 0x41; cp <= LAST_CASED; cp++) {
    if ((cp >= 0xd800 && cp <= 0xdfff) || UNFOLDED.has(cp)) continue;
    const text = String.fromCodePoint(cp);
    const upper = single(text.toUpperCase(), cp);
    const folded = single(String.fromCodePoint(upper).toLowerCase(), upper);
    const lower = single(text.toLowerCase(), cp);
    if (upper === cp && lower === cp && folded === cp) continue;
    for (const key of new Set([folded, lower])) {
      const list = byFold.get(key);
      if (list) list.push(cp);
      else byFold.set(key, [cp]);
    }
  }
  orbits = new Map();
  for (const [fold, members] of byFold) {
    const all = new Set([fold, ...members]);
    for (const member of [...all]) for (const other of orbits.get(member) ?? []) all.add(other);
    for (const member of all) orbits.set(member, [...all]);
  }
  return orbits;
}

/** ASCII letters have two strangers among their equals: U+212A KELVIN SIGN and U+017F LONG S. */
function foldAscii(from: number, to: number, out: number[]): void {
  for (let cp = from; cp <= to; cp++) {
    const lower = cp | 0x20;
    if (lower < 0x61 || lower > 0x7a) continue;
    out.push(lower, lower, lower - 0x20, lower - 0x20);
    if (lower === 0x6b) out.push(0x212a, 0x212a);
    if (lower === 0x73) out.push(0x17f, 0x17f);
  }
}

/** The set together with everything that is equal to a member when case is ignored. */
export function foldCase(set: CharSet): CharSet {
  const out = [...set];
  for (let i = 0; i < set.length; i += 2) {
    const lo = set[i]!;
    const hi = Math.min(set[i + 1]!, LAST_CASED);
    if (lo < 0x80) foldAscii(lo, Math.min(hi, 0x7f), out);
    if (hi < 0x80) continue;
    const table = orbitTable();
    for (let cp = Math.max(lo, 0x80); cp <= hi; cp++)
      for (const other of table.get(cp) ?? []) out.push(other, other);
  }
  return normalize(out);
}
