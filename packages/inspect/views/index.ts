// The table of views. A new reading is a file beside this one and a row here; nothing else names a view.
import { base64 } from './base64.ts';
import { folded } from './folded.ts';
import { json } from './json.ts';
import type { View } from './view.ts';

/** In order of preference: the same span seen in several is reported as seen in the first. `raw` comes before all. */
export const VIEWS: readonly View[] = [folded, json, base64];

/** How many views may be laid one over another. */
export const MAX_DEPTH = 3;

/** Whether a view adds anything over a reading that ends in `last`. Folding twice is folding once. */
export const addsTo = (last: string, view: View): boolean => !(view.name === 'folded' && last === 'folded');
