// The two base64 alphabets as one: `+` and `-` are 62, `/` and `_` are 63 (RFC 4648 sections 4 and 5). All runs that may be
// encoded (base64, base32, base58, hexadecimal) are looked for as runs of it.
import type { Alphabet } from './view.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const SEXTET = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i += 1) SEXTET[ALPHABET.charCodeAt(i)] = i;
SEXTET['-'.charCodeAt(0)] = 62;
SEXTET['_'.charCodeAt(0)] = 63;

/** Value 0..63 of the unit, or -1. */
export const sextetOf = (unit: number): number => (unit < 128 ? SEXTET[unit]! : -1);

/** Characters before a run counts as encoded. A shorter word is held from its start, since it may become one. */
export const SHORTEST_RUN = 16;

export const ENCODED: Alphabet = { holds: (unit) => sextetOf(unit) >= 0, shortest: SHORTEST_RUN };
