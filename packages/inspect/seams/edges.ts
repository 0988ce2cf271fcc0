// Which units of a text may hold a part of a value that goes on in another text: its first and its last words. It must not know
// what is looked for, or what the texts are.
import type { LaneFormat } from '@sluice/types';

/** UTF-16 code units at either end of a text that are read together with the text before it or after it. */
export const REACH = 512;

/** How texts are put together. */
export interface Joint {
  /** Units of white space that a value may hold. */
  readonly spaces: number;
}

/** A stretch of a text, half open. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Edges {
  readonly head: Stretch;
  readonly tail: Stretch;
  /** Head and tail are the same, and all of the text: a value may go through it. */
  readonly through: boolean;
}

/** JSON source before the first value in it, and behind the last. */
const OPENING = /^[\s{[]*(?:"[^"\\]{0,64}"\s*:[\s{[]*)*"?/;
const CLOSING = /["\s}\],]*$/;
const SPACE = /\s/;

const NOTHING: Stretch = { from: 0, to: 0 };

/**
 * The edges of a text, or of what is known of it. Around a text white space is left out where no value holds any; around JSON
 * source, the signs that open and close it.
 */
export function edgesOf(text: string, format: LaneFormat, { spaces }: Joint): Edges {
  let from = 0;
  let end = text.length;
  if (format === 'json') {
    from = OPENING.exec(text.slice(0, REACH))![0].length;
    const last = text.slice(-REACH);
    end -= last.length - CLOSING.exec(last)!.index;
  } else if (spaces === 0) {
    while (from < end && SPACE.test(text[from]!)) from += 1;
    while (end > from && SPACE.test(text[end - 1]!)) end -= 1;
  }
  if (from >= end) return { head: NOTHING, tail: NOTHING, through: true };
  const isEnd = (unit: string): boolean => SPACE.test(unit) || (format === 'json' && unit === '"');
  let to = from;
  for (let seen = 0; to < end && to - from < REACH; to += 1) if (isEnd(text[to]!) && ++seen > spaces) break;
  const through = to === end;
  let start = end;
  if (through) start = from;
  else
    for (let seen = 0; start > from && end - start < REACH; start -= 1)
      if (isEnd(text[start - 1]!) && ++seen > spaces) break;
  return {
    head: { from, to },
    tail: { from: start, to: end },
    through,
  };
}
