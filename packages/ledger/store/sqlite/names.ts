// Interned names: a small number for each text that repeats from exchange to exchange.
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Callers choose model names, so the cache is bounded; the table grows with what was really called. */
const CACHED = 20_000;

export class Names {
  readonly #ids = new Map<string, number>();
  readonly #select: StatementSync;
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#select = db.prepare('select id from names where value = ?');
    this.#insert = db.prepare('insert into names (value) values (?)');
  }

  /** The number of a name, given to it now if it has none. Inside a transaction. */
  id(value: string): number {
    const cached = this.#ids.get(value);
    if (cached !== undefined) return cached;
    const found = this.#select.get(value)?.id ?? this.#insert.run(value).lastInsertRowid;
    if (this.#ids.size >= CACHED) this.#ids.clear();
    this.#ids.set(value, Number(found));
    return Number(found);
  }

  /** After a rollback: numbers that were given in the transaction are not. */
  forget(): void {
    this.#ids.clear();
  }
}
