// Reads the tables: lists, one exchange, entries by position, acts. Read-only, so any process may.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { ExchangeFilter } from '../../ledger.ts';
import { classTerms, pageSize, type Range, type Term, term, wanted } from '../../search.ts';
import type { StoredEntry, StoredExchange } from '../../store.ts';
import { STATES } from './apply.ts';
import { asBuffer, Chunks } from './chunks.ts';

/** Filters that are a column with an index of (column, at). */
const COLUMNS = ['principal', 'connection', 'operation', 'model', 'verdict'] as const;

/** Filters that are terms beside the columns, the likely rarest first. A finding stands under its bare kind. */
const BESIDE = ['approval', 'error', 'group', 'policy'] as const;

function termsOf(filter: ExchangeFilter): readonly Term[] {
  const beside = BESIDE.flatMap((field) => (filter[field] === undefined ? [] : [term(field, filter[field])]));
  return filter.finding === undefined ? beside : [filter.finding, ...beside];
}

type Condition = readonly [text: string, ...values: SQLInputValue[]];

export interface ExchangeEntries {
  readonly head: StoredExchange;
  readonly key: Buffer | undefined;
  readonly entries: readonly StoredEntry[];
}

export class Queries {
  readonly #db: DatabaseSync;
  readonly #chunks: Chunks;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#chunks = new Chunks(db);
  }

  exchanges(filter: ExchangeFilter): readonly StoredExchange[] {
    const { ranges, mark } = wanted(filter);
    const terms = termsOf(filter).map((value) => this.#name(value));
    const columns = COLUMNS.filter((column) => filter[column] !== undefined);
    const ids = columns.map((column) => this.#name(filter[column]!));
    const bounds = this.#bounds(filter);
    if (bounds === undefined || terms.includes(undefined) || ids.includes(undefined)) return [];
    const limit = pageSize(filter.limit);

    const page = (
      lead: 'marks' | 'found' | 'exchanges',
      first: readonly Condition[],
      rest: readonly unknown[],
    ) => {
      // Time and position of the table that leads, so that one index gives filter, range and order.
      const order = lead === 'exchanges' ? 'e' : 'l';
      const conditions: readonly Condition[] = [
        ...first,
        ...rest.map((id, n): Condition => [`t${n}.kind = ?`, id as number]),
        ...columns.map((column, n): Condition => [`e.${column} = ?`, ids[n]!]),
        ...ranges.map(({ measure, min, max }): Condition => [`e.${measure} between ? and ?`, min, max]),
        ...bounds.map(([text, ...values]): Condition => [text.replaceAll('$', order), ...values]),
      ];
      const from = lead === 'exchanges' ? 'exchanges e' : `${lead} l cross join exchanges e on e.seq = l.seq`;
      const joins = rest.map(
        (_, n) => ` cross join found t${n} on t${n}.at = ${order}.at and t${n}.seq = ${order}.seq`,
      );
      const where = conditions.map(([text]) => text).join(' and ');
      return this.#prepare(
        `select e.seq, e.at, e.state, e.end_seq from ${from}${joins.join('')} ${where && `where ${where}`}
         order by ${order}.at desc, ${order}.seq desc limit ?`,
      ).all(...conditions.flatMap(([, ...values]) => values), limit);
    };
    const pages = () => {
      if (mark !== undefined) return page('marks', [['l.mark = ?', mark]], terms);
      if (terms.length > 0) return page('found', [['l.kind = ?', terms[0]!]], terms.slice(1));
      if (columns.length > 0 || ranges.length === 0) return page('exchanges', [], []);
      return this.#byRange(ranges[0]!, (id) => page('found', [['l.kind = ?', id]], [])).slice(0, limit);
    };
    const read = this.#chunks.reader(false);
    return pages().map((row) => stored(row, read));
  }

  /** The classes of a range are walked one by one, each to a page, and merged. */
  #byRange(range: Range, page: (id: number) => Record<string, unknown>[]): Record<string, unknown>[] {
    const rows = classTerms(range).flatMap((term) => {
      const id = this.#name(term);
      return id === undefined ? [] : page(id);
    });
    return rows.sort((a, b) => Number(b.at) - Number(a.at) || Number(b.seq) - Number(a.seq));
  }

  /** Conditions on time and page, `$` for the table that leads; undefined after an exchange that is unknown. */
  #bounds(filter: ExchangeFilter): readonly Condition[] | undefined {
    const bounds: Condition[] = [];
    if (filter.since !== undefined) bounds.push(['$.at >= ?', filter.since]);
    let until = filter.until;
    if (filter.after !== undefined) {
      const last = this.#prepare('select at, seq from exchanges where id = ? order by seq desc').get(
        filter.after,
      );
      if (!last) return undefined;
      bounds.push(['($.at, $.seq) < (?, ?)', last.at!, last.seq!]);
      // With both bounds the index walk may start at the wider one, and a late page would pass over all earlier ones.
      if (until !== undefined && Number(last.at) < until) until = undefined;
    }
    if (until !== undefined) bounds.push(['$.at < ?', until]);
    return bounds;
  }

  entries(exchange: string): ExchangeEntries | undefined {
    const row = this.#prepare('select seq, state, end_seq from exchanges where id = ? order by seq desc').get(
      exchange,
    );
    if (!row) return undefined;
    const begin = Number(row.seq);
    const seqs = [begin, ...this.middles(begin), ...(row.end_seq === null ? [] : [Number(row.end_seq)])];
    const read = this.#chunks.reader(true);
    const key = this.#prepare('select wrapped from keys_wrapped where exchange = ?').get(begin)?.wrapped;
    return {
      head: stored(row, read),
      key: key === undefined ? undefined : asBuffer(key),
      entries: seqs.map((seq) => read(seq)!),
    };
  }

  middles(exchange: number): number[] {
    const rows = this.#prepare('select seq from middles where exchange = ? order by seq').all(exchange);
    return rows.map((row) => Number(row.seq));
  }

  range(from: number, limit: number): readonly StoredEntry[] {
    const read = this.#chunks.reader(true);
    const entries: StoredEntry[] = [];
    for (let seq = from; entries.length < limit; seq++) {
      const entry = read(seq);
      if (!entry) break;
      entries.push(entry);
    }
    return entries;
  }

  acts(filter: { readonly since?: number; readonly limit?: number }): readonly StoredEntry[] {
    const rows = this.#prepare('select seq from acts where at >= ? order by at desc, seq desc limit ?').all(
      filter.since ?? 0,
      pageSize(filter.limit),
    );
    const read = this.#chunks.reader(false);
    return rows.map((row) => read(Number(row.seq))!);
  }

  #name(value: string): number | undefined {
    const id = this.#prepare('select id from names where value = ?').get(value)?.id;
    return id === undefined ? undefined : Number(id);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }
}

function stored(
  row: Record<string, unknown>,
  read: (seq: number) => StoredEntry | undefined,
): StoredExchange {
  const seq = Number(row.seq);
  return {
    seq,
    state: STATES[Number(row.state)]!,
    begin: read(seq)!.header,
    end: row.end_seq === null ? undefined : read(Number(row.end_seq))!.header,
  };
}
