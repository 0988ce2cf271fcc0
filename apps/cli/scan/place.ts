// Offsets of a text as lines and columns, and the line around a finding with everything found in it masked.
import { visible } from '../text.ts';

export interface Spot {
  readonly kind: string;
  readonly detector: string;
  readonly start: number;
  readonly end: number;
}

export interface Place {
  /** From 1. Columns count UTF-16 code units. */
  readonly line: number;
  readonly column: number;
}

/** Answers for offsets in any order. */
export function placesOf(text: string, firstLine = 1): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: firstLine + low, column: offset - starts[low]! + 1 };
  };
}

/** Code units of the line that are shown on either side. */
const AROUND = 32;
const MASKED = '••••';

/** `before` and `after` the finding on its line; what else was found there is masked as well. */
export function excerpt(text: string, spot: Spot, spots: readonly Spot[]): { before: string; after: string } {
  const lineStart = text.lastIndexOf('\n', spot.start - 1) + 1;
  const next = text.indexOf('\n', spot.end);
  const lineEnd = next < 0 ? text.length : next;
  const shown = (from: number, to: number): string => {
    let out = '';
    let at = from;
    for (const { start, end } of spots) {
      if (end <= at || start >= to) continue;
      if (start > at) out += text.slice(at, start);
      out += MASKED;
      at = end;
    }
    return visible(at < to ? out + text.slice(at, to) : out);
  };
  // What begins outside of the window and reaches into it is masked from the window's edge.
  return {
    before: shown(Math.max(lineStart, spot.start - AROUND), spot.start),
    after: shown(spot.end, Math.min(lineEnd, spot.end + AROUND)),
  };
}
