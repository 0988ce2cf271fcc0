// Learns what changes in the database: told at once (LISTEN), and asks again by itself in case that nobody tells.
import type { Changing } from '../../ledger.ts';
import type { Database, Queryable, Session } from './database.ts';

/** To be called in the transaction that makes the change; gives the new count. */
export async function bump(tx: Queryable, schema: string, what: Changing): Promise<number> {
  const [row] = await tx.prepared('update changes set n = n + 1 where what = $1 returning n', [what]);
  await tx.prepared('select pg_notify($1, $2)', [schema, what]);
  return Number(row!.n);
}

export class Notices {
  readonly #db: Database;
  readonly #known = new Map<string, number>();
  readonly #listeners: ((what: Changing) => void)[] = [];
  #session: Session | undefined;
  #connecting: Promise<void> | undefined;
  #closed = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Changes with every change that this process has learned of. */
  generation(what: Changing): number {
    return this.#known.get(what) ?? 0;
  }

  onChange(listener: (what: Changing) => void): void {
    this.#listeners.push(listener);
  }

  /** This process has made a change itself: nobody has to tell it. */
  made(what: Changing, n: number): void {
    if (n <= this.generation(what)) return;
    this.#known.set(what, n);
    for (const listener of this.#listeners) listener(what);
  }

  /** Asks the database what has changed, and listens anew where the connection for it was lost. */
  async poll(): Promise<void> {
    if (!this.#session && !this.#closed) await (this.#connecting ??= this.#listen());
    for (const { what, n } of await this.#db.prepared('select what, n from changes', []))
      this.made(what as Changing, Number(n));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connecting?.catch(() => undefined);
    await this.#session?.end();
  }

  async #listen(): Promise<void> {
    try {
      const session = await this.#db.session();
      session.onEnd(() => (this.#session = undefined));
      session.onNotice((what) => {
        // Approvals are not counted: whoever waits for one looks at it again.
        if (what === 'approvals') for (const listener of this.#listeners) listener('approvals');
        // What cannot be asked now is asked by the next poll.
        else this.poll().catch(() => undefined);
      });
      await session.query(`listen ${this.#db.schema}`);
      this.#session = session;
      if (this.#closed) await session.end();
    } finally {
      this.#connecting = undefined;
    }
  }
}
