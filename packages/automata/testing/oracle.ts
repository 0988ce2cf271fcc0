// What a program must find, the slow way: every start, every end, each asked of the run time's own RegExp on the whole
// text. Independent of the package.

import { type Tree, write } from './pattern.ts';
import type { Residuals } from './residuals.ts';

export interface OracleGroup {
  readonly trees: readonly Tree[];
  readonly residuals: readonly Residuals[];
  readonly maxLength: number;
}

export type Verdict = (group: number, pattern: number, start: number, end: number) => boolean;

/** `match` as given to the check, and whether it was taken; `limit` spans with adjacent ones joined. */
export type Found =
  | readonly ['match', group: number, pattern: number, start: number, end: number, taken: boolean]
  | readonly ['limit', group: number, start: number, end: number];

/** All spans that a pattern matches. */
function spansOf(tree: Tree, text: string): boolean[][] {
  const source = write(tree, 'js');
  const byEnd = Array.from({ length: text.length + 1 }, (_, end) => {
    return new RegExp(`(?:${source})(?<=(?<![\\s\\S])[\\s\\S]{${end}})`, 'y');
  });
  return Array.from({ length: text.length + 1 }, (_, start) =>
    byEnd.map((test, end) => {
      if (end <= start) return false;
      test.lastIndex = start;
      return test.test(text);
    }),
  );
}

/** Joins limits that follow one another. */
export function joined(found: readonly Found[]): Found[] {
  const out: Found[] = [];
  for (const next of found) {
    const last = out.at(-1);
    if (next[0] === 'limit' && last?.[0] === 'limit' && last[3] === next[2]) {
      out[out.length - 1] = ['limit', next[1], last[2], next[3]];
    } else out.push(next);
  }
  return out;
}

export function search(
  group: number,
  { trees, residuals, maxLength }: OracleGroup,
  text: string,
  verdict: Verdict,
): Found[] {
  const spans = trees.map((tree) => spansOf(tree, text));
  const matches = (start: number, end: number): number => spans.findIndex((of) => of[start]![end]);
  const found: Found[] = [];
  for (let start = 0; start < text.length; ) {
    const ends = [];
    for (let end = start + 1; end <= text.length; end++) if (matches(start, end) >= 0) ends.push(end);
    const end = ends.findLast((e) => e - start <= maxLength);
    if (end !== undefined) {
      const taken = verdict(group, matches(start, end), start, end);
      found.push(['match', group, matches(start, end), start, end, taken]);
      start = taken ? end : start + 1;
      continue;
    }
    if (ends.length > 0) {
      found.push(['limit', group, start, ends[0]!]);
      start = ends[0]!;
      continue;
    }
    const length = aliveLength(residuals, text, start);
    if (length <= maxLength) {
      start++;
      continue;
    }
    found.push(['limit', group, start, start + length]);
    start += Math.floor(length / maxLength) * maxLength;
  }
  return joined(found);
}

/** Units from `start` over which some pattern stays alive. */
export function aliveLength(residuals: readonly Residuals[], text: string, start: number): number {
  let length = 0;
  while (start + length < text.length && residuals.some((r) => r.alive(text, start, start + length + 1)))
    length++;
  return length;
}

/** The earliest start that is undecided when only `text` is known; matches so far are decided by `verdict`. */
export function openOf(
  group: number,
  { residuals, maxLength }: OracleGroup,
  text: string,
  verdict: Verdict,
): number {
  const known = text.length;
  for (let start = 0; start < known; ) {
    const first = decidedEnd(residuals, text, start, 1, known - start);
    const last = decidedEnd(residuals, text, start, -1, Math.min(maxLength, known - start));
    const alive = residuals.some((r) => r.alive(text, start, known));
    if (alive && known - start <= maxLength) return start;
    if (last) start = verdict(group, last.pattern, start, last.end) ? last.end : start + 1;
    else if (first) start = first.end;
    else if (alive) return start + Math.floor((known - start) / maxLength) * maxLength;
    else {
      const length = aliveLength(residuals, text, start);
      start += length > maxLength ? Math.floor(length / maxLength) * maxLength : 1;
    }
  }
  return known;
}

/** The shortest (step 1) or longest (step -1) match from `start` within `longest` units that is certain by now. */
function decidedEnd(
  residuals: readonly Residuals[],
  text: string,
  start: number,
  step: 1 | -1,
  longest: number,
) {
  for (let i = 1; i <= longest; i++) {
    const end = start + (step === 1 ? i : longest + 1 - i);
    const within = end < text.length;
    const pattern = residuals.findIndex((r) =>
      within ? r.matchedBefore(text, start, end) : r.matchedAnyway(text, start, end),
    );
    if (pattern >= 0) return { end, pattern };
  }
  return undefined;
}
