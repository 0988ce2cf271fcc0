// Adds up what checks and tests report into the one line that `npm test` ends with.
// It must not run anything, nor take silence for success.

/** Counts from a vitest report. A file that could not be loaded has no tests of its own, and counts as one failed. */
export function countTests(report) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Adds up the parts. A part that ended badly without a failed test, or that ran nothing, is one failure more:
 * a crash must not read as success.
 */
export function total(parts) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { code, counts } of parts) {
    const silent = !counts || counts.passed + counts.failed === 0 || (code !== 0 && counts.failed === 0);
    sum.passed += counts?.passed ?? 0;
    sum.failed += (counts?.failed ?? 0) + (silent ? 1 : 0);
    sum.skipped += counts?.skipped ?? 0;
  }
  return sum;
}

export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
