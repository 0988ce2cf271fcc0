// Which spans of a lane are replaced, and by what: overlapping ones become one, under the strictest of their treatments.
// It must not know how a replacement is written, or when.

import type { Finding } from '@sluice/types';
import { type Action, STRICTNESS, type Treatment } from '@sluice/types';
import type { Candidate } from '../scanner/candidate.ts';

/** Whether an action changes the text where it is found. `approve` is settled before the text goes anywhere. */
export const EDITS: Readonly<Record<Action, boolean>> = {
  allow: false,
  flag: false,
  tokenize: true,
  mask: true,
  strip: true,
  approve: false,
  block: true,
};

/** One finding that changes the text. `start` and `end` take whole stand-ins along. */
export interface Edit {
  readonly candidate: Candidate;
  readonly finding: Finding;
  readonly treatment: Treatment;
  readonly start: number;
  readonly end: number;
}

export interface Region {
  readonly start: number;
  /** As far as is known: a long region among the members may still go on. */
  readonly end: number;
  readonly open: boolean;
  /** The member whose treatment and kind stand for the whole: the first of the strictest. */
  readonly leader: Edit;
  /** A member that cuts, if there is one. */
  readonly cut: Edit | undefined;
  /** Whether what stands for the region is decided before its end is. */
  readonly decided: boolean;
  readonly members: number;
}

const endOf = (edit: Edit): number => Math.max(edit.end, edit.candidate.end);

/**
 * The region that begins with `edits[first]`. Edits are in order and include all that begin before `hold`.
 * Members that begin after a long region in it join the region and have no say in what stands for it, so that this can go
 * out at once.
 */
export function regionAt(edits: readonly Edit[], first: number, hold: number): Region {
  let leader = edits[first]!;
  const { start } = leader;
  let end = start;
  let open = false;
  let cut: Edit | undefined;
  let long = Number.POSITIVE_INFINITY;
  let next = first;
  for (; next < edits.length; next += 1) {
    const edit = edits[next]!;
    if (next > first && edit.start >= end && !open) break;
    end = Math.max(end, endOf(edit));
    open ||= !edit.candidate.settled;
    if (edit.start <= long && STRICTNESS[edit.treatment.action] > STRICTNESS[leader.treatment.action])
      leader = edit;
    if (edit.treatment.action === 'block') cut ??= edit;
    if (edit.candidate.opener) long = Math.min(long, edit.start);
  }
  return { start, end, open, leader, cut, decided: long < hold, members: next - first };
}
