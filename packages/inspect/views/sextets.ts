// The two base64 alphabets as one: `+` and `-` are 62, `/` and `_` are 63 (RFC 4648 sections 4 and 5).
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const SEXTET = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i += 1) SEXTET[ALPHABET.charCodeAt(i)] = i;
SEXTET['-'.charCodeAt(0)] = 62;
SEXTET['_'.charCodeAt(0)] = 63;

/** Value 0..63 of the unit, or -1. */
export const sextetOf = (unit: number): number => (unit < 128 ? SEXTET[unit]! : -1);
