// Session ids: ULIDs (48 bits of time, 80 random), so that they sort by time and cannot be guessed.
// https://github.com/ulid/spec
import { randomFillSync } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const POOL = Buffer.alloc(16 * 256);
let used = POOL.length;

/** `ses_` and 26 characters of Crockford base32. */
export function sessionId(now: number): string {
  if (used + 16 > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  let time = '';
  let rest = now;
  for (let i = 0; i < 10; i++) {
    time = ALPHABET[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let random = '';
  for (let i = 0; i < 16; i++) random += ALPHABET[POOL[used + i]! & 31];
  used += 16;
  return `ses_${time}${random}`;
}
