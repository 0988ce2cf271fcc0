// Acts handed over by processes beside the writer: durable rows until the writer has made entries of them.
import type { DatabaseSync } from 'node:sqlite';
import type { AdminAct } from '../../ledger.ts';

export interface Submitted {
  readonly id: number;
  readonly act: AdminAct;
}

export function submit(db: DatabaseSync, act: AdminAct): void {
  db.prepare('insert into inbox (act) values (?)').run(JSON.stringify(act));
}

/** Reads what was not handed out before. Rows go when their entry is applied, in the same transaction. */
export function inbox(db: DatabaseSync): () => readonly Submitted[] {
  const version = db.prepare('pragma data_version');
  const select = db.prepare('select id, act from inbox where id > ? order by id limit 1000');
  let seen: unknown;
  let last = 0;
  return () => {
    const now = version.get()!.data_version;
    if (now === seen) return [];
    const rows = select
      .all(last)
      .map((row) => ({ id: Number(row.id), act: JSON.parse(String(row.act)) as AdminAct }));
    last = rows.at(-1)?.id ?? last;
    if (rows.length < 1000) seen = now;
    return rows;
  };
}
