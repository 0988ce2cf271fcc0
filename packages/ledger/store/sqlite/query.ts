// Reads the tables: lists, one exchange, entries by position, acts. Read-only, so any process may.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { ExchangeFilter } from '../../ledger.ts';
import type { StoredEntry, StoredExchange } from '../../store.ts';
import { STATES } from './apply.ts';
import { asBuffer, Chunks } from './chunks.ts';

/** Rows of a page: what is given when nothing is asked for, and the most that can be had. */
const PAGE = 50;
const MAX_PAGE = 1000;

/** Filters that are a column with an index of (column, at). */
const COLUMNS = ['principal', 'connection', 'operation', 'model', 'verdict'] as const;

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
    const where: string[] = [];
    const values: SQLInputValue[] = [];
    const and = (condition: string, ...more: SQLInputValue[]) => {
      where.push(condition);
      values.push(...more);
    };
    let table = 'exchanges e';
    // Time and position of the table that leads, so that one index gives filter, range and order.
    let order = 'e';
    if (filter.finding !== undefined) {
      const kind = this.#name(filter.finding);
      if (kind === undefined) return [];
      table = 'found f cross join exchanges e on e.seq = f.seq';
      order = 'f';
      and('f.kind = ?', kind);
    }
    for (const column of COLUMNS) {
      const value = filter[column];
      if (value === undefined) continue;
      const id = this.#name(value);
      if (id === undefined) return [];
      and(`e.${column} = ?`, id);
    }
    if (filter.since !== undefined) and(`${order}.at >= ?`, filter.since);
    let until = filter.until;
    if (filter.after !== undefined) {
      const last = this.#prepare('select at, seq from exchanges where id = ? order by seq desc').get(
        filter.after,
      );
      if (!last) return [];
      and(`(${order}.at, ${order}.seq) < (?, ?)`, last.at!, last.seq!);
      // With both bounds the index walk may start at the wider one, and a late page would pass over all earlier ones.
      if (until !== undefined && Number(last.at) < until) until = undefined;
    }
    if (until !== undefined) and(`${order}.at < ?`, until);
    const rows = this.#prepare(
      `select e.seq, e.state, e.end_seq from ${table} ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
       order by ${order}.at desc, ${order}.seq desc limit ?`,
    ).all(...values, pageSize(filter.limit));
    const read = this.#chunks.reader(false);
    return rows.map((row) => stored(row, read));
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

const pageSize = (limit: number | undefined): number => Math.min(Math.max(limit ?? PAGE, 1), MAX_PAGE);

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
