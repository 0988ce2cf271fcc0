// The line that `npm test` ends with: what may count as success, and above all what may not.
import { expect, test } from 'vitest';
import { countTests, lastLine, total } from '../scripts/counts.mjs';

const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };
const good = { code: 0, counts: { passed: 5, failed: 0, skipped: 2 } };

test('a report is counted by its tests, with skipped and planned ones together', () => {
  expect(countTests(report)).toEqual({ passed: 5, failed: 0, skipped: 2 });
});

test('a test file that could not be loaded is one failure', () => {
  const unloaded = { status: 'failed', assertionResults: [] };
  expect(countTests({ ...report, testResults: [unloaded] }).failed).toBe(1);
});

test.each([
  ['all passed', [good, good], { passed: 10, failed: 0, skipped: 4 }],
  [
    'some failed',
    [good, { code: 1, counts: { passed: 1, failed: 2, skipped: 0 } }],
    { passed: 6, failed: 2, skipped: 2 },
  ],
  [
    'a part crashed without a report',
    [good, { code: 1, counts: undefined }],
    { passed: 5, failed: 1, skipped: 2 },
  ],
  [
    'a part ended well without a report',
    [good, { code: 0, counts: undefined }],
    { passed: 5, failed: 1, skipped: 2 },
  ],
  [
    'nothing ran',
    [good, { code: 0, counts: { passed: 0, failed: 0, skipped: 3 } }],
    { passed: 5, failed: 1, skipped: 5 },
  ],
  ['all passed and the runner still failed', [{ ...good, code: 1 }], { passed: 5, failed: 1, skipped: 2 }],
])('%s', (_what, parts, sum) => {
  expect(total(parts)).toEqual(sum);
});

test('the last line names what was skipped only when something was', () => {
  expect(lastLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(lastLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});
