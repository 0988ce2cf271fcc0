// Hashes of a Merkle tree as RFC 6962, section 2.1, defines them: SHA-256 with one byte before it, 0 for a leaf and 1 for a
// node, so that neither can pass for the other. It knows no entries.
import { hash } from 'node:crypto';

export const HASH_BYTES = 32;
const LEAF = 0;
const NODE = 1;

/** The root of a tree without leaves: the hash of nothing. */
export const EMPTY_ROOT: Buffer = hash('sha256', Buffer.alloc(0), 'buffer');

/** Leaves up to this size are prefixed in one place: an allocation each costs as much as their hash. */
const scratch = Buffer.alloc(4 << 10);
const pair = Buffer.alloc(1 + 2 * HASH_BYTES);
pair[0] = NODE;

export function leafHash(data: Buffer): Buffer {
  const size = 1 + data.length;
  const prefixed = size <= scratch.length ? scratch.subarray(0, size) : Buffer.allocUnsafe(size);
  prefixed[0] = LEAF;
  data.copy(prefixed, 1);
  return hash('sha256', prefixed, 'buffer');
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(pair, 1);
  right.copy(pair, 1 + HASH_BYTES);
  return hash('sha256', pair, 'buffer');
}

/** The hash at `n` of hashes that lie one after another. A view, no copy. */
export const hashAt = (hashes: Buffer, n: number): Buffer =>
  hashes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES);

/** The root over peaks, subtrees from left to right, each larger than the next: what RFC 6962 makes of an uneven tree. */
export function foldPeaks(peaks: readonly Buffer[]): Buffer {
  let root = peaks.at(-1);
  if (root === undefined) return EMPTY_ROOT;
  for (let n = peaks.length - 2; n >= 0; n--) root = nodeHash(peaks[n]!, root);
  return root;
}
