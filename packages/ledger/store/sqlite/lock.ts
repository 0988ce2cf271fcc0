// One writer per ledger. The lock is SQLite's own on an empty database of its own: the operating system lets go of it
// when the process ends, however it ends, so that there are no stale lock files to judge by process ids.
import { DatabaseSync } from 'node:sqlite';
import { LedgerLocked } from '../../errors.ts';
import { isBusy } from './failure.ts';

/** Takes the lock, and returns what lets go of it. Throws LedgerLocked when another process, or this one, has it. */
export function lockWriter(path: string): () => void {
  const db = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    db.exec(
      'pragma locking_mode = exclusive; begin exclusive; create table if not exists writer (one integer)',
    );
  } catch (error) {
    db.close();
    throw isBusy(error) ? new LedgerLocked(path) : error;
  }
  return () => db.close();
}
