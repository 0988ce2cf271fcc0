// Runs every build check in one process and prints what each found. It must not know what the checks look for.
// `--report FILE` also writes the counts, for the test script.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkStructure } from './structure.ts';

const root = path.resolve(import.meta.dirname, '..');

interface Check {
  readonly name: string;
  /** Empty when all is well, else the problems, ready to print. */
  readonly run: () => string;
}

/** A tool's own output when it fails. */
function tool(file: string, ...args: string[]): () => string {
  return () => {
    const done = spawnSync(process.execPath, [path.join(root, 'node_modules', file), ...args], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    });
    if (done.error) return `${done.error.message}\n`;
    return done.status === 0 ? '' : done.stdout + done.stderr || `ended with ${done.status ?? done.signal}\n`;
  };
}

const CHECKS: readonly Check[] = [
  { name: 'types', run: tool('typescript/bin/tsc', '-p', 'tsconfig.json') },
  { name: 'types of the pure packages', run: tool('typescript/bin/tsc', '-p', 'tsconfig.pure.json') },
  { name: 'lint and format', run: tool('@biomejs/biome/bin/biome', 'check', '--max-diagnostics=40') },
  { name: 'structure', run: () => checkStructure(root) },
];

const { values } = parseArgs({ options: { report: { type: 'string' } } });

let failed = 0;
for (const check of CHECKS) {
  const began = performance.now();
  const problems = check.run();
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  process.stdout.write(`${problems === '' ? '✓' : '✗'} check: ${check.name} (${took})\n${problems}`);
  if (problems !== '') failed += 1;
}

if (values.report !== undefined) {
  writeFileSync(values.report, JSON.stringify({ passed: CHECKS.length - failed, failed, skipped: 0 }));
}
process.exitCode = failed === 0 ? 0 : 1;
