// Counts changes, so that what was read can be cached until it changes, by whichever process.
import type { DatabaseSync } from 'node:sqlite';

export type Changing = 'keys' | 'switches';

/** To be called in the transaction that makes the change. */
export function bump(db: DatabaseSync, what: Changing): void {
  db.prepare('update changes set n = n + 1 where what = ?').run(what);
}

/**
 * Reads the counts on a connection of its own. `data_version` tells for about a microsecond, from shared memory and
 * without a lock, whether any other connection has committed anything since; the counts are read only then.
 */
export function generations(db: DatabaseSync): (what: Changing) => number {
  const version = db.prepare('pragma data_version');
  const counts = db.prepare('select what, n from changes');
  let seen: unknown;
  const known: Record<Changing, number> = { keys: 0, switches: 0 };
  return (what) => {
    const now = version.get()!.data_version;
    if (now !== seen) {
      for (const row of counts.all()) known[row.what as Changing] = Number(row.n);
      seen = now;
    }
    return known[what];
  };
}
