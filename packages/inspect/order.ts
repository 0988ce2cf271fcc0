// The order in which findings are listed.
import type { Finding } from '@sluice/types';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By place, the longer first; findings of the same span by detector. */
export const byPlace = (a: Finding, b: Finding): number =>
  a.start - b.start || b.end - a.end || compare(a.detector, b.detector) || compare(a.kind, b.kind);
