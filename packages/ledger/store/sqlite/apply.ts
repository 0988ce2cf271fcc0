// Applies entries from the journal to the tables, in batches of one transaction each. Applying is a function of the
// headers and their order alone, so that a replay after a crash ends where an undisturbed run would have ended.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type BeginHeader,
  type EndHeader,
  type FindingCounts,
  type Header,
  parseHeader,
} from '../../entry.ts';
import type { Frame } from '../../journal/frame.ts';
import { Chunks } from './chunks.ts';
import { Names } from './names.ts';
import { transaction } from './schema.ts';

/** In `exchanges.state`. */
export const STATES = ['open', 'held', 'ended', 'interrupted'] as const;
const [OPEN, HELD, ENDED, INTERRUPTED] = [0, 1, 2, 3] as const;
export const ENDED_STATES: readonly number[] = [ENDED, INTERRUPTED];

interface Exchange {
  readonly seq: number;
  readonly at: number;
  /** Set while the row is still to be inserted: an exchange that ends in the batch it began in is written once. */
  begin: BeginHeader | undefined;
  state: number;
  endSeq: number | null;
}

export class Applier {
  readonly #db: DatabaseSync;
  readonly #chunks: Chunks;
  readonly #names: Names;
  readonly #statements: ReturnType<typeof statements>;
  /** Begun and not ended, in the order of their begin. */
  readonly #open = new Map<string, Exchange>();
  #nextSeq = 0;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#chunks = new Chunks(db);
    this.#names = new Names(db);
    this.#statements = statements(db);
    this.#load();
  }

  /** Position of the next entry to be applied. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  get open(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** Applies frames that follow on what was applied. On an error nothing of the batch is applied. */
  apply(frames: readonly Frame[]): void {
    try {
      transaction(this.#db, () => this.#apply(frames));
    } catch (error) {
      this.#load();
      throw error;
    }
  }

  #apply(frames: readonly Frame[]): void {
    const touched = new Set<Exchange>();
    this.#chunks.append(this.#nextSeq, frames);
    for (const frame of frames) this.#index(frame, parseHeader(frame.header), touched);
    for (const exchange of touched) this.#write(exchange);
    this.#nextSeq += frames.length;
    const oldest = this.#open.values().next().value;
    this.#statements.applied.run(this.#nextSeq, oldest?.seq ?? this.#nextSeq);
  }

  #index(frame: Frame, header: Header, touched: Set<Exchange>): void {
    const { seq } = frame;
    if (header.kind === 'act') {
      this.#statements.act.run(seq, header.at);
      if (header.inbox !== undefined) this.#statements.delivered.run(header.inbox);
      return;
    }
    if (header.kind === 'begin') {
      const begun: Exchange = { seq, at: header.at, begin: header, state: OPEN, endSeq: null };
      this.#open.set(header.exchange, begun);
      touched.add(begun);
      this.#found(begun, header.findings);
      if (frame.key) this.#statements.key.run(seq, frame.key);
      return;
    }
    const exchange = this.#open.get(header.exchange);
    // Only an entry of an exchange whose begin was refused and is nowhere comes without one: it stays unindexed.
    if (!exchange) return;
    if (frame.key) this.#statements.key.run(exchange.seq, frame.key);
    if (header.kind === 'end') {
      this.#end(exchange, header, seq);
      touched.add(exchange);
      return;
    }
    this.#statements.middle.run(exchange.seq, seq);
    if (header.kind === 'step') {
      exchange.state = header.step === 'hold' ? HELD : OPEN;
      touched.add(exchange);
    }
  }

  #end(exchange: Exchange, header: EndHeader, seq: number): void {
    exchange.state = header.outcome === 'interrupted' ? INTERRUPTED : ENDED;
    exchange.endSeq = seq;
    this.#found(exchange, header.findings);
    this.#open.delete(header.exchange);
  }

  #write(exchange: Exchange): void {
    const { seq, at, begin, state, endSeq } = exchange;
    if (!begin) {
      this.#statements.update.run(state, endSeq, seq);
      return;
    }
    const name = (value: string) => this.#names.id(value);
    this.#statements.exchange.run(
      seq,
      begin.exchange,
      at,
      endSeq,
      state,
      name(begin.principal?.subject ?? ''),
      name(begin.connection),
      name(begin.operation),
      name(begin.model),
      name(begin.verdict.kind),
    );
    exchange.begin = undefined;
  }

  /** A kind is found under its own name and under each of its branches. */
  #found(exchange: Exchange, counts: FindingCounts): void {
    for (const kind in counts) {
      for (let end = kind.length; end > 0; end = kind.lastIndexOf('.', end - 1))
        this.#statements.found.run(this.#names.id(kind.slice(0, end)), exchange.at, exchange.seq);
    }
  }

  #load(): void {
    this.#names.forget();
    this.#open.clear();
    const applied = this.#db.prepare('select next_seq, oldest_open from applied').get()!;
    this.#nextSeq = Number(applied.next_seq);
    const rows = this.#db
      .prepare('select seq, id, at, state from exchanges where seq >= ? and state in (?, ?) order by seq')
      .all(Number(applied.oldest_open), OPEN, HELD);
    for (const row of rows) {
      const seq = Number(row.seq);
      const state = Number(row.state);
      this.#open.set(String(row.id), { seq, at: Number(row.at), begin: undefined, state, endSeq: null });
    }
  }
}

function statements(
  db: DatabaseSync,
): Record<
  'applied' | 'act' | 'delivered' | 'key' | 'middle' | 'update' | 'exchange' | 'found',
  StatementSync
> {
  return {
    applied: db.prepare('update applied set next_seq = ?, oldest_open = ?'),
    act: db.prepare('insert into acts values (?, ?)'),
    delivered: db.prepare('delete from inbox where id = ?'),
    key: db.prepare('insert or ignore into keys_wrapped values (?, ?)'),
    middle: db.prepare('insert into middles values (?, ?)'),
    update: db.prepare('update exchanges set state = ?, end_seq = ? where seq = ?'),
    exchange: db.prepare('insert into exchanges values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    found: db.prepare('insert or ignore into found values (?, ?, ?)'),
  };
}
