// One writer per ledger. The lock is SQLite's own on an empty database of its own: the operating system lets go of it
// when the process ends, however it ends, so that there are no stale lock files to judge by process ids.
import { DatabaseSync } from 'node:sqlite';
import { LedgerLocked } from '../../errors.ts';
import { isBusy } from './failure.ts';
import { createPrivately } from './schema.ts';

/** Takes the lock, and returns what lets go of it. Throws LedgerLocked when another process, or this one, has it. */
export function lockWriter(path: string): () => void {
  createPrivately(`${path}.lock`);
  const db = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    db.exec('pragma journal_mode = off; begin exclusive');
  } catch (error) {
    db.close();
    throw isBusy(error) ? new LedgerLocked(path) : error;
  }
  return () => db.close();
}
