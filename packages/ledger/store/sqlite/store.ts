// The embedded store: a journal makes entries durable, SQLite makes them findable. One process writes; others observe.
import { mkdir } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { actEntry, type EntryDraft } from '../../entry.ts';
import { RecordUnavailable } from '../../errors.ts';
import { type Files, realFiles } from '../../journal/files.ts';
import { Journal } from '../../journal/journal.ts';
import { isSegment } from '../../journal/segments.ts';
import type { AdminAct, ExchangeFilter, State } from '../../ledger.ts';
import type { Observer, Store, StoredEntry, StoredExchange, Urgency } from '../../store.ts';
import type { TreeStore } from '../../tree/store.ts';
import { StoreClient } from './client.ts';
import { methods, stateOver } from './database.ts';
import { mapped } from './failure.ts';
import { type Submitted, submit } from './inbox.ts';
import { lockWriter } from './lock.ts';
import type { ExchangeEntries } from './query.ts';
import { connect, createPrivately, createSchema } from './schema.ts';
import { generations } from './state/changes.ts';
import { treeOver } from './tree.ts';

export interface SqliteOptions {
  /** The database file; the journal is the directory `<path>.journal` beside it. */
  readonly path: string;
  /** Default 16 MiB. Two to `maxSegments` of them are on disk at any time. */
  readonly segmentBytes?: number;
  /** Default 16: bounds how far SQLite may fall behind before calls are refused. */
  readonly maxSegments?: number;
  readonly files?: Files;
  readonly retryMs?: number;
  readonly starvedMs?: number;
}

const SEGMENT_BYTES = 16 << 20;
const MAX_SEGMENTS = 16;

export class SqliteStore implements Store {
  readonly leftOpen: readonly string[];
  readonly state: State;
  readonly tree: TreeStore;
  readonly #journal: Journal;
  readonly #client: StoreClient;
  readonly #reader: DatabaseSync;
  readonly #unlock: () => void;

  private constructor(
    journal: Journal,
    client: StoreClient,
    reader: DatabaseSync,
    unlock: () => void,
    leftOpen: readonly string[],
  ) {
    this.#journal = journal;
    this.#client = client;
    this.#reader = reader;
    this.#unlock = unlock;
    this.leftOpen = leftOpen;
    this.tree = treeOver((method, args) => client.call(method, args));
    this.state = stateOver((method, args) => client.call(method, args), generations(reader));
  }

  /** Recovers what an earlier run left in the journal. Throws LedgerLocked when another process is the writer. */
  static async open(options: SqliteOptions): Promise<SqliteStore> {
    const { path, files = realFiles } = options;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const unlock = lockWriter(path);
    let client: StoreClient | undefined;
    try {
      createPrivately(path);
      createSchema(path);
      const directory = `${path}.journal`;
      const names = (await files.directory(directory)).filter(isSegment).sort();
      const late: { journal?: Journal } = {};
      const compiled = getCompileCacheDir();
      client = new StoreClient(
        { path, journal: directory, compileCache: compiled && dirname(compiled) },
        {
          onSynced: (seq) => late.journal?.release(seq),
          onInbox: (acts) => late.journal && fold(late.journal, acts),
        },
      );
      const following = client;
      const { nextSeq, open } = await client.ready;
      const journal = new Journal({
        ...options,
        directory,
        files,
        nextSeq,
        segmentBytes: options.segmentBytes ?? SEGMENT_BYTES,
        maxSegments: options.maxSegments ?? MAX_SEGMENTS,
        onDurable: (stretch) => following.follow(stretch),
      });
      await journal.start(names);
      late.journal = journal;
      return new SqliteStore(journal, client, connect(path, 'none'), unlock, open);
    } catch (error) {
      await client?.close();
      unlock();
      throw mapped(error);
    }
  }

  append(entry: EntryDraft, urgency: Urgency): Promise<number> {
    if (!this.#client.alive) return Promise.reject(new RecordUnavailable('the store has ended'));
    return this.#journal.append(entry, urgency);
  }

  get available(): boolean {
    return this.#journal.available && this.#client.alive;
  }

  onRecovery(listener: () => void): void {
    this.#journal.onRecovery(listener);
  }

  /** One process writes: nobody else leaves anything open, or takes this one for dead. */
  onLeftOpen(): void {}
  onDisowned(): void {}

  async exchanges(filter: ExchangeFilter): Promise<readonly StoredExchange[]> {
    return ((await this.#client.call('exchanges', [filter])) as StoredExchange[]).map(revived);
  }

  async entries(exchange: string): Promise<ExchangeEntries | undefined> {
    const found = (await this.#client.call('entries', [exchange])) as ExchangeEntries | undefined;
    if (!found) return undefined;
    const { head, key, entries } = found;
    return { head: revived(head), key: key && buffer(key), entries: entries.map(revivedEntry) };
  }

  async range(from: number, limit: number): Promise<readonly StoredEntry[]> {
    return ((await this.#client.call('range', [from, limit])) as StoredEntry[]).map(revivedEntry);
  }

  async acts(filter: { readonly since?: number; readonly limit?: number }): Promise<readonly StoredEntry[]> {
    return ((await this.#client.call('acts', [filter])) as StoredEntry[]).map(revivedEntry);
  }

  async erase(exchanges: readonly string[]): Promise<number> {
    return (await this.#client.call('erase', [exchanges])) as number;
  }

  async close(): Promise<void> {
    await this.#journal.close();
    this.#reader.close();
    await this.#client.close();
    this.#unlock();
  }
}

/** Beside a writer, or without one: reads what is applied, changes the state, hands acts over. */
export function observe(path: string): Observer {
  createPrivately(path);
  createSchema(path);
  const db = connect(path, 'durable');
  const reader = connect(path, 'none');
  const table = methods(db);
  const attempt = async <T>(work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      throw mapped(error);
    }
  };
  const call = <T>(method: string, ...args: readonly unknown[]) =>
    attempt(() => table[method]!(...args) as T);
  return {
    exchanges: (filter) => call('exchanges', filter),
    entries: (exchange) => call('entries', exchange),
    range: (from, limit) => call('range', from, limit),
    acts: (filter) => call('acts', filter),
    state: stateOver((method, args) => call(method, ...args), generations(reader)),
    submit: (act: AdminAct) => attempt(() => submit(db, act)),
    close: async () => {
      reader.close();
      db.close();
    },
  };
}

function fold(journal: Journal, acts: readonly Submitted[]): void {
  // Kept through failed writes; when the ledger closes first, the rows are still in the inbox at the next start.
  for (const { id, act } of acts) journal.append(actEntry(act, id), 'behind').catch(() => undefined);
}

/** Between threads, Buffers arrive as plain byte arrays. */
const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const revived = (exchange: StoredExchange): StoredExchange => ({
  ...exchange,
  begin: buffer(exchange.begin),
  end: exchange.end && buffer(exchange.end),
});

const revivedEntry = (entry: StoredEntry): StoredEntry => ({
  ...entry,
  header: buffer(entry.header),
  body: entry.body && buffer(entry.body),
});
