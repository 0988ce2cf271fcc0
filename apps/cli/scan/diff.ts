// What a unified diff adds (`git diff`), each run of added lines as a text of its own that knows its file and line.

export interface Added {
  readonly file: string;
  /** Line of the new file on which the text begins, from 1. */
  readonly line: number;
  readonly text: string;
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** git quotes names with unusual bytes; what it quotes is shown as it stands. */
const nameIn = (header: string): string => header.replace(/^"?b\//, '').replace(/"?\t?$/, '');

export function addedIn(diff: string): Added[] {
  const found: { file: string; line: number; lines: string[] }[] = [];
  let [file, line, left, old] = ['', 0, 0, 0];
  let open: (typeof found)[number] | undefined;
  for (const row of diff.split('\n')) {
    const hunk = left + old > 0 ? null : HUNK.exec(row);
    if (left + old === 0) {
      open = undefined;
      if (row.startsWith('+++ ')) file = nameIn(row.slice(4));
      if (hunk) [old, line, left] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
      continue;
    }
    const mark = row[0] ?? ' ';
    if (mark === '+') {
      open ??= found[found.push({ file, line, lines: [] }) - 1]!;
      open.lines.push(row.slice(1));
    } else if (mark !== '\\') open = undefined;
    if (mark === '+' || mark === ' ') [line, left] = [line + 1, left - 1];
    if (mark === '-' || mark === ' ') old -= 1;
  }
  return found.map(({ lines, ...rest }) => ({ ...rest, text: lines.join('\n') }));
}
