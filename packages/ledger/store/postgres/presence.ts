// Which gateways live. Each shows it by a number that it keeps changing; one whose number has stood still for a whole lease,
// as seen by a gateway that was connected all the while, has ended: it can append no more, and what it left open is told.
// No clock is compared with another.
import { hostname } from 'node:os';
import type { Database } from './database.ts';
import { LOCKS } from './migrate.ts';

export class Presence {
  readonly #db: Database;
  readonly #leaseMs: number;
  readonly #seen = new Map<number, { readonly beat: number; readonly since: number }>();

  constructor(db: Database, leaseMs: number) {
    this.#db = db;
    this.#leaseMs = leaseMs;
  }

  async register(): Promise<number> {
    const name = `${hostname()}/${process.pid}`;
    return Number(
      (await this.#db.query('insert into gateways (name) values ($1) returning id', [name]))[0]!.id,
    );
  }

  /** Shows that `mine` lives, and ends those that have not for a lease. False when others have ended `mine`. */
  async beat(mine: number): Promise<boolean> {
    const [own] = await this.#db.prepared(
      'update gateways set beat = beat + 1 where id = $1 and not ended returning id',
      [mine],
    );
    const now = performance.now();
    const rows = await this.#db.prepared('select id, beat from gateways where not ended and id <> $1', [
      mine,
    ]);
    const living = new Set(rows.map(({ id }) => Number(id)));
    for (const id of this.#seen.keys()) if (!living.has(id)) this.#seen.delete(id);
    for (const { id, beat } of rows) {
      const seen = this.#seen.get(Number(id));
      if (seen?.beat !== Number(beat)) this.#seen.set(Number(id), { beat: Number(beat), since: now });
      else if (now - seen.since >= this.#leaseMs) await this.end(Number(id), seen.beat);
    }
    return own !== undefined;
  }

  /** What was seen before the connection was lost proves nothing. */
  forget(): void {
    this.#seen.clear();
  }

  /** With `beat`, only if it still stands there. Attempts of approvals that were under way are given back. */
  async end(id: number, beat?: number): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const [ended] = await tx.query(
        'update gateways set ended = true where id = $1 and not ended and ($2::bigint is null or beat = $2) returning id',
        [id, beat ?? null],
      );
      if (!ended) return;
      const freed = await tx.query('update approvals set busy = null where busy = $1 returning id', [id]);
      if (freed.length > 0) await tx.query("select pg_notify($1, 'approvals')", [this.#db.schema]);
    });
  }

  /** Exchanges without an end whose gateway has ended; the index must have caught up. In the order of their begin. */
  async leftOpen(): Promise<readonly string[]> {
    const rows = await this.#db.prepared(
      'select e.id from exchanges e where e.state < 2 and not exists (select from gateways g where g.id = e.gateway and not g.ended) order by e.seq',
      [],
    );
    return rows.map(({ id }) => String(id));
  }

  /** Runs `work` unless another gateway is at it. The lock ends with the connection, however that ends. */
  async alone(work: () => Promise<void>): Promise<void> {
    const session = await this.#db.session();
    try {
      const [row] = await session.query('select pg_try_advisory_lock($1, hashtext($2)) as got', [
        LOCKS.close,
        this.#db.schema,
      ]);
      if (row!.got === true) await work();
    } finally {
      await session.end();
    }
  }
}
