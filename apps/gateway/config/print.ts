// Problems for people to read: place, sentence, the line with a caret, a hint. Nothing that looks like a secret is shown.
import type { Problem } from './problem.ts';
import { veil } from './veil.ts';

export interface PrintOptions {
  /** How the file is called in the output. */
  readonly file: string;
  readonly colour: boolean;
}

const PAINT = { error: '31;1', warning: '33;1', faint: '2' } as const;

/** Longest excerpt; a longer line is cut around the place. */
const WIDTH = 110;

/** One paragraph a problem, and a last line that counts. Empty when there is none. */
export function printProblems(
  problems: readonly Problem[],
  text: string,
  { file, colour }: PrintOptions,
): string {
  if (problems.length === 0) return '';
  const paint = (style: keyof typeof PAINT, words: string) =>
    colour ? `\u001b[${PAINT[style]}m${words}\u001b[0m` : words;
  const lines = text.split(/\r?\n/);
  const paragraphs = problems.map((problem) => {
    const head = `${file}:${problem.line}:${problem.column} ${paint(problem.severity, problem.severity)} ${problem.message}. ${paint('faint', `[${problem.code}]`)}`;
    const hint = problem.hint === undefined ? [] : [`      ${problem.hint}`];
    return [
      head,
      ...excerpt(problem, lines[problem.line - 1]).map((line) => paint('faint', line)),
      ...hint,
    ].join('\n');
  });
  const count = (severity: Problem['severity']) =>
    problems.filter((problem) => problem.severity === severity).length;
  return `${paragraphs.join('\n\n')}\n\n${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}\n`;
}

function excerpt({ line, column, length }: Problem, text: string | undefined): readonly string[] {
  if (text === undefined || text.trim() === '') return [];
  const safe = veil(text).replaceAll('\t', ' ');
  const from = column + Math.min(length, 30) > WIDTH ? Math.max(column - 40, 0) : 0;
  const shown = safe.slice(from, from + WIDTH).trimEnd();
  const gutter = `${String(line).padStart(5)} | `;
  const caret = '^'.repeat(Math.max(1, Math.min(length, shown.length - (column - 1 - from))));
  return [gutter + shown, `${' '.repeat(5)} | ${' '.repeat(column - 1 - from)}${caret}`];
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
