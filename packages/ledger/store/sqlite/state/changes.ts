// Counts changes, so that what was read can be cached until it changes, by whichever process.
import type { DatabaseSync } from 'node:sqlite';

export type Changing = 'keys' | 'switches';

/** To be called in the transaction that makes the change. */
export function bump(db: DatabaseSync, what: Changing): void {
  db.prepare('update changes set n = n + 1 where what = ?').run(what);
}

/** What is asked on every call. */
export interface Generations {
  of(what: Changing): number;
  /** This process has made a change, or may have: the next question is asked of the database. */
  forget(): void;
}

/**
 * Milliseconds for which an answer stands. Asking costs some 30 µs of locks and system calls; a change made by another
 * process is seen this much later.
 */
const STANDS = 10;

/**
 * Reads the counts on a connection of its own. `data_version` tells, without reading a page, whether any other connection
 * has committed anything since; the counts are read only then.
 */
export function generations(db: DatabaseSync): Generations {
  const version = db.prepare('pragma data_version');
  const counts = db.prepare('select what, n from changes');
  let seen: unknown;
  let askedAt = Number.NEGATIVE_INFINITY;
  const known: Record<Changing, number> = { keys: 0, switches: 0 };
  return {
    of: (what) => {
      const time = performance.now();
      if (time - askedAt < STANDS) return known[what];
      const now = version.get()!.data_version;
      if (now !== seen) {
        for (const row of counts.all()) known[row.what as Changing] = Number(row.n);
        seen = now;
      }
      askedAt = time;
      return known[what];
    },
    forget: () => {
      askedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
