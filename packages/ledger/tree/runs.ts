// How stores keep the hashes of a level: in runs, shorter than a tile, as their pages have room for. Numbers and bytes only.
import { HASH_BYTES } from '../merkle/hash.ts';
import { TILE_WIDTH, type TileRef } from '../merkle/tiles.ts';

export interface Run {
  readonly run: number;
  readonly hashes: Buffer;
}

/** Runs to write so that `hashes` follow from position `first` on; `last` is the run that is not full, where there is one. */
export function extendRuns(width: number, first: number, hashes: Buffer, last: Buffer | undefined): Run[] {
  const kept = last?.subarray(0, (first % width) * HASH_BYTES);
  const all = kept ? Buffer.concat([kept, hashes]) : hashes;
  const runs: Run[] = [];
  for (let at = 0, run = Math.floor(first / width); at < all.length; at += width * HASH_BYTES, run++)
    runs.push({ run, hashes: all.subarray(at, at + width * HASH_BYTES) });
  return runs;
}

/** The runs that hold a tile: from the first to before the second. */
export function runsOf(width: number, tile: TileRef): readonly [number, number] {
  const first = (tile.index * TILE_WIDTH) / width;
  return [first, first + Math.ceil(tile.width / width)];
}
