// What commands print: tables, times and spans, one way for all of them.
import { Failure } from './failure.ts';
import { escaped, visible } from './text.ts';

/** Columns as wide as their widest cell, two spaces between. Ends with a line break. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows.map((row) => row.map((cell) => visible(cell)))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
    .concat('\n');
}

/** In characters; those of double width count once. */
function widthOf(cell: string): number {
  return [...cell].length;
}

/** On one line. What could drive a terminal is escaped, which changes nothing for those who parse it. */
export function printJson(value: unknown): void {
  process.stdout.write(`${escaped(JSON.stringify(value))}\n`);
}

/** Local time, to the second: `2026-11-23 00:31:07`. */
export function when(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
}

/** As `when`, for columns: the time alone today, else the day and the minute. */
export function moment(at: number, now = Date.now()): string {
  const text = when(at);
  return text.slice(0, 10) === when(now).slice(0, 10) ? text.slice(11) : text.slice(0, 16);
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
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
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
