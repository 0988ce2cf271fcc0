// The tables. It must not know entries or how rows come about.
//
// Entries are kept in chunks, as they were applied: their headers in one blob and their bodies in another, so that an
// exchange costs few rows, headers never change, and bodies can be erased without touching them. Names that repeat
// (principals, connections, models, kinds) are interned, which keeps seven indexes at a few bytes a row.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { hasCode, LedgerDamaged } from '../../errors.ts';
import { migrate } from './migrate.ts';
import { TREE_TABLES } from './tree-tables.ts';

/** Kept in `meta`; a database of another version is refused rather than guessed at. */
const VERSION = '2';

const TABLES = `
create table if not exists meta (name text primary key, value text not null) strict, without rowid;
create table if not exists applied (one integer primary key check (one = 1), next_seq integer not null, oldest_open integer not null) strict;

create table if not exists heads (first integer primary key, count integer not null, compressed integer not null,
  headers blob not null) strict;
create table if not exists bodies (first integer primary key, bytes blob not null) strict;
create table if not exists keys_wrapped (exchange integer primary key, wrapped blob not null) strict;

create table if not exists names (id integer primary key, value text not null unique) strict;
create table if not exists exchanges (
  seq integer primary key, id text not null, at integer not null, end_seq integer, state integer not null,
  principal integer not null, connection integer not null, operation integer not null,
  model integer not null, verdict integer not null, size integer, latency integer) strict;
create index if not exists exchange_ids on exchanges (id);
create index if not exists exchanges_by_time on exchanges (at);
create index if not exists exchanges_by_principal on exchanges (principal, at);
create index if not exists exchanges_by_connection on exchanges (connection, at);
create index if not exists exchanges_by_operation on exchanges (operation, at);
create index if not exists exchanges_by_model on exchanges (model, at);
create index if not exists exchanges_by_verdict on exchanges (verdict, at);
create table if not exists found (kind integer, at integer, seq integer, primary key (kind, at, seq)) strict, without rowid;
create table if not exists marks (mark blob, at integer, seq integer, primary key (mark, at, seq)) strict, without rowid;
create index if not exists marks_by_exchange on marks (seq);
create table if not exists middles (exchange integer, seq integer, primary key (exchange, seq)) strict, without rowid;
create table if not exists acts (seq integer primary key, at integer not null) strict;
create index if not exists acts_by_time on acts (at);
create table if not exists inbox (id integer primary key autoincrement, act text not null) strict;

create table if not exists changes (what text primary key, n integer not null) strict, without rowid;
insert or ignore into changes values ('keys', 0), ('switches', 0);

create table if not exists gateway_keys (
  id text primary key, name text not null, hash text not null unique, owner text not null, groups text not null,
  connections text, created_at integer not null, expires_at integer, revoked_at integer) strict;

create table if not exists approvals (
  id text primary key, digest text not null, exchange text not null, principal text not null, person text not null,
  connection text not null, operation text not null, model text not null, policy text not null,
  rules text not null, findings text not null, groups text not null, minimum integer not null,
  created_at integer not null, expires_at integer not null, status text not null,
  attempts integer not null default 0, busy integer not null default 0, closed_at integer) strict;
create index if not exists approvals_by_digest on approvals (digest);
create index if not exists approvals_by_status on approvals (status, created_at);
create index if not exists approvals_pending on approvals (principal) where status = 'pending';
create table if not exists votes (
  approval text not null, person text not null, approve integer not null, at integer not null, reason text not null,
  primary key (approval, person)) strict;
create table if not exists grants (
  id text primary key, person text not null, connection text not null, rule text not null, until integer not null,
  approvers text not null, reason text not null, revoked integer not null default 0) strict;
create index if not exists grants_by_person on grants (person, connection);

create table if not exists stops (
  connection text primary key, stopped_by text not null, at integer not null, reason text not null) strict;
create table if not exists glasses (
  id text primary key, subject text not null, connection text not null, reason text not null,
  requested_by text not null, confirmed_by text, minutes integer not null, until integer,
  closed integer not null default 0) strict;
`;

/** Waits this long for another process (the command line beside a gateway) to finish its transaction. */
const BUSY_MS = 5000;

/**
 * SQLite makes files as the umask says, and gives the files beside a database the database's mode. A file that exists
 * is not even opened: closing it would drop every lock that this process has on it (POSIX fcntl(2)).
 */
export function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/** Creates the tables where they are missing. */
export function createSchema(path: string): void {
  const db = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    db.exec('pragma page_size = 16384; pragma journal_mode = wal; pragma synchronous = full');
    db.exec(`begin immediate; ${TABLES} ${TREE_TABLES} insert or ignore into meta values ('version', '${VERSION}');
      insert or ignore into applied values (1, 0, 0)`);
    migrate(db);
    db.exec('commit');
    const found = db.prepare("select value from meta where name = 'version'").get();
    if (found?.value !== VERSION)
      throw new LedgerDamaged(`${path} has a layout that this version does not know.`);
  } finally {
    db.close();
  }
}

/**
 * `durable` commits are on disk when they return. The others are as durable as the last checkpoint or durable commit on
 * the same file, which is enough for what the journal still holds.
 */
export function connect(path: string, commits: 'durable' | 'behind' | 'none'): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_MS, readOnly: commits === 'none' });
  db.exec(`pragma synchronous = ${commits === 'durable' ? 'full' : 'normal'}; pragma secure_delete = on;
    pragma cache_size = -16000; pragma wal_autocheckpoint = 1000; pragma journal_size_limit = 67108864`);
  return db;
}

/** The master key this ledger is sealed with, by name: set by the first who asks. */
export function masterKeyId(path: string, id: string): string {
  const db = connect(path, 'durable');
  try {
    db.prepare("insert or ignore into meta values ('master key', ?)").run(id);
    return String(db.prepare("select value from meta where name = 'master key'").get()!.value);
  } finally {
    db.close();
  }
}

/** Runs `work` in a transaction that takes the write lock at once; rolls back when it throws. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('begin immediate');
  try {
    const result = work();
    db.exec('commit');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}
