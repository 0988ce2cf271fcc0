// Runs every property test again and again, each time with other random cases: patterns, texts, treatments and chunkings for
// the engine, pattern syntax for the automata, frames for the protocols. Ends with the first failure, whose seed it prints.
// `npm run fuzz -- [--minutes N] [--seed N] [PATH…]`
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.join(import.meta.dirname, '..');
const MINUTE = 60_000;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } },
});

/** Tests with laws in them; the others would only say the same again. */
function lawful(): string[] {
  return globSync('packages/**/*.test.ts', { cwd: ROOT, exclude: (name) => name === 'node_modules' }).filter(
    (file) => readFileSync(path.join(ROOT, file), 'utf8').includes("from 'fast-check'"),
  );
}

/** Whether all laws hold in the cases of a seed. */
function holds(seed: number, files: readonly string[]): boolean {
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', ...files],
    { cwd: ROOT, env: { ...process.env, SLUICE_SEED: String(seed) }, encoding: 'utf8' },
  );
  if (status !== 0) process.stdout.write(stdout);
  return status === 0;
}

const files = positionals.length > 0 ? positionals : lawful();
const until = Date.now() + Number(flags.minutes) * MINUTE;
for (let round = 1; round === 1 || Date.now() < until; round += 1) {
  const seed = flags.seed === undefined ? randomInt(2 ** 31) : Number(flags.seed) + round - 1;
  if (!holds(seed, files)) {
    console.log(`round ${round} failed: SLUICE_SEED=${seed}. What it found becomes a case of its own test.`);
    process.exitCode = 1;
    break;
  }
  console.log(`round ${round}: seed ${seed} holds`);
}
