// A match that passed its check, placed in the lane, on its way to being a finding. It holds the value and stays inside
// this package.
import type { Row } from './plan.ts';

export interface Candidate {
  readonly row: Row;
  readonly kind: string;
  /** The views it was seen through, and their rank: `raw` is 0, the lower wins. */
  readonly view: string;
  readonly rank: number;
  readonly start: number;
  /** Of a long region that is not over: as far as it is known to go. */
  end: number;
  readonly confidence: number;
  /** The value as the view reads it; of a long region so far. */
  value: string;
  /** Of a long region: its opener, which is all that can be told before its end. */
  readonly opener: { readonly end: number; readonly value: string } | undefined;
  /** False while a long region goes on. */
  settled: boolean;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of a long region must not depend on how far it has been read. */
const knownEnd = ({ opener, end }: Candidate): number => opener?.end ?? end;

/** The order in which findings are told: by place, the longer first; then as the specification lists the detectors. */
export const inOrder = (a: Candidate, b: Candidate): number =>
  a.start - b.start ||
  knownEnd(b) - knownEnd(a) ||
  a.row.order - b.row.order ||
  compare(a.kind, b.kind) ||
  a.rank - b.rank ||
  compare(a.value, b.value);

/** Whether two say the same, so that only the first of them counts. */
export const alike = (a: Candidate, b: Candidate): boolean =>
  a.row === b.row && a.kind === b.kind && a.start === b.start && a.end === b.end;
