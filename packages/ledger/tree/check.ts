// Whether a tree is the tree of its entries and continues what was signed: looked at when a ledger is opened, before
// anything is added. The whole history is `sluice verify --store`'s to look at; here it is the end of it.
import { openCheckpoint } from '../checkpoint/checkpoint.ts';
import { type NoteKey, parseVkey } from '../checkpoint/keys.ts';
import { KeyUnusable, LedgerDamaged } from '../errors.ts';
import { entryHash } from '../leaf.ts';
import { hashAt } from '../merkle/hash.ts';
import { TileHashes, tilesFor } from '../merkle/proof.ts';
import { TILE_WIDTH } from '../merkle/tiles.ts';
import type { TreeStore } from './store.ts';

/** Entries of the end that are hashed anew. */
const TAIL = TILE_WIDTH;

/** Throws KeyUnusable when the log was signed with another key, LedgerDamaged when tree, entries and checkpoint disagree. */
export async function checkTree(store: TreeStore, vkey: string): Promise<void> {
  if ((await store.vkey(vkey)) !== vkey)
    throw new KeyUnusable('The log of this ledger was signed with another key than the one in its file.');
  const { size } = await store.integrate(0);
  await checkTail(store, size);
  await checkNewest(store, size, parseVkey(vkey)!);
}

async function checkTail(store: TreeStore, size: number): Promise<void> {
  const from = Math.max(0, Math.floor((size - 1) / TAIL) * TAIL);
  const headers = size === 0 ? [] : await store.headers(from, size - from);
  if (from + headers.length < size)
    throw new LedgerDamaged(`The tree has ${size} entries, and the record only ${from + headers.length}.`);
  const [tile] = size === 0 ? [] : await store.tiles([{ level: 0, index: from / TAIL, width: size - from }]);
  for (const [n, header] of headers.entries())
    if (!tile || !entryHash(header).equals(hashAt(tile, n)))
      throw new LedgerDamaged(`Entry ${from + n} is not the one that the tree has at its place.`);
}

async function checkNewest(store: TreeStore, size: number, key: NoteKey): Promise<void> {
  const [newest] = await store.checkpoints({ limit: 1 });
  if (!newest) return;
  const signed = openCheckpoint(newest.note, key);
  if (!signed || signed.size !== newest.size || !signed.root.equals(newest.root))
    throw new LedgerDamaged(
      `The checkpoint of ${newest.size} entries is not one that the log's key has signed.`,
    );
  if (signed.size > size)
    throw new LedgerDamaged(`A checkpoint of ${signed.size} entries was signed, and the tree has ${size}.`);
  const whole = { start: 0, end: signed.size };
  const hashes = new TileHashes();
  const tiles = tilesFor([whole], size);
  for (const [n, found] of (await store.tiles(tiles)).entries()) if (found) hashes.add(tiles[n]!, found);
  if (!hashes.hash(whole).equals(signed.root))
    throw new LedgerDamaged(`The tree of ${signed.size} entries is not the one that was signed.`);
}
