// The verifier as a program: what it takes and says, and its exit codes: 0 nothing is wrong, 1 something is, 2 usage.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyBundle } from './bundle.ts';
import { readKey } from './note.ts';
import { PROBLEMS, type Verdict } from './problems.ts';
import { verifyStore } from './store.ts';

export const USAGE = `usage: sluice verify BUNDLE.zip --key KEY [--json]
       sluice verify --store sluice.db --key KEY [--checkpoint FILE] [--json]
KEY is the log's public key (name+id+key), or a file that holds it.
`;

export interface Output {
  out(text: string): void;
  err(text: string): void;
}

export function run(args: readonly string[], { out, err }: Output): number {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    err(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = parsed;
  const key = readKey(textOf(values.key ?? ''));
  if (!key || (values.store === undefined) === (positionals.length !== 1)) {
    err(key ? USAGE : `--key takes the log's public key.\n${USAGE}`);
    return 2;
  }
  let verdict: Verdict;
  try {
    verdict =
      values.store === undefined
        ? verifyBundle(readFileSync(positionals[0]!), key)
        : verifyStore(values.store, key, values.checkpoint && readFileSync(values.checkpoint, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    err(`It cannot be read (${code}).\n`);
    return 2;
  }
  out(values.json ? `${JSON.stringify(verdict)}\n` : said(verdict));
  return verdict.ok ? 0 : 1;
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      store: { type: 'string' },
      checkpoint: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });

const textOf = (given: string): string => (existsSync(given) ? readFileSync(given, 'utf8') : given);

const list = (head: string, lines: readonly string[]): string =>
  `${head}\n${lines.map((line) => `  - ${line}\n`).join('')}`;

function said({ ok, problems, proves, doesNotProve }: Verdict): string {
  if (!ok)
    return list(
      'NOT verified:',
      problems.slice(0, 50).map(({ problem, where }) => `${problem}: ${where}: ${PROBLEMS[problem]}`),
    );
  return list('Verified. It proves:', proves) + list('It does not prove:', doesNotProve);
}
