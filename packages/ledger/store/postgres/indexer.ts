// Makes entries findable, behind: reads what was appended by whomever and writes what exchanges are found by, in order and
// exactly once, by whichever gateway holds the row of how far it has come. A function of headers and their order alone.
import {
  type ActHeader,
  type BeginHeader,
  type EndHeader,
  type Header,
  type PieceHeader,
  parseHeader,
  type StepHeader,
} from '../../entry.ts';
import { beginTerms, endTerms, measures, splitMarks, stepTerms, type Term } from '../../search.ts';
import type { Database, Queryable, Row } from './database.ts';

/** In `exchanges.state`; below ENDED it is open. */
export const STATES = ['open', 'held', 'ended', 'interrupted'] as const;
const [OPEN, HELD, ENDED, INTERRUPTED] = [0, 1, 2, 3] as const;

const BATCH = 1000;
/** Names kept in memory; callers choose those of models. */
const CACHED = 20_000;

interface Exchange {
  readonly seq: number;
  readonly at: number;
  /** Set while the row is still to be inserted: one that ends in the batch it began in is written once. */
  begin: { readonly header: BeginHeader; readonly month: number; readonly gateway: number } | undefined;
  state: number;
  end:
    | { readonly seq: number; readonly month: number; readonly size: number; readonly latency: number }
    | undefined;
}

/** Rows of one batch, as columns. */
class Batch {
  readonly touched = new Set<Exchange>();
  readonly terms: { readonly term: Term; readonly at: number; readonly seq: number }[] = [];
  readonly marks: { readonly mark: Buffer; readonly at: number; readonly seq: number }[] = [];
  readonly middles: { readonly exchange: number; readonly seq: number; readonly month: number }[] = [];
  readonly acts: { readonly seq: number; readonly month: number; readonly at: number }[] = [];
}

