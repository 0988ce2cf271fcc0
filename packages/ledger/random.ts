// Random bytes, drawn in blocks: one call into the generator costs as much for 32 bytes as for 4,096.
import { randomFillSync } from 'node:crypto';

const BLOCK = 4096;
const block = Buffer.allocUnsafeSlow(BLOCK);
let used = BLOCK;

/** Fills `into` (at most 4,096 bytes) with fresh random bytes. The block is wiped as it is handed out. */
export function randomFill(into: Uint8Array): void {
  const size = into.length;
  if (used + size > BLOCK) {
    randomFillSync(block);
    used = 0;
  }
  for (let i = 0; i < size; i++) {
    into[i] = block[used]!;
    block[used++] = 0;
  }
}

/** `size` fresh random bytes (1 to 4,096). */
export function randomBytes(size: number): Buffer {
  const taken = Buffer.alloc(size);
  randomFill(taken);
  return taken;
}

const drawn = new Uint8Array(16);
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new exchange id: `ses_`, nine characters of milliseconds, sixteen random ones (80 bits), in Crockford's base 32.
 * Ids grow with time, so that the index over them is appended to and not scattered.
 */
export function exchangeId(now: number): string {
  let time = '';
  for (let left = now, i = 0; i < 9; i++, left = Math.floor(left / 32)) time = ALPHABET[left % 32] + time;
  let random = '';
  randomFill(drawn);
  for (let i = 0; i < drawn.length; i++) random += ALPHABET[drawn[i]! & 31];
  return `ses_${time}${random}`;
}
