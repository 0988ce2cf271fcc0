// The table of views. A new reading is a file beside this one and a row here; nothing else names a view.
import { ansi } from './ansi.ts';
import { base32 } from './base32.ts';
import { base58 } from './base58.ts';
import { base64 } from './base64.ts';
import { entities } from './entities.ts';
import { folded } from './folded.ts';
import { hex } from './hex.ts';
import { joined } from './joined.ts';
import { json } from './json.ts';
import { numbers } from './numbers.ts';
import { percent, quotedPrintable } from './octets.ts';
import { spelled } from './spelled.ts';
import { reversed, rot13 } from './turned.ts';
import type { View } from './view.ts';

/** In order of preference: the same span seen in several is reported as seen in the first. `raw` comes before all. */
export const VIEWS: readonly View[] = [
  folded,
  json,
  percent,
  entities,
  quotedPrintable,
  ansi,
  joined,
  spelled,
  numbers,
  base64,
  hex,
  base32,
  base58,
  rot13,
  reversed,
];

/** How many views may be laid one over another. */
export const MAX_DEPTH = 3;

/** Views that a second time change nothing, or bring back what was there. */
const ONCE: ReadonlySet<string> = new Set(['folded', 'ansi', 'joined', 'spelled']);

/** Words that are read in another way already. */
const TURNED: ReadonlySet<string> = new Set(['rot13', 'reversed']);

/** Whether a view adds anything over a reading that ends in `last`. Folding twice is folding once. */
export const addsTo = (last: string, view: View): boolean =>
  !(view.name === last && ONCE.has(last)) && !(TURNED.has(view.name) && TURNED.has(last));
