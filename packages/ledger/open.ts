// Opens a ledger: key, store, recorder and library put together. What they do is elsewhere.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readLogKey } from './checkpoint/keyfile.ts';
import { KeyUnusable } from './errors.ts';
import { evidence } from './evidence/bundle.ts';
import { masterKey } from './keyfile.ts';
import type { Ledger, LedgerObserver } from './ledger.ts';
import { LedgerLibrary } from './library.ts';
import { closeLeftOpen, LedgerRecorder } from './recorder.ts';
import type { PostgresOptions } from './store/postgres/database.ts';
import { masterKeyId } from './store/sqlite/schema.ts';
import { observe, type SqliteOptions, SqliteStore } from './store/sqlite/store.ts';
import type { Observer, Store } from './store.ts';
import { checkTree } from './tree/check.ts';
import { type LogOptions, TransparencyLog } from './tree/log.ts';
import type { TreeStore } from './tree/store.ts';
import { type KeyWrapper, masterWrapper } from './wrapper.ts';

interface KeyOptions {
  /** File of the master key, made at the first start (mode 0600). Whoever loses it loses the content, not the headers. */
  readonly keyFile: string;
}

interface LogPlaces {
  /** Where checkpoints go besides the store. The log's own key is in a file beside the master key. */
  readonly log?: Pick<LogOptions, 'copy' | 'witnesses' | 'onProblem'>;
}

/** An embedded store, or one that several gateways share. */
export type LedgerOptions = KeyOptions & LogPlaces & (SqliteOptions | { readonly postgres: PostgresOptions });
export type StateOptions = KeyOptions &
  (Pick<SqliteOptions, 'path'> | { readonly postgres: PostgresOptions });

/** The file of the log's key: `sluice.log.key` beside `sluice.key`. */
export const logKeyFile = (keyFile: string): string => keyFile.replace(/(\.key)?$/, '.log.key');

/**
 * The ledger as a writer: the only one of an embedded store, one of several of a shared one. Recovers what an earlier run
 * left, and closes exchanges that nobody will end as interrupted. Throws LedgerLocked, KeyUnusable, LedgerDamaged, or
 * RecordUnavailable when the database cannot be reached.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { store, wrapper } = await ('postgres' in options ? openPostgres(options) : openSqlite(options));
  try {
    const log = await openLog(store.tree, options);
    await closeLeftOpen(store, store.leftOpen, Date.now());
    log.start();
    return ledgerOver(store, wrapper, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A new key is made only for a log that none was ever signed for. Throws KeyUnusable or LedgerDamaged. */
async function openLog(store: TreeStore, { keyFile, log }: KeyOptions & LogPlaces): Promise<TransparencyLog> {
  const key = await readLogKey(logKeyFile(keyFile), (await store.vkey(undefined)) === undefined);
  await checkTree(store, key.vkey);
  return new TransparencyLog({ ...log, store, key });
}

interface OpenStore<T> {
  readonly store: T;
  readonly wrapper: KeyWrapper;
}

async function openSqlite(options: KeyOptions & SqliteOptions): Promise<OpenStore<Store>> {
  const wrapper = await openKey(options.keyFile, !existsSync(options.path));
  const store = await SqliteStore.open(options);
  return keyedSqlite(store, wrapper, options.path);
}

async function keyedSqlite<T extends { close(): Promise<void> }>(
  store: T,
  wrapper: KeyWrapper,
  path: string,
): Promise<OpenStore<T>> {
  try {
    check(wrapper, masterKeyId(path, wrapper.id), `The ledger ${path}`);
    return { store, wrapper };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Loaded only where it is used: an embedded ledger starts without the client of a database. */
async function openPostgres({
  postgres,
  keyFile,
}: KeyOptions & { readonly postgres: PostgresOptions }): Promise<OpenStore<Store>> {
  const { PostgresStore } = await import('./store/postgres/store.ts');
  const store = await PostgresStore.open(postgres);
  return keyed(store, store, keyFile);
}

interface NamesKey {
  hasMasterKey(): Promise<boolean>;
  masterKeyId(id: string): Promise<string>;
}

/** A new key is made only by the first gateway of a new ledger; the others are given a copy of it. */
async function keyed<T extends { close(): Promise<void> }>(
  store: T,
  names: NamesKey,
  keyFile: string,
): Promise<OpenStore<T>> {
  try {
    const wrapper = await openKey(keyFile, !(await names.hasMasterKey()));
    check(wrapper, await names.masterKeyId(wrapper.id), 'The ledger in the database');
    return { store, wrapper };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function check(wrapper: KeyWrapper, sealedWith: string, which: string): void {
  if (sealedWith !== wrapper.id)
    throw new KeyUnusable(
      `${which} was sealed with another key (${sealedWith}) than the one in its key file (${wrapper.id}).`,
    );
}

/** The ledger beside its writers, or without one. Throws as `openLedger` does, but never LedgerLocked. */
export async function openState(options: StateOptions): Promise<LedgerObserver> {
  const { store: observer, wrapper } = await ('postgres' in options
    ? observePostgres(options)
    : observeSqlite(options));
  const library = new LedgerLibrary(observer, wrapper);
  return {
    ...observer.state,
    list: (filter) => library.list(filter),
    replay: (id, how) => library.replay(id, how),
    acts: (filter) => library.acts(filter),
    act: (act) => observer.submit(act),
    deriveKey: (purpose) => wrapper.derive(purpose),
    close: () => observer.close(),
  };
}

/** A ledger over any store. */
export function ledgerOver(store: Store, wrapper: KeyWrapper, log: TransparencyLog): Ledger {
  const recorder = new LedgerRecorder(store, wrapper);
  store.onLeftOpen((exchanges) => closeLeftOpen(store, exchanges, Date.now()));
  const library = new LedgerLibrary(store, wrapper);
  return {
    ...store.state,
    log,
    evidence: (order) => evidence(store, log, order),
    get available() {
      return recorder.available;
    },
    begin: (start, content) => recorder.begin(start, content),
    step: (exchange, step, details) => recorder.step(exchange, step, details),
    piece: (exchange, side, at, bytes) => recorder.piece(exchange, side, at, bytes),
    drained: () => recorder.drained(),
    finish: (exchange, end, content) => recorder.finish(exchange, end, content),
    act: (act) => recorder.act(act),
    list: (filter) => library.list(filter),
    replay: (id, how) => library.replay(id, how),
    acts: (filter) => library.acts(filter),
    deriveKey: (purpose) => wrapper.derive(purpose),
    erase: (exchanges) => store.erase(exchanges),
    close: async () => {
      recorder.close();
      await log.close();
      await store.close();
    },
  };
}

async function observeSqlite({ path, keyFile }: KeyOptions & { readonly path: string }) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const wrapper = await openKey(keyFile, !existsSync(path));
  return keyedSqlite(observe(path), wrapper, path);
}

async function observePostgres({
  postgres,
  keyFile,
}: KeyOptions & { readonly postgres: PostgresOptions }): Promise<OpenStore<Observer>> {
  const { observe: observeDatabase } = await import('./store/postgres/store.ts');
  const observer = await observeDatabase(postgres);
  return keyed(observer, observer, keyFile);
}

/** A new key is made only for a new ledger: beside an old one it would hide that the right one is missing. */
async function openKey(keyFile: string, isNew: boolean): Promise<KeyWrapper> {
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  return masterWrapper(await masterKey(keyFile, isNew));
}
