// From offsets in a text to lines and columns. A line ends with \n alone, as editors count.

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** How far it reaches on its line, at least 1. */
  readonly length: number;
}

/** What a place that is known by its first character alone reaches over. */
const WORD = /[^\s:,{}[\]]*/y;

/** Answers where `[from, to)` of the text stands; without `to`, the word that begins there. Offsets beyond the text are its end. */
export function placesIn(text: string): (from: number, to?: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (from, to) => {
    const start = Math.max(0, Math.min(from, text.length));
    const line = lastAtMost(starts, start);
    const lineEnd = line + 1 < starts.length ? starts[line + 1]! - 1 : text.length;
    return {
      line: line + 1,
      column: start - starts[line]! + 1,
      length: Math.max(1, Math.min(to ?? wordEnd(text, start), lineEnd) - start),
    };
  };
}

function wordEnd(text: string, from: number): number {
  WORD.lastIndex = from;
  return from + (WORD.exec(text)?.[0].length ?? 0);
}

/** Index of the last of the ascending numbers that is not above `value`. */
function lastAtMost(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
