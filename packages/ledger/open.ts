// Opens a ledger: key, store, recorder and library put together. What they do is elsewhere.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeyUnusable } from './errors.ts';
import { masterKey } from './keyfile.ts';
import type { Ledger, LedgerObserver } from './ledger.ts';
import { LedgerLibrary } from './library.ts';
import { closeLeftOpen, LedgerRecorder } from './recorder.ts';
import { masterKeyId } from './store/sqlite/schema.ts';
import { observe, type SqliteOptions, SqliteStore } from './store/sqlite/store.ts';
import type { Store } from './store.ts';
import { type KeyWrapper, masterWrapper } from './wrapper.ts';

export interface LedgerOptions extends SqliteOptions {
  /** File of the master key, made at the first start (mode 0600). Whoever loses it loses the content, not the headers. */
  readonly keyFile: string;
}

/**
 * The ledger at `path`, as its only writer. Recovers what an earlier run left, and closes its open exchanges as
 * interrupted. Throws LedgerLocked, KeyUnusable or LedgerDamaged.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const wrapper = await openKey(options);
  const store = await SqliteStore.open(options);
  try {
    checkKey(options.path, wrapper);
    await closeLeftOpen(store, Date.now());
  } catch (error) {
    await store.close();
    throw error;
  }
  return ledgerOver(store, wrapper);
}

/** The ledger at `path` beside its writer, or without one. Throws KeyUnusable or LedgerDamaged. */
export async function openState(options: Pick<LedgerOptions, 'path' | 'keyFile'>): Promise<LedgerObserver> {
  const wrapper = await openKey(options);
  const observer = observe(options.path);
  try {
    checkKey(options.path, wrapper);
  } catch (error) {
    await observer.close();
    throw error;
  }
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
export function ledgerOver(store: Store, wrapper: KeyWrapper): Ledger {
  const recorder = new LedgerRecorder(store, wrapper);
  const library = new LedgerLibrary(store, wrapper);
  return {
    ...store.state,
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
    close: () => {
      recorder.close();
      return store.close();
    },
  };
}

/** A new key is made only for a new ledger: beside an old one it would hide that the right one is missing. */
async function openKey({ path, keyFile }: Pick<LedgerOptions, 'path' | 'keyFile'>): Promise<KeyWrapper> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  return masterWrapper(await masterKey(keyFile, !existsSync(path)));
}

function checkKey(path: string, wrapper: KeyWrapper): void {
  if (masterKeyId(path, wrapper.id) !== wrapper.id)
    throw new KeyUnusable(`The ledger ${path} was sealed with another key than the one in its key file.`);
}
