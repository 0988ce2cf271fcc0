// Reads the tables: lists, one exchange, entries by position, acts; and erases. Any gateway may.
import type { ExchangeFilter } from '../../ledger.ts';
import { classTerms, pageSize, type Range, wanted } from '../../search.ts';
import type { StoredEntry, StoredExchange } from '../../store.ts';
import type { Database, Queryable, Row } from './database.ts';
import { STATES } from './indexer.ts';

/** Values of a statement, numbered as they come. */
class Values {
  readonly all: unknown[] = [];
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

export async function exchanges(db: Queryable, filter: ExchangeFilter): Promise<readonly StoredExchange[]> {
  const query = await pageQuery(db, filter);
  if (query === undefined) return [];
  const rows = await db.query(
    `select p.seq, e.state, b.header as begin, f.header as end
     from (${query.text}) p join exchanges e on e.seq = p.seq
       join entries b on b.seq = e.seq and b.month = e.month
       left join entries f on f.seq = e.end_seq and f.month = e.end_month
     order by p.at desc, p.seq desc`,
    query.values,
  );
  return rows.map(toExchange);
}

/**
 * Positions and times of a page. One term, or the classes of one range, lead: their index gives order and page; the other
 * terms are looked up in the same index, the other ranges in the row. Undefined when nothing can match.
 */
export async function pageQuery(
  db: Queryable,
  filter: ExchangeFilter,
): Promise<{ readonly text: string; readonly values: unknown[] } | undefined> {
  const { terms, ranges, mark } = wanted(filter);
  const ids = await idsOf(db, terms);
  if (ids.length < terms.length) return undefined;
  const values = new Values();
  const bounds = await boundsOf(db, filter, values);
  if (bounds === undefined) return undefined;
  const limit = values.add(pageSize(filter.limit));
  const inRange = ({ measure, min, max }: Range) =>
    `x.${measure} between ${values.add(min)} and ${values.add(max)}`;
  const page = (from: string, where: readonly string[]) =>
    `select l.at, l.seq from ${from} ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
     order by l.at desc, l.seq desc limit ${limit}`;

  const others = (rest: readonly number[]) =>
    rest
      .map(
        (id, n) =>
          ` join terms t${n} on t${n}.term = ${values.add(id)} and t${n}.at = l.at and t${n}.seq = l.seq`,
      )
      .join('');
  const rows = ranges.length > 0 ? ' join exchanges x on x.seq = l.seq' : '';
  if (mark !== undefined) {
    const where = [`l.mark = ${values.add(mark)}`, ...bounds, ...ranges.map(inRange)];
    return { text: page(`marks l${others(ids)}${rows}`, where), values: values.all };
  }
  if (ids.length > 0) {
    const [lead, ...rest] = ids;
    const where = [`l.term = ${values.add(lead)}`, ...bounds, ...ranges.map(inRange)];
    return { text: page(`terms l${others(rest)}${rows}`, where), values: values.all };
  }
  if (ranges.length > 0) {
    const classes = await idsOf(db, classTerms(ranges[0]!));
    const one = page('terms l join exchanges x on x.seq = l.seq', [
      'l.term = c.term',
      ...bounds,
      ...ranges.map(inRange),
    ]);
    const text = `select l.at, l.seq from unnest(${values.add(classes)}::integer[]) as c (term) cross join lateral (${one}) l
      order by l.at desc, l.seq desc limit ${limit}`;
    return { text, values: values.all };
  }
  return { text: page('exchanges l', bounds), values: values.all };
}

async function idsOf(db: Queryable, terms: readonly string[]): Promise<readonly number[]> {
  if (terms.length === 0) return [];
  const rows = await db.prepared('select id, value from names where value = any($1)', [terms]);
  const ids = new Map(rows.map(({ id, value }) => [String(value), Number(id)]));
  return terms.flatMap((term) => ids.get(term) ?? []);
}

/** Conditions on time and page; undefined after an exchange that is unknown. */
async function boundsOf(
  db: Queryable,
  filter: ExchangeFilter,
  values: Values,
): Promise<readonly string[] | undefined> {
  const bounds: string[] = [];
  if (filter.since !== undefined) bounds.push(`l.at >= ${values.add(filter.since)}`);
  let until = filter.until;
  if (filter.after !== undefined) {
    const [last] = await db.prepared(
      'select at, seq from exchanges where id = $1 order by seq desc limit 1',
      [filter.after],
    );
    if (!last) return undefined;
    bounds.push(`(l.at, l.seq) < (${values.add(last.at)}, ${values.add(last.seq)})`);
    // With both bounds the index walk may start at the wider one, and a late page would pass over all earlier ones.
    if (until !== undefined && Number(last.at) < until) until = undefined;
  }
  if (until !== undefined) bounds.push(`l.at < ${values.add(until)}`);
  return bounds;
}

export interface ExchangeEntries {
  readonly head: StoredExchange;
  readonly key: Buffer | undefined;
  readonly entries: readonly StoredEntry[];
}

const PLACES = `select e.seq, e.month from exchanges e where e.seq = $1
  union all select m.seq, m.month from middles m where m.exchange = $1
  union all select e.end_seq, e.end_month from exchanges e where e.seq = $1 and e.end_seq is not null`;

export async function entries(db: Queryable, exchange: string): Promise<ExchangeEntries | undefined> {
  const [row] = await db.prepared(
    'select seq, state from exchanges where id = $1 order by seq desc limit 1',
    [exchange],
  );
  if (!row) return undefined;
  const rows = await db.prepared(
    `select n.seq, n.header, n.body, n.key from (${PLACES}) p join entries n on n.seq = p.seq and n.month = p.month order by n.seq`,
    [row.seq],
  );
  const begin = rows[0]!.header as Buffer;
  const ended = Number(row.state) >= 2 ? (rows.at(-1)!.header as Buffer) : undefined;
  return {
    head: { seq: Number(row.seq), state: STATES[Number(row.state)]!, begin, end: ended },
    key: (rows.find(({ key }) => key !== null)?.key ?? undefined) as Buffer | undefined,
    entries: rows.map(toEntry),
  };
}

export async function range(db: Queryable, from: number, limit: number): Promise<readonly StoredEntry[]> {
  const rows = await db.prepared(
    'select seq, header, body from entries where seq >= $1 and seq < $2 order by seq',
    [from, from + limit],
  );
  return rows.map(toEntry);
}

export async function acts(
  db: Queryable,
  filter: { readonly since?: number; readonly limit?: number },
): Promise<readonly StoredEntry[]> {
  const rows = await db.prepared(
    `select n.seq, n.header, null as body from (select seq, month, at from acts where at >= $1 order by at desc, seq desc limit $2) a
     join entries n on n.seq = a.seq and n.month = a.month order by a.at desc, a.seq desc`,
    [filter.since ?? 0, pageSize(filter.limit)],
  );
  return rows.map(toEntry);
}

/** Keys, bodies and marks of exchanges that have ended; headers stay. How many there were. */
export async function erase(db: Database, ids: readonly string[]): Promise<number> {
  let erased = 0;
  for (const id of ids) {
    erased += await db.transaction(async (tx) => {
      const [row] = await tx.prepared(
        'select seq, state from exchanges where id = $1 order by seq desc limit 1',
        [id],
      );
      if (!row || Number(row.state) < 2) return 0;
      await tx.prepared(
        `update entries n set key = null, marks = null, body = null from (${PLACES}) p where n.seq = p.seq and n.month = p.month`,
        [row.seq],
      );
      await tx.prepared('delete from marks where seq = $1', [row.seq]);
      return 1;
    });
  }
  return erased;
}

const toEntry = (row: Row): StoredEntry => ({
  seq: Number(row.seq),
  header: row.header as Buffer,
  body: (row.body ?? undefined) as Buffer | undefined,
});

const toExchange = (row: Row): StoredExchange => ({
  seq: Number(row.seq),
  state: STATES[Number(row.state)]!,
  begin: row.begin as Buffer,
  end: (row.end ?? undefined) as Buffer | undefined,
});
