// A tree that grows at its right edge. To append, nothing is needed of the tree but its partial tiles; what comes out is
// which hashes to add to which level. Pure: stores read and write.
import { foldPeaks, HASH_BYTES, hashAt, nodeHash } from './hash.ts';
import { TILE_WIDTH } from './tiles.ts';

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** By level: the hashes of its partial tile, empty where the last tile is full. */
export type Edge = readonly Buffer[];

export interface Addition {
  readonly level: number;
  /** Position of the first hash at this level. */
  readonly first: number;
  /** One after another. */
  readonly hashes: Buffer;
}

export interface Growth {
  readonly size: number;
  readonly edge: Edge;
  readonly additions: readonly Addition[];
}

/** Appends leaves, given by their hashes, to a tree of `size` leaves with this edge. */
export function grow(size: number, edge: Edge, leaves: Buffer): Growth {
  const additions: Addition[] = [];
  const grown: Buffer[] = [...edge];
  let hashes = leaves;
  let first = size;
  for (let level = 0; hashes.length > 0; level++) {
    additions.push({ level, first, hashes });
    const all = Buffer.concat([edge[level] ?? Buffer.alloc(0), hashes]);
    const full = Math.floor(all.length / TILE_BYTES);
    const above: Buffer[] = [];
    for (let n = 0; n < full; n++)
      above.push(perfectRoot(all.subarray(n * TILE_BYTES, (n + 1) * TILE_BYTES)));
    grown[level] = Buffer.from(all.subarray(full * TILE_BYTES));
    hashes = Buffer.concat(above);
    first = Math.floor(first / TILE_WIDTH);
  }
  return { size: size + leaves.length / HASH_BYTES, edge: grown, additions };
}

/** The root of a perfect tree: over 2^k hashes. */
export function perfectRoot(hashes: Buffer): Buffer {
  let row: Buffer[] = [];
  for (let n = 0; n * HASH_BYTES < hashes.length; n++) row.push(hashAt(hashes, n));
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let n = 0; n < row.length; n += 2) above.push(nodeHash(row[n]!, row[n + 1]!));
    row = above;
  }
  return row[0]!;
}

/** The root of the tree that has this edge. */
export function edgeRoot(edge: Edge): Buffer {
  const peaks: Buffer[] = [];
  for (let level = edge.length - 1; level >= 0; level--) {
    const hashes = edge[level]!;
    const count = hashes.length / HASH_BYTES;
    let from = 0;
    for (let width = TILE_WIDTH / 2; width >= 1; width /= 2) {
      if (((count / width) & 1) === 0) continue;
      peaks.push(perfectRoot(hashes.subarray(from * HASH_BYTES, (from + width) * HASH_BYTES)));
      from += width;
    }
  }
  return foldPeaks(peaks);
}