export class Indexer {
  readonly #db: Database;
  readonly #names = new Map<Term, number>();
  #running: Promise<unknown> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Resolves once everything that was durable when it was called can be found. */
  async catchUp(): Promise<void> {
    const target = Number((await this.#db.prepared('select next_seq from counter', []))[0]!.next_seq);
    let reached = Number((await this.#db.prepared('select next_seq from indexed', []))[0]!.next_seq);
    while (reached < target) {
      // Two of the same process would only wait for each other's row.
      if (this.#running) await this.#running.catch(() => undefined);
      reached = (await this.#step('wait')).reached;
    }
  }

  /** A batch, unless another gateway is at it. True when there may be more. */
  async help(): Promise<boolean> {
    if (this.#running) return false;
    return (await this.#step('skip')).more;
  }

  #step(mode: 'wait' | 'skip'): Promise<{ readonly reached: number; readonly more: boolean }> {
    const step = this.#db
      .transaction((tx) => this.#batch(tx, mode), 'behind')
      .catch((error: unknown) => {
        // Names that were given in the transaction are not.
        this.#names.clear();
        throw error;
      });
    this.#running = step;
    return step.finally(() => {
      if (this.#running === step) this.#running = undefined;
    });
  }

  async #batch(tx: Queryable, mode: 'wait' | 'skip') {
    const [at] = await tx.prepared(
      `select next_seq, month from indexed for update ${mode === 'skip' ? 'skip locked' : ''}`,
      [],
    );
    if (!at) return { reached: 0, more: false };
    const from = Number(at.next_seq);
    const rows = await tx.prepared(
      'select seq, month, gateway, header, marks from entries where month >= $1 and seq >= $2 and seq < $3 order by seq',
      [at.month, from, from + BATCH],
    );
    if (rows.length === 0) return { reached: from, more: false };
    await this.#index(tx, rows);
    const last = rows.at(-1)!;
    const reached = Number(last.seq) + 1;
    await tx.prepared('update indexed set next_seq = $1, month = $2', [reached, last.month]);
    return { reached, more: rows.length === BATCH };
  }

  async #index(tx: Queryable, rows: readonly Row[]): Promise<void> {
    const headers = rows.map((row) => parseHeader(row.header as Buffer));
    const open = await openExchanges(tx, headers);
    const batch = new Batch();
    for (const [n, row] of rows.entries()) addEntry(batch, open, row, headers[n]!);
    await this.#write(tx, batch);
  }

  async #write(tx: Queryable, { touched, terms, marks, middles, acts }: Batch): Promise<void> {
    const [fresh, known] = [
      [...touched].filter(({ begin }) => begin),
      [...touched].filter(({ begin }) => !begin),
    ];
    if (fresh.length > 0)
      await tx.prepared(
        `insert into exchanges select * from unnest($1::bigint[], $2::integer[], $3::text[], $4::bigint[], $5::bigint[],
           $6::smallint[], $7::bigint[], $8::integer[], $9::bigint[], $10::bigint[])`,
        columns(fresh, ({ seq, at, begin, state, end }) => [
          seq,
          begin!.month,
          begin!.header.exchange.replaceAll('\0', '\ufffd'),
          at,
          begin!.gateway,
          state,
          end?.seq ?? null,
          end?.month ?? null,
          end?.size ?? null,
          end?.latency ?? null,
        ]),
      );
    if (known.length > 0)
      await tx.prepared(
        `update exchanges e set state = u.state, end_seq = u.end_seq, end_month = u.end_month, size = u.size, latency = u.latency
         from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::integer[], $5::bigint[], $6::bigint[])
           as u (seq, state, end_seq, end_month, size, latency) where e.seq = u.seq`,
        columns(known, ({ seq, state, end }) => [
          seq,
          state,
          end?.seq ?? null,
          end?.month ?? null,
          end?.size ?? null,
          end?.latency ?? null,
        ]),
      );
    if (terms.length > 0) {
      const ids = await this.#ids(tx, [...new Set(terms.map(({ term }) => term))]);
      await tx.prepared(
        'insert into terms select * from unnest($1::integer[], $2::bigint[], $3::bigint[]) on conflict do nothing',
        columns(terms, ({ term, at, seq }) => [ids.get(term)!, at, seq]),
      );
    }
    if (marks.length > 0)
      await tx.prepared(
        'insert into marks select * from unnest($1::bytea[], $2::bigint[], $3::bigint[]) on conflict do nothing',
        columns(marks, ({ mark, at, seq }) => [mark, at, seq]),
      );
    if (middles.length > 0)
      await tx.prepared(
        'insert into middles select * from unnest($1::bigint[], $2::bigint[], $3::integer[])',
        columns(middles, ({ exchange, seq, month }) => [exchange, seq, month]),
      );
    if (acts.length > 0)
      await tx.prepared(
        'insert into acts select * from unnest($1::bigint[], $2::integer[], $3::bigint[])',
        columns(acts, ({ seq, month, at }) => [seq, month, at]),
      );
  }

  /** Numbers of names, given to them now where they have none: only whoever holds the row of `indexed` gives any. */
  async #ids(tx: Queryable, terms: readonly Term[]): Promise<ReadonlyMap<Term, number>> {
    if (this.#names.size > CACHED) this.#names.clear();
    const missing = terms.filter((term) => !this.#names.has(term));
    if (missing.length > 0) {
      const learn = (rows: readonly Row[]) => {
        for (const { id, value } of rows) this.#names.set(String(value), Number(id));
      };
      learn(await tx.prepared('select id, value from names where value = any($1)', [missing]));
      const unnamed = missing.filter((term) => !this.#names.has(term));
      if (unnamed.length > 0)
        learn(
          await tx.prepared('insert into names (value) select unnest($1::text[]) returning id, value', [
            unnamed,
          ]),
        );
    }
    return this.#names;
  }
}

function addEntry(batch: Batch, open: Map<string, Exchange>, row: Row, header: Header): void {
  const seq = Number(row.seq);
  const month = Number(row.month);
  if (header.kind === 'act') {
    batch.acts.push({ seq, month, at: (header as ActHeader).at });
    return;
  }
  if (header.kind === 'begin') {
    const begin = { header, month, gateway: Number(row.gateway) };
    const exchange: Exchange = { seq, at: header.at, begin, state: OPEN, end: undefined };
    open.set(header.exchange, exchange);
    batch.touched.add(exchange);
    addTerms(batch, exchange, beginTerms(header), row.marks);
    return;
  }
  const exchange = open.get(header.exchange);
  // Of an exchange whose begin is nowhere, or that somebody else has closed: it stays unfound.
  if (!exchange) return;
  if (header.kind === 'end') addEnd(batch, exchange, header, seq, month, row.marks);
  else addMiddle(batch, exchange, header, seq, month);
  if (header.kind === 'end') open.delete(header.exchange);
}

function addMiddle(
  batch: Batch,
  exchange: Exchange,
  header: StepHeader | PieceHeader,
  seq: number,
  month: number,
): void {
  batch.middles.push({ exchange: exchange.seq, seq, month });
  if (header.kind !== 'step') return;
  exchange.state = header.step === 'hold' ? HELD : OPEN;
  batch.touched.add(exchange);
  addTerms(batch, exchange, stepTerms(header), undefined);
}

function addEnd(
  batch: Batch,
  exchange: Exchange,
  header: EndHeader,
  seq: number,
  month: number,
  marks: unknown,
): void {
  exchange.state = header.outcome === 'interrupted' ? INTERRUPTED : ENDED;
  exchange.end = { seq, month, ...measures(header, exchange.at) };
  batch.touched.add(exchange);
  addTerms(batch, exchange, endTerms(header, exchange.at), marks);
}

function addTerms(batch: Batch, { at, seq }: Exchange, terms: Iterable<Term>, marks: unknown): void {
  for (const term of terms) batch.terms.push({ term, at, seq });
  if (marks) for (const mark of splitMarks(marks as Buffer)) batch.marks.push({ mark, at, seq });
}

/** Exchanges that began in an earlier batch and that this one speaks of. */
async function openExchanges(tx: Queryable, headers: readonly Header[]): Promise<Map<string, Exchange>> {
  const begun = new Set(headers.flatMap((header) => (header.kind === 'begin' ? [header.exchange] : [])));
  const wanted = new Set(
    headers.flatMap((header) =>
      header.kind === 'act' || header.kind === 'begin' || begun.has(header.exchange) ? [] : [header.exchange],
    ),
  );
  const open = new Map<string, Exchange>();
  if (wanted.size === 0) return open;
  const rows = await tx.prepared(
    'select seq, id, at, state from exchanges where id = any($1) and state < 2',
    [[...wanted]],
  );
  for (const { seq, id, at, state } of rows)
    open.set(String(id), {
      seq: Number(seq),
      at: Number(at),
      begin: undefined,
      state: Number(state),
      end: undefined,
    });
  return open;
}

/** Rows turned into columns, which is how many rows go over in one statement. */
function columns<T>(rows: readonly T[], values: (row: T) => readonly unknown[]): unknown[][] {
  const all = rows.map(values);
  return all[0]!.map((_, n) => all.map((row) => row[n]));
}
