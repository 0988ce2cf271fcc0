// Runs the benchmarks of the parts (engine, automata, ledger, protocols), each a script of its own, and keeps what they say.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { digitsOf, number } from './report/number.ts';
import type { Part } from './report/report.ts';

export const PARTS = ['engine', 'automata', 'protocols', 'ledger'] as const;
const LONGEST_MS = 45_000;

/** Ends a part that takes longer than that. */
export async function runPart(name: string, folder: string): Promise<Part> {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  if (!existsSync(script)) return { name, text: '', failed: `bench/${name}.ts is not there` };
  const file = join(folder, `${name}.json`);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--json', file], {
      timeout: LONGEST_MS,
    });
    const written = existsSync(file) ? readFileSync(file, 'utf8') : stdout;
    const figures: unknown = written.startsWith('{') ? JSON.parse(written) : undefined;
    if (figures === undefined) return { name, text: stdout };
    return { name, text: existsSync(file) ? stdout : lines(figures).join('\n'), figures };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { name, text: '', failed: `it failed: ${why.replaceAll(folder, '<folder>')}` };
  }
}

/** Figures of a part that prints nothing else, a line each: `prose.mbPerSecond: 210`. */
function lines(figures: unknown, path = ''): string[] {
  if (typeof figures === 'object' && figures !== null) {
    return Object.entries(figures).flatMap(([key, value]) =>
      lines(value, path === '' ? key : `${path}.${key}`),
    );
  }
  return [`${path}: ${typeof figures === 'number' ? number(figures, digitsOf(figures)) : String(figures)}`];
}
