// Brings the layout up to date, once, however many gateways start at the same time; and makes the months' partitions.
import { LedgerDamaged } from '../../errors.ts';
import type { Database, Queryable } from './database.ts';
import { MIGRATIONS } from './migrations.tables.ts';

/** Namespaces of advisory locks, so that those of different purposes never meet. */
export const LOCKS = { migrate: 7001, close: 7002, lease: 7003, attach: 7004 } as const;

/** `steps`: how far, for tests of older layouts. Throws LedgerDamaged for a layout that is newer than this version. */
export async function migrate(db: Database, steps: readonly string[] = MIGRATIONS): Promise<void> {
  const session = await db.session();
  try {
    await session.query('select pg_advisory_lock($1, hashtext($2))', [LOCKS.migrate, db.schema]);
    const [known] = await session.query('select 1 from pg_namespace where nspname = $1', [db.schema]);
    if (!known) await session.query(`create schema ${db.schema}`);
    await session.query('create table if not exists meta (name text primary key, value text not null)');
    const [row] = await session.query("select value from meta where name = 'version'");
    const found = Number(row?.value ?? 0);
    if (found > MIGRATIONS.length)
      throw new LedgerDamaged(`The database has layout ${found}, which is newer than this version knows.`);
    for (let version = found; version < steps.length; version++) {
      // Several statements in one simple query are one transaction.
      await session.query(`begin; ${steps[version]};
        insert into meta values ('version', '${version + 1}') on conflict (name) do update set value = excluded.value; commit`);
    }
    await makePartitions(session);
  } finally {
    await session.end();
  }
}

/** Months ahead of the present one for which there is a partition. */
const AHEAD = 2;

/** The months that need a partition: by the clock of the database, and whatever the counter has reached. */
export async function makePartitions(db: Queryable): Promise<void> {
  const rows = await db.query(
    `select extract(year from m)::integer * 100 + extract(month from m)::integer as month
     from generate_series(now(), now() + $1 * interval '1 month', interval '1 month') as m
     union select month from counter where month > 0`,
    [AHEAD],
  );
  for (const { month } of rows)
    await db.query(
      `create table if not exists entries_${Number(month)} partition of entries for values in (${Number(month)})`,
    );
}

/** The master key this ledger is sealed with, by name: set by the first who asks. */
export async function masterKeyId(db: Queryable, id: string): Promise<string> {
  await db.query("insert into meta values ('master key', $1) on conflict do nothing", [id]);
  return String((await db.query("select value from meta where name = 'master key'"))[0]!.value);
}

export async function hasMasterKey(db: Queryable): Promise<boolean> {
  return (await db.query("select 1 from meta where name = 'master key'")).length > 0;
}
