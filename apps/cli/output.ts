// What commands print: tables, times and spans, one way for all of them.
import { Failure } from './failure.ts';

/** Columns as wide as their widest cell, two spaces between. Ends with a line break. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
    .concat('\n');
}

/** Local time, to the second. */
export function when(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
}

/** `3 min ago`. */
export function ago(at: number): string {
  return `${span(Date.now() - at)} ago`;
}

/** `in 12 min`. */
export function inTime(at: number): string {
  return at <= Date.now() ? 'now' : `in ${span(at - Date.now())}`;
}

function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90d` → milliseconds. */
export function parseSpan(text: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text);
  const unit = match === null ? undefined : UNITS[match[2]!];
  if (match === null || unit === undefined)
    throw new Failure('usage', `${text} is not a span such as 90d, 12h or 30m.`);
  return Number(match[1]) * unit;
}
