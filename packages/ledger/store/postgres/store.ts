// The store of several gateways: PostgreSQL is where entries are durable and where they are found. Any number of processes
// append; each shows that it lives, and what a dead one left open is told to one of the others.
import { actEntry, type EntryDraft, endEntry, parseHeader } from '../../entry.ts';
import { RecordUnavailable } from '../../errors.ts';
import type { AdminAct, ExchangeFilter, State } from '../../ledger.ts';
import type { Observer, Store, StoredEntry, StoredExchange, Urgency } from '../../store.ts';
import type { TreeStore } from '../../tree/store.ts';
import { Appender } from './append.ts';
import { Database, type PostgresOptions } from './database.ts';
import { Indexer } from './indexer.ts';
import { acquireLease, type Lease } from './lease.ts';
import { hasMasterKey, makePartitions, masterKeyId, migrate } from './migrate.ts';
import { Notices } from './notices.ts';
import { Presence } from './presence.ts';
import { acts, type ExchangeEntries, entries, erase, exchanges, range } from './query.ts';
import { postgresApprovals } from './state/approvals.ts';
import { stateContext } from './state/context.ts';
import { postgresKeys } from './state/keys.ts';
import { postgresShared } from './state/shared.ts';
import { postgresSwitches } from './state/switches.ts';
import { postgresTree } from './tree.ts';

const LEASE_MS = 5000;
/** Signs of life, and questions what has changed: an eighth of the time within which a change must be known. */
const BEAT_MS = 500;
const INDEX_MS = 100;
const HOUR_MS = 3_600_000;

export interface PostgresObserver extends Observer {
  hasMasterKey(): Promise<boolean>;
  masterKeyId(id: string): Promise<string>;
}

const stateOver = (db: Database, notices: Notices, gateway: () => number): State => {
  const context = stateContext(db, notices, gateway);
  return {
    keys: postgresKeys(context),
    approvals: postgresApprovals(context),
    switches: postgresSwitches(context),
    shared: postgresShared(context),
  };
};

export class PostgresStore implements Store {
  readonly state: State;
  readonly leftOpen: readonly string[];
  readonly tree: TreeStore;
  readonly #releaseTree: () => Promise<void>;
  readonly #db: Database;
  readonly #notices: Notices;
  readonly #presence: Presence;
  readonly #indexer: Indexer;
  readonly #appender: Appender;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #recovered: (() => void)[] = [];
  readonly #disowned: (() => void)[] = [];
  #onLeftOpen: ((exchanges: readonly string[]) => Promise<void>) | undefined;
  #beating: Promise<void> | undefined;
  #indexing: Promise<void> | undefined;
  #stale = true;
  #closed = false;

