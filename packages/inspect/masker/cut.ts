// What is thrown when a rule cuts an answer. It carries no value.
import type { Finding } from '@sluice/types';

/** Thrown out of `push` or `end` of a lane editor when a `block` treatment applies: the answer is to be cut here. */
export class StreamCut extends Error {
  readonly finding: Finding;
  /** What may still go out before the cut: text of the same call that stands before the blocked span. */
  readonly settled: string;

  constructor(finding: Finding, settled: string) {
    super(`cut by a rule for ${finding.kind}`);
    this.name = 'StreamCut';
    this.finding = finding;
    this.settled = settled;
  }
}
