// What the parts of the state work with: the database, who this gateway is, and how a change is counted and told.
import type { Changing } from '../../../ledger.ts';
import type { Database, Queryable } from '../database.ts';
import { bump, type Notices } from '../notices.ts';

export interface StateContext {
  readonly db: Database;
  readonly notices: Notices;
  /** Id of this gateway; 0 for a process that is none. */
  gateway(): number;
  /** One transaction; when it changed something, that is counted in it and told with its commit. */
  changing<T>(
    what: Changing,
    work: (tx: Queryable) => Promise<{ readonly changed: boolean; readonly result: T }>,
  ): Promise<T>;
}

export function stateContext(db: Database, notices: Notices, gateway: () => number): StateContext {
  return {
    db,
    notices,
    gateway,
    async changing(what, work) {
      const { n, result } = await db.transaction(async (tx) => {
        const { changed, result } = await work(tx);
        return { n: changed ? await bump(tx, db.schema, what) : 0, result };
      });
      notices.made(what, n);
      return result;
    },
  };
}
