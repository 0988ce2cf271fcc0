// A report for the terminal. It must not know how figures were measured.
import { aimMet, type Section, type Table } from '../measure/section.ts';
import { digitsOf, number } from './number.ts';
import type { Report } from './report.ts';

const colour = process.stdout.isTTY === true;
const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

export function terminal(report: Report): string {
  const parts = report.parts.map((part) => `${paint(1, part.name)}\n${part.failed ?? part.text}`);
  const { fsync, commit } = report.disk;
  const disk = `one append with fsync ${fsync.toFixed(3)} ms, one SQLite commit ${commit.toFixed(3)} ms`;
  const time = `${report.seconds.toFixed(0)} s, ${(report.machine.stolen * 100).toFixed(0)} % of a core taken by the hypervisor`;
  return `\n${[...report.sections.map(section), ...parts, paint(2, `${disk}; ${time}`)].join('\n\n')}\n`;
}

function section(of: Section): string {
  const aims = of.aims.map((aim) => {
    const met = aimMet(aim);
    const mark = met === undefined ? paint(2, '·') : met ? paint(32, '✓') : paint(31, '✗');
    const limit = `${aim.sense} ${number(aim.bound, digitsOf(aim.bound))}`;
    return `  ${mark} ${aim.text}: ${number(aim.value, digitsOf(aim.value))} ${aim.unit} (${limit})`;
  });
  return [paint(1, of.title), ...of.tables.map(table), ...aims].join('\n');
}

function table(of: Table): string {
  const head = [of.title, ...of.columns.map((column) => column.title)];
  const body = of.rows.map((row) => [
    row.peer,
    ...of.columns.map((column) => number(row.figures[column.key]?.value, column.digits)),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((cells) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`;
  return [paint(2, line(head)), ...body.map(line)].join('\n');
}
