// Proofs of RFC 6962: that a leaf is in a tree (2.1.1), that a tree is a beginning of another (2.1.2). First which
// subtrees a proof names, then which tiles hold them, then their hashes: so that a store is asked once. Pure.
import { EMPTY_ROOT, foldPeaks, HASH_BYTES, hashAt, nodeHash } from './hash.ts';
import { MAX_LEVEL, TILE_HEIGHT, TILE_WIDTH, type TileRef, tileWidth } from './tiles.ts';

/** Leaves `start` to before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The subtrees that prove the leaf at `index` (below `size`) in a tree of `size` leaves, from the leaf to the root. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`There is no leaf ${index} in a tree of ${size}.`);
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + powerBelow(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** The subtrees that prove that a tree of `size` leaves begins with that of `from` (0 to `size`) leaves. */
export function consistencyRanges(from: number, size: number): Range[] {
  if (!(from >= 0 && from <= size)) throw new RangeError(`A tree of ${size} has no beginning of ${from}.`);
  if (from === 0 || from === size) return [];
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (end !== from) {
    const middle = start + powerBelow(end - start);
    if (from <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // The verifier knows the root of the beginning, and so its left half when it is a subtree of its own.
  if (start > 0) ranges.push({ start, end });
  return ranges.reverse();
}

/** The largest power of two below `n`, for n ≥ 2. */
function powerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

interface Subtree {
  readonly level: number;
  readonly index: number;
  /** Place and width in the tile, in hashes. */
  readonly from: number;
  readonly width: number;
}

/** A range of a proof begins where a subtree of its size could: perfect subtrees from left to right, each in one tile. */
function subtrees({ start, end }: Range): Subtree[] {
  const parts: Subtree[] = [];
  for (let at = start; at < end; ) {
    let leaves = 1;
    let height = 0;
    while (at % (leaves * 2) === 0 && at + leaves * 2 <= end) {
      leaves *= 2;
      height++;
    }
    const level = Math.min(Math.floor(height / TILE_HEIGHT), MAX_LEVEL);
    const width = 2 ** (height - level * TILE_HEIGHT);
    const node = at / TILE_WIDTH ** level;
    parts.push({ level, index: Math.floor(node / TILE_WIDTH), from: node % TILE_WIDTH, width });
    at += leaves;
  }
  return parts;
}

const name = (level: number, index: number) => `${level}/${index}`;

/** The tiles of a tree of `size` leaves that hold these ranges, each once. */
export function tilesFor(ranges: readonly Range[], size: number): TileRef[] {
  const tiles = new Map<string, TileRef>();
  for (const { level, index } of ranges.flatMap(subtrees))
    tiles.set(name(level, index), { level, index, width: tileWidth(level, index, size) });
  return [...tiles.values()];
}

/** Hashes of ranges out of tiles. What it has worked out once it keeps, so that proofs of neighbours share it. */
export class TileHashes {
  readonly #tiles = new Map<string, TileNodes>();

  /** A wider reading of a tile replaces a narrower one. */
  add({ level, index, width }: TileRef, hashes: Buffer): void {
    if (hashes.length < width * HASH_BYTES) throw new RangeError('A tile is shorter than it should be.');
    this.#tiles.set(name(level, index), new TileNodes(hashes, width));
  }

  has({ level, index, width }: TileRef): boolean {
    return (this.#tiles.get(name(level, index))?.width ?? 0) >= width;
  }

  /** Tiles that it has, so that who keeps it for long knows when to let go. */
  get count(): number {
    return this.#tiles.size;
  }

  /** Throws when a tile that holds a part of it was not added. */
  hash(range: Range): Buffer {
    if (range.end === range.start) return EMPTY_ROOT;
    return foldPeaks(
      subtrees(range).map(({ level, index, from, width }) => {
        const tile = this.#tiles.get(name(level, index));
        if (!tile) throw new RangeError(`Tile ${name(level, index)} is missing.`);
        return tile.node(from, width);
      }),
    );
  }
}

/** One tile with the nodes above its hashes, as far as they are asked for. */
class TileNodes {
  readonly width: number;
  /** By height within the tile; the lowest is the tile. */
  readonly #rows: (Buffer | undefined)[][] = [];

  constructor(hashes: Buffer, width: number) {
    this.width = width;
    const row: Buffer[] = [];
    for (let n = 0; n < width; n++) row.push(hashAt(hashes, n));
    this.#rows.push(row);
  }

  node(from: number, width: number): Buffer {
    if (from + width > this.width) throw new RangeError('A tile is narrower than the subtree.');
    return this.#at(Math.log2(width), from / width);
  }

  #at(height: number, n: number): Buffer {
    const row = (this.#rows[height] ??= []);
    return (row[n] ??= nodeHash(this.#at(height - 1, 2 * n), this.#at(height - 1, 2 * n + 1)));
  }
}
