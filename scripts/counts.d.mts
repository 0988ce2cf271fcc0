// The types of counts.mjs, which runs before anything is installed and is therefore plain JavaScript.
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of a vitest JSON report that is counted. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

export function countTests(report: Report): Counts;
export function total(
  parts: readonly { readonly code: number; readonly counts: Counts | undefined }[],
): Counts;
export function lastLine(counts: Counts): string;
