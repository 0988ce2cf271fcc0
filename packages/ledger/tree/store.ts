// The seam below the log: what a store of entries keeps for the Merkle tree over them. SQLite and PostgreSQL implement it
// and pass testing/tree-conformance.ts. Growing a tree is ../merkle/grow.ts for all of them; a store reads and writes.
import type { TileRef } from '../merkle/tiles.ts';

export interface TreeHead {
  /** Entries taken in: positions 0 to before this. */
  readonly size: number;
  readonly root: Buffer;
  /** Whether more entries than the limit were there. */
  readonly more: boolean;
}

export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  /** Epoch milliseconds at which it was signed. */
  readonly at: number;
  /** The signed note, with the cosignatures that it has got. */
  readonly note: string;
  readonly witnessed: boolean;
}

export interface TreeStore {
  /**
   * Takes entries that are applied and not yet in the tree into it, in order, at most `limit`, in one transaction: never
   * ahead of the entries, and after a crash the same tree. Returns what the tree then is.
   */
  integrate(limit: number): Promise<TreeHead>;
  /** Each tile's hashes, exactly its width; undefined when the tree does not have that many. */
  tiles(refs: readonly TileRef[]): Promise<readonly (Buffer | undefined)[]>;
  /** Headers of entries from a position on, in order, at most `limit`, in the tree or not. */
  headers(from: number, limit: number): Promise<readonly Buffer[]>;
  /** Position of the entry that holds the text of the policy with this hash (`act` `policy.text`), once it is in the tree. */
  policy(hash: string): Promise<number | undefined>;
  /**
   * Durable once it resolves; replaces the one of the same size. Of checkpoints without a cosignature that are older than
   * an hour, one an hour need be kept.
   */
  keep(checkpoint: StoredCheckpoint): Promise<void>;
  /** Largest first. */
  checkpoints(filter: {
    /** Of sizes below this. */
    readonly below?: number;
    readonly witnessed?: true;
    readonly limit: number;
  }): Promise<readonly StoredCheckpoint[]>;
  /** The public key that this log is signed with: set by the first who asks with one. */
  vkey(own: string | undefined): Promise<string | undefined>;
  /** Runs `work` while nobody else does, on any gateway of the store; passes over it when somebody does. */
  alone<T>(work: () => Promise<T>): Promise<T | undefined>;
}
