// `npm test`: installs what is missing, runs the build checks and then every test, and ends with one line of counts.
// It must not decide what a check or a test is, nor what their counts mean (counts.mjs).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countTests, lastLine, total } from './counts.mjs';
import { install, run } from './setup.mjs';

async function part(file, args, report, count) {
  const code = await run(file, args, { env: testEnvironment(), stdio: ['ignore', 'inherit', 'inherit'] });
  let counts;
  try {
    counts = count(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    process.stderr.write(`sluice: ${file} left no report: ${error.message}\n`);
  }
  return { code, counts };
}

/** The caller's environment without what would make the same tests read differently on another machine. */
function testEnvironment() {
  const { NODE_OPTIONS: _options, ...environment } = process.env;
  return process.stdout.isTTY ? environment : { ...environment, NO_COLOR: '1' };
}

async function main(args) {
  install();
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-test-'));
  try {
    const checks = path.join(folder, 'checks.json');
    const tests = path.join(folder, 'tests.json');
    const parts = [
      await part('checks/all.ts', ['--report', checks], checks, (counts) => counts),
      await part(
        'node_modules/vitest/vitest.mjs',
        ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${tests}`, ...args],
        tests,
        countTests,
      ),
    ];
    return total(parts);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let counts;
try {
  counts = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`sluice: ${error.message}\n`);
  counts = { passed: 0, failed: 1, skipped: 0 };
}
process.exitCode = counts.failed === 0 ? 0 : 1;
process.stdout.write(`\n${lastLine(counts)}\n`);
