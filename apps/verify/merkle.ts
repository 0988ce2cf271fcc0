// The verifier's own Merkle tree, from RFC 6962 and RFC 9162 alone: roots and checks of inclusion proofs. It must not
// share a line with what writes the tree.
import { createHash } from 'node:crypto';

export function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The leaf of an entry: its header, or of one that an entry bundle cannot hold a line with its length and hash. */
export function leafOf(header: Buffer): Buffer {
  const data =
    header.length <= 65_535
      ? header
      : `sluice-long-entry ${header.length} ${sha256(header).toString('base64')}\n`;
  return sha256('\x00', data);
}

const node = (left: Buffer, right: Buffer): Buffer => sha256('\x01', left, right);

/** Leaves one by one; the root at any time. Keeps one hash a level. */
export class GrowingRoot {
  size = 0;
  readonly #peaks: { readonly leaves: number; readonly hash: Buffer }[] = [];

  add(leaf: Buffer): void {
    let peak = { leaves: 1, hash: leaf };
    while (this.#peaks.at(-1)?.leaves === peak.leaves)
      peak = { leaves: peak.leaves * 2, hash: node(this.#peaks.pop()!.hash, peak.hash) };
    this.#peaks.push(peak);
    this.size++;
  }

  get root(): Buffer {
    if (this.#peaks.length === 0) return sha256();
    return this.#peaks.map(({ hash }) => hash).reduceRight((right, left) => node(left, right));
  }
}

/** RFC 9162, 2.1.3.2. */
export function isIncluded(
  leaf: Buffer,
  index: number,
  size: number,
  root: Buffer,
  proof: readonly Buffer[],
): boolean {
  if (!(index >= 0 && index < size)) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = node(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = node(hash, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.equals(root);
}
