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
import { beginTerms, endTerms, isBeside, measures, splitMarks, stepTerms, type Term } from '../../search.ts';
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
  size: number | null;
  latency: number | null;
}

const NOT_ENDED = { endSeq: null, size: null, latency: null } as const;

/** An entry with its header read, and its marks apart from its body. */
interface Parsed {
  readonly seq: number;
  readonly header: Buffer;
  readonly parsed: Header;
  readonly key: Buffer | undefined;
  readonly body: Buffer | undefined;
  readonly marks: Buffer | undefined;
}

function split({ seq, header, key, body }: Frame, parsed: Header): Parsed {
  const sealed = ('seal' in parsed && parsed.seal?.bytes) || 0;
  const part = (from: number, to: number) => (to > from ? body!.subarray(from, to) : undefined);
  const marks = part(sealed, body?.length ?? 0);
  return { seq, header, parsed, key, body: part(0, sealed), marks };
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
    const parsed = frames.map((frame) => split(frame, parseHeader(frame.header)));
    this.#chunks.append(this.#nextSeq, parsed);
    for (const entry of parsed) this.#index(entry, touched);
    for (const exchange of touched) this.#write(exchange);
    this.#nextSeq += frames.length;
    const oldest = this.#open.values().next().value;
    this.#statements.applied.run(this.#nextSeq, oldest?.seq ?? this.#nextSeq);
  }

  #index({ seq, parsed: header, key, marks }: Parsed, touched: Set<Exchange>): void {
    if (header.kind === 'act') {
      this.#statements.act.run(seq, header.at);
      if (header.inbox !== undefined) this.#statements.delivered.run(header.inbox);
      return;
    }
    if (header.kind === 'begin') {
      const begun: Exchange = { seq, at: header.at, begin: header, state: OPEN, ...NOT_ENDED };
      this.#open.set(header.exchange, begun);
      touched.add(begun);
      this.#found(begun, header.findings);
      this.#beside(begun, beginTerms(header), marks);
      if (key) this.#statements.key.run(seq, key);
      return;
    }
    const exchange = this.#open.get(header.exchange);
    // Only an entry of an exchange whose begin was refused and is nowhere comes without one: it stays unindexed.
    if (!exchange) return;
    if (key) this.#statements.key.run(exchange.seq, key);
    if (header.kind === 'end') {
      this.#end(exchange, header, seq, marks);
      touched.add(exchange);
      return;
    }
    this.#statements.middle.run(exchange.seq, seq);
    if (header.kind === 'step') {
      exchange.state = header.step === 'hold' ? HELD : OPEN;
      touched.add(exchange);
      this.#beside(exchange, stepTerms(header), undefined);
    }
  }

  #end(exchange: Exchange, header: EndHeader, seq: number, marks: Buffer | undefined): void {
    exchange.state = header.outcome === 'interrupted' ? INTERRUPTED : ENDED;
    exchange.endSeq = seq;
    Object.assign(exchange, measures(header, exchange.at));
    this.#found(exchange, header.findings);
    this.#beside(exchange, endTerms(header, exchange.at), marks);
    this.#open.delete(header.exchange);
  }

  #write(exchange: Exchange): void {
    const { seq, at, begin, state, endSeq, size, latency } = exchange;
    if (!begin) {
      this.#statements.update.run(state, endSeq, size, latency, seq);
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
      size,
      latency,
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

  #beside({ at, seq }: Exchange, terms: Iterable<Term>, marks: Buffer | undefined): void {
    for (const term of terms) if (isBeside(term)) this.#statements.found.run(this.#names.id(term), at, seq);
    if (marks) for (const mark of splitMarks(marks)) this.#statements.mark.run(mark, at, seq);
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
      this.#open.set(String(row.id), { seq, at: Number(row.at), begin: undefined, state, ...NOT_ENDED });
    }
  }
}

function statements(
  db: DatabaseSync,
): Record<
  'applied' | 'act' | 'delivered' | 'key' | 'middle' | 'update' | 'exchange' | 'found' | 'mark',
  StatementSync
> {
  return {
    applied: db.prepare('update applied set next_seq = ?, oldest_open = ?'),
    act: db.prepare('insert into acts values (?, ?)'),
    delivered: db.prepare('delete from inbox where id = ?'),
    key: db.prepare('insert or ignore into keys_wrapped values (?, ?)'),
    middle: db.prepare('insert into middles values (?, ?)'),
    update: db.prepare('update exchanges set state = ?, end_seq = ?, size = ?, latency = ? where seq = ?'),
    exchange: db.prepare('insert into exchanges values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    found: db.prepare('insert or ignore into found values (?, ?, ?)'),
    mark: db.prepare('insert or ignore into marks values (?, ?, ?)'),
  };
}
