// Numbers as people read them. It must not know what they measure.
import type { Figure } from '../measure/bench.ts';

/** `12,345.6`, or a dash when there is none. */
export function number(value: number | undefined, digits: number): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const text = value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

/** What stands for the rounds, with the range over the rounds where it is wider than what is shown. */
export function spread(figure: Figure | undefined, digits: number): string {
  if (figure === undefined) return '–';
  const [shown, low, high] = [figure.value, figure.low, figure.high].map((value) => number(value, digits));
  return low === high || shown === '–' ? (shown ?? '–') : `${shown} (${low}–${high})`;
}

/** Digits that a figure of this size is worth. */
export function digitsOf(value: number): number {
  return Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
}
