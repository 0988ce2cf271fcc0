// Makes entries durable: what arrives while a commit is under way shares the next one. A commit whose outcome nobody was
// told of is asked about before anything else is written. It must not know what entries say, or how they are found.
import type { EntryDraft } from '../../entry.ts';
import { RecordUnavailable } from '../../errors.ts';
import type { Urgency } from '../../store.ts';
import type { Database } from './database.ts';
import { isDisowned, lacksPartition } from './failure.ts';
import { makePartitions } from './migrate.ts';

const BATCH_BYTES = 4 << 20;
const BATCH_ENTRIES = 2000;
const BEHIND_MS = 25;
const RETRY_MS = 250;

const APPEND = 'select sluice_append($1, $2, $3, $4, $5, $6, $7) as first';

interface Waiting {
  readonly entry: EntryDraft;
  readonly urgency: Urgency;
  readonly resolve: (seq: number) => void;
  readonly reject: (error: Error) => void;
}

interface Batch {
  readonly number: number;
  readonly waiting: readonly Waiting[];
}

export interface AppenderEvents {
  /** A gateway that has not ended. */
  register(): Promise<number>;
  /** This gateway was taken for dead, and has registered anew. */
  onDisowned(): void;
  onRecovery(): void;
  /** Entries that turned out to be durable, though who waited for them had been refused. */
  onTurnedUp(entries: readonly EntryDraft[]): void;
  onAppended(): void;
}

export class Appender {
  readonly #db: Database;
  readonly #events: AppenderEvents;
  #gateway: number;
  #number = 0;
  #queue: Waiting[] = [];
  #urgent = 0;
  #scheduled = false;
  #writing: Promise<void> | undefined;
  #behind: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failure: RecordUnavailable | undefined;
  #doubt: Batch | undefined;
  #closed = false;

  constructor(db: Database, gateway: number, events: AppenderEvents) {
    this.#db = db;
    this.#gateway = gateway;
    this.#events = events;
  }

  get gateway(): number {
    return this.#gateway;
  }

  get available(): boolean {
    return this.#failure === undefined && !this.#closed;
  }

  append(entry: EntryDraft, urgency: Urgency): Promise<number> {
    if (this.#closed) return Promise.reject(new RecordUnavailable('the ledger is closed'));
    if (this.#failure && urgency === 'now') return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#queue.push({ entry, urgency, resolve, reject });
      if (urgency === 'now') this.#urgent++;
      this.#schedule();
    });
  }

