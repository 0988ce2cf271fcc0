// Random bytes, drawn in blocks: one call into the generator costs as much for 32 bytes as for 4,096.
import { randomFillSync } from 'node:crypto';

const BLOCK = 4096;
const block = Buffer.allocUnsafeSlow(BLOCK);
let used = BLOCK;

/** A copy of `size` fresh random bytes (1 to 4,096). The block is wiped as it is handed out. */
export function randomBytes(size: number): Buffer {
  if (used + size > BLOCK) {
    randomFillSync(block);
    used = 0;
  }
  const taken = Buffer.allocUnsafeSlow(size);
  block.copy(taken, 0, used, used + size);
  block.fill(0, used, used + size);
  used += size;
  return taken;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new exchange id: `ses_`, nine characters of milliseconds, sixteen random ones (80 bits), in Crockford's base 32.
 * Ids grow with time, so that the index over them is appended to and not scattered.
 */
export function exchangeId(now: number): string {
  let time = '';
  for (let left = now, i = 0; i < 9; i++, left = Math.floor(left / 32)) time = ALPHABET[left % 32] + time;
  let random = '';
  for (const byte of randomBytes(16)) random += ALPHABET[byte & 31];
  return `ses_${time}${random}`;
}
