// A text with what is to be found in it. Values are marked while a text is put together, so that quoting and escaping may
// change it, and the marks are taken out last. It must not know detectors.
import type { Direction } from '@sluice/types';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Labelled {
  readonly text: string;
  /** UTF-16 code units, half open; empty for a harmless text and where the whole text is what is meant. */
  readonly spans: readonly Span[];
  /** What the text holds: a kind of finding, or a group of attacks or of harmless texts. */
  readonly what: string;
  /** The carrier or the sort of text. */
  readonly carrier: string;
  readonly disguise: string;
  readonly direction: Direction;
}

/** Private-use characters, which no generator writes. */
const OPEN = '\ue000';
const CLOSE = '\ue001';

export const marked = (value: string): string => `${OPEN}${value}${CLOSE}`;

/** Takes the marks out. */
export function unmarked(text: string): { readonly text: string; readonly spans: readonly Span[] } {
  const spans: Span[] = [];
  let plain = '';
  let start = 0;
  for (const unit of text.split('')) {
    if (unit === OPEN) start = plain.length;
    else if (unit === CLOSE) spans.push({ start, end: plain.length });
    else plain += unit;
  }
  return { text: plain, spans };
}

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
