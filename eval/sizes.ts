// How much is drawn: for the command, and for the test that runs with all others.
import type { Sizes } from './sets.ts';

export const LONG: Sizes = { seed: 1, values: 2, examples: 4, disguised: 1, harmless: 60, attacks: 100 };

/** A second or two. */
export const SHORT: Sizes = { seed: 1, values: 1, examples: 1, disguised: 0, harmless: 12, attacks: 20 };