  private constructor(
    db: Database,
    notices: Notices,
    presence: Presence,
    indexer: Indexer,
    gateway: number,
    leftOpen: readonly string[],
  ) {
    this.#db = db;
    this.#notices = notices;
    this.#presence = presence;
    this.#indexer = indexer;
    this.leftOpen = leftOpen;
    this.#appender = new Appender(db, gateway, {
      register: () => presence.register(),
      onDisowned: () => this.#disowned.forEach((listener) => void listener()),
      onRecovery: () => {
        presence.forget();
        for (const listener of this.#recovered) listener();
      },
      onTurnedUp: (turned) => this.#close(turned),
      onAppended: () => (this.#stale = true),
    });
    const { tree, release } = postgresTree(db, () => this.lease('signer'));
    this.tree = tree;
    this.#releaseTree = release;
    this.state = stateOver(db, notices, () => this.#appender.gateway);
    const every = (ms: number, work: () => void) => this.#timers.push(setInterval(work, ms));
    every(BEAT_MS, () => (this.#beating ??= this.#beat().finally(() => (this.#beating = undefined))));
    every(INDEX_MS, () => (this.#indexing ??= this.#index().finally(() => (this.#indexing = undefined))));
    every(HOUR_MS, () => void makePartitions(db).catch((error: unknown) => this.#appender.fail(error)));
  }

  /** Brings the layout up to date. Throws RecordUnavailable when the database cannot be reached. */
  static async open(options: PostgresOptions): Promise<PostgresStore> {
    const db = new Database(options);
    const notices = new Notices(db);
    try {
      await migrate(db);
      await notices.poll();
      const presence = new Presence(db, options.leaseMs ?? LEASE_MS);
      const gateway = await presence.register();
      const indexer = new Indexer(db);
      await indexer.catchUp();
      return new PostgresStore(db, notices, presence, indexer, gateway, await presence.leftOpen());
    } catch (error) {
      await notices.close();
      await db.close();
      throw error;
    }
  }

  append(entry: EntryDraft, urgency: Urgency): Promise<number> {
    return this.#appender.append(entry, urgency);
  }

  get available(): boolean {
    return this.#appender.available;
  }

  onRecovery(listener: () => void): void {
    this.#recovered.push(listener);
  }

  onDisowned(listener: () => void): void {
    this.#disowned.push(listener);
  }

  onLeftOpen(listener: (exchanges: readonly string[]) => Promise<void>): void {
    this.#onLeftOpen = listener;
  }

  async exchanges(filter: ExchangeFilter): Promise<readonly StoredExchange[]> {
    await this.#indexer.catchUp();
    return exchanges(this.#db, filter);
  }

  async entries(exchange: string): Promise<ExchangeEntries | undefined> {
    await this.#indexer.catchUp();
    return entries(this.#db, exchange);
  }

  range(from: number, limit: number): Promise<readonly StoredEntry[]> {
    return range(this.#db, from, limit);
  }

  async acts(filter: { readonly since?: number; readonly limit?: number }): Promise<readonly StoredEntry[]> {
    await this.#indexer.catchUp();
    return acts(this.#db, filter);
  }

  async erase(ids: readonly string[]): Promise<number> {
    await this.#indexer.catchUp();
    return erase(this.#db, ids);
  }

  /** For work that one gateway at a time may do; undefined while another one has it. */
  lease(name: string): Promise<Lease | undefined> {
    return acquireLease(this.#db, name);
  }

  hasMasterKey(): Promise<boolean> {
    return hasMasterKey(this.#db);
  }

  masterKeyId(id: string): Promise<string> {
    return masterKeyId(this.#db, id);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#appender.close();
    await Promise.all([this.#beating, this.#indexing]);
    // When the database cannot be reached, others will find that the lease has run out.
    await this.#presence.end(this.#appender.gateway).catch(() => undefined);
    await this.#releaseTree().catch(() => undefined);
    await this.#notices.close();
    await this.#db.close();
  }

  /** Nobody was told that these are durable, so nobody will end them. */
  #close(turned: readonly EntryDraft[]): void {
    for (const { header } of turned) {
      const read = parseHeader(header);
      if (read.kind !== 'begin') continue;
      const end = { outcome: 'interrupted', status: 0, error: 'record_unavailable', findings: [] } as const;
      const entry = endEntry(
        read.exchange,
        { at: Date.now(), ...end, requestBytes: 0, responseBytes: 0 },
        undefined,
      );
      // Left open when the store closes first: then others find it.
      this.append(entry, 'behind').catch(() => undefined);
    }
  }

  async #beat(): Promise<void> {
    try {
      const mine = this.#appender.gateway;
      await this.#notices.poll();
      const living = await this.#presence.beat(mine);
      if (!living && mine === this.#appender.gateway)
        this.#appender.fail(new RecordUnavailable('this gateway was taken for dead'));
      await this.#closeOthers();
    } catch (error) {
      this.#presence.forget();
      if (!this.#closed) this.#appender.fail(error);
    }
  }

  async #closeOthers(): Promise<void> {
    const listener = this.#onLeftOpen;
    if (!listener || this.#closed || (await this.#presence.leftOpen()).length === 0) return;
    await this.#presence.alone(async () => {
      await this.#indexer.catchUp();
      const left = await this.#presence.leftOpen();
      if (left.length > 0) await listener(left);
      // Whoever is next to look must see them closed.
      await this.#indexer.catchUp();
    });
  }

  /** What is appended by this gateway is indexed by it or by another one, whoever comes first. */
  async #index(): Promise<void> {
    if (!this.#stale || !this.available) return;
    try {
      this.#stale = false;
      while (await this.#indexer.help()) this.#stale = true;
    } catch {
      // Tried again with the next entry, or by whoever asks, who then gets the error.
      this.#stale = true;
    }
  }
}

/** Beside gateways, or without one: reads, changes the state, appends acts. */
export async function observe(options: PostgresOptions): Promise<PostgresObserver> {
  const db = new Database(options);
  const notices = new Notices(db);
  try {
    await migrate(db);
    await notices.poll();
  } catch (error) {
    await notices.close();
    await db.close();
    throw error;
  }
  const indexer = new Indexer(db);
  const caughtUp = async <T>(read: () => Promise<T>): Promise<T> => {
    await indexer.catchUp();
    return read();
  };
  return {
    exchanges: (filter) => caughtUp(() => exchanges(db, filter)),
    entries: (exchange) => caughtUp(() => entries(db, exchange)),
    range: (from, limit) => range(db, from, limit),
    acts: (filter) => caughtUp(() => acts(db, filter)),
    state: stateOver(db, notices, () => 0),
    hasMasterKey: () => hasMasterKey(db),
    masterKeyId: (id) => masterKeyId(db, id),
    submit: async (act: AdminAct) => {
      const { header } = actEntry(act);
      await db.query('select sluice_append(0, 0, $1, $2, $3, $3, $3)', [
        header,
        `{${header.length}}`,
        '{-1}',
      ]);
    },
    close: async () => {
      await notices.close();
      await db.close();
    },
  };
}