  /** Refuses from now on, until the database answers again. For whoever notices first that it does not. */
  fail(cause: unknown): void {
    if (this.#failure || this.#closed) return;
    this.#failure =
      cause instanceof RecordUnavailable ? cause : new RecordUnavailable('the database is lost', { cause });
    this.#refuse(this.#failure);
    this.#retryLater();
  }

  /** Writes what is queued, then ends. What cannot be written is rejected. */
  async close(): Promise<void> {
    clearTimeout(this.#behind);
    while (!this.#failure && (this.#writing || this.#queue.length > 0))
      await (this.#writing ?? this.#flush());
    this.#closed = true;
    clearTimeout(this.#retry);
    const closed = new RecordUnavailable('the ledger is closed');
    for (const { reject } of [...(this.#doubt?.waiting ?? []), ...this.#queue]) reject(closed);
    this.#queue = [];
  }

  #schedule(): void {
    if (this.#scheduled || this.#writing || this.#failure || this.#queue.length === 0) return;
    if (this.#urgent === 0) {
      this.#behind ??= setTimeout(() => {
        this.#behind = undefined;
        this.#flush();
      }, BEHIND_MS);
      return;
    }
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): Promise<void> {
    if (this.#writing || this.#failure || this.#closed || this.#queue.length === 0) return Promise.resolve();
    clearTimeout(this.#behind);
    this.#behind = undefined;
    const batch = { number: ++this.#number, waiting: this.#take() };
    this.#writing = this.#write(batch).finally(() => {
      this.#writing = undefined;
      this.#schedule();
    });
    return this.#writing;
  }

  #take(): readonly Waiting[] {
    let count = 0;
    let bytes = 0;
    do bytes += sizeOf(this.#queue[count++]!.entry);
    while (
      count < this.#queue.length &&
      count < BATCH_ENTRIES &&
      bytes + sizeOf(this.#queue[count]!.entry) <= BATCH_BYTES
    );
    const taken = this.#queue.slice(0, count);
    this.#queue = this.#queue.slice(count);
    for (const { urgency } of taken) if (urgency === 'now') this.#urgent--;
    return taken;
  }

  async #write(batch: Batch): Promise<void> {
    const entries = batch.waiting.map(({ entry }) => entry);
    try {
      let first: number;
      try {
        first = await this.#append(batch.number, entries);
      } catch (error) {
        if (!lacksPartition(error)) throw error;
        // The clock of the database is further on than the partitions that were made ahead.
        await makePartitions(this.#db);
        first = await this.#append(batch.number, entries);
      }
      for (const [n, { resolve }] of batch.waiting.entries()) resolve(first + n);
      this.#events.onAppended();
    } catch (error) {
      this.#doubt = batch;
      const known = error instanceof RecordUnavailable ? error : undefined;
      this.fail(known ?? new RecordUnavailable('the database refused a write', { cause: error }));
      if (known === undefined && !isDisowned(error)) {
        // An error of the statement itself would come again with every attempt.
        for (const { reject } of batch.waiting) reject(this.#failure!);
        this.#doubt = undefined;
      }
    }
  }

  async #append(number: number, entries: readonly EntryDraft[]): Promise<number> {
    const [row] = await this.#db.prepared(APPEND, [this.#gateway, number, ...packed(entries)]);
    return Number(row!.first);
  }

  /** Refuses everyone who waits and keeps what nobody waits for. */
  #refuse(error: Error): void {
    const refused = (waiting: Waiting) => {
      if (waiting.urgency === 'now') waiting.reject(error);
    };
    this.#doubt?.waiting.forEach(refused);
    this.#queue.forEach(refused);
    this.#queue = this.#queue.filter(({ urgency }) => urgency === 'behind');
    this.#urgent = 0;
  }

  #retryLater(): void {
    this.#retry = setTimeout(() => {
      this.#recover().catch(() => !this.#closed && this.#retryLater());
    }, RETRY_MS);
  }

  async #recover(): Promise<void> {
    const [row] = await this.#db.query('select batch, first_seq, ended from gateways where id = $1', [
      this.#gateway,
    ]);
    this.#settle(Number(row?.batch ?? 0), Number(row?.first_seq ?? 0));
    const disowned = row?.ended !== false;
    if (disowned) {
      this.#gateway = await this.#events.register();
      this.#number = 0;
    }
    if (this.#closed) return;
    this.#failure = undefined;
    if (disowned) this.#events.onDisowned();
    this.#events.onRecovery();
    this.#schedule();
  }

  /** What became of the batch in doubt: `committed` is the number of the last one that is durable, `first` its position. */
  #settle(committed: number, first: number): void {
    const doubt = this.#doubt;
    this.#doubt = undefined;
    if (doubt === undefined) return;
    if (doubt.number !== committed) {
      this.#queue = [...doubt.waiting.filter(({ urgency }) => urgency === 'behind'), ...this.#queue];
      return;
    }
    for (const [n, { urgency, resolve }] of doubt.waiting.entries())
      if (urgency === 'behind') resolve(first + n);
    this.#events.onTurnedUp(
      doubt.waiting.filter(({ urgency }) => urgency === 'now').map(({ entry }) => entry),
    );
  }
}

const sizeOf = ({ header, key, marks, body }: EntryDraft): number =>
  header.length + (key?.length ?? 0) + (marks?.length ?? 0) + (body?.length ?? 0);

/** The parts of all entries in one value, which goes over as it is, and their lengths as arrays. */
function packed(entries: readonly EntryDraft[]): readonly unknown[] {
  const parts: Buffer[] = [];
  for (const { header, key, marks, body } of entries) {
    parts.push(header);
    if (key) parts.push(key);
    if (marks) parts.push(marks);
    if (body) parts.push(body);
  }
  const lengths = (part: keyof EntryDraft) =>
    `{${entries.map((entry) => entry[part]?.length ?? -1).join(',')}}`;
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  return [bytes, lengths('header'), lengths('key'), lengths('marks'), lengths('body')];
}
