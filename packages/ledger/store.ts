// The seam below the recorder and the library: what a store of entries must do. SQLite with a journal is one
// (store/sqlite), PostgreSQL may be another; each passes testing/conformance.ts. A store knows headers, never plaintext.

import type { EntryDraft } from './entry.ts';
import type { AdminAct, ExchangeFilter, State } from './ledger.ts';
import type { TreeStore } from './tree/store.ts';

/**
 * `now`: somebody waits, the entry goes out with the next write. `behind`: it goes with the next one that somebody
 * waits for, or after a short while, and is kept and tried again when a write fails.
 */
export type Urgency = 'now' | 'behind';

export interface StoredEntry {
  readonly seq: number;
  readonly header: Buffer;
  /** Undefined when the entry has none, or when it was erased. */
  readonly body: Buffer | undefined;
}

export interface StoredExchange {
  readonly seq: number;
  readonly state: 'open' | 'held' | 'ended' | 'interrupted';
  readonly begin: Buffer;
  readonly end: Buffer | undefined;
}

export interface Store {
  /**
   * Appends; resolves with the position once the entry is durable, and with positions in the order of the calls.
   * Concurrent calls share one commit. Rejects with RecordUnavailable, and the entry then has no position
   * (it may still turn up after a crash, as an entry that nobody was told of). `behind` never rejects but at the close.
   */
  append(entry: EntryDraft, urgency: Urgency): Promise<number>;
  /** False while appends fail. Turns true again by itself. */
  readonly available: boolean;
  /** Called each time that `available` turns true again. */
  onRecovery(listener: () => void): void;

  /** Newest first. Sees every entry that was durable when it was called. */
  exchanges(filter: ExchangeFilter): Promise<readonly StoredExchange[]>;
  /** Every entry of one exchange in order, with its wrapped data key (undefined once erased). */
  entries(exchange: string): Promise<
    | {
        readonly head: StoredExchange;
        readonly key: Buffer | undefined;
        readonly entries: readonly StoredEntry[];
      }
    | undefined
  >;
  /** Entries from a position on, in order, at most `limit`: for proofs and exports. */
  range(from: number, limit: number): Promise<readonly StoredEntry[]>;
  acts(filter: { readonly since?: number; readonly limit?: number }): Promise<readonly StoredEntry[]>;

  /** Erases keys and bodies of exchanges that have ended; their headers stay. Returns how many there were. */
  erase(exchanges: readonly string[]): Promise<number>;

  /** Exchanges without an end, left by a process that died before this store was opened. */
  readonly leftOpen: readonly string[];
  /**
   * Told of exchanges that another process has left open while this one runs, so that it may close them; one process at a
   * time is told. Never called where there is only one process.
   */
  onLeftOpen(listener: (exchanges: readonly string[]) => Promise<void>): void;
  /** Called when this process was taken for dead: what it has open is closed by others, and it goes on as a new one. */
  onDisowned(listener: () => void): void;
  readonly state: State;
  /** The Merkle tree over the entries: see tree/store.ts. */
  readonly tree: TreeStore;
  close(): Promise<void>;
}

/** What a process beside the writer has: the same views, and a way to hand acts to the writer. */
export interface Observer
  extends Pick<Store, 'exchanges' | 'entries' | 'range' | 'acts' | 'state' | 'close'> {
  /** Durable in an inbox once it resolves; the writer makes it an entry when it runs. */
  submit(act: AdminAct): Promise<void>;
}
