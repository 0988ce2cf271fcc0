// Erases what exchanges said: their data keys, their sealed bodies and the marks of values. Headers, and so every proof, stay as they are.
import type { DatabaseSync } from 'node:sqlite';
import { ENDED_STATES } from './apply.ts';
import { Chunks } from './chunks.ts';
import { transaction } from './schema.ts';

/**
 * Returns how many there were. An exchange that has not ended is left alone. The connection's `secure_delete` has the
 * freed rows overwritten; a journal segment keeps a wrapped key until it is used again.
 */
export function erase(db: DatabaseSync, exchanges: readonly string[]): number {
  const chunks = new Chunks(db);
  const find = db.prepare('select seq, state, end_seq from exchanges where id = ? order by seq desc');
  const middles = db.prepare('select seq from middles where exchange = ?');
  const dropKey = db.prepare('delete from keys_wrapped where exchange = ?');
  const dropMarks = db.prepare('delete from marks where seq = ?');
  let erased = 0;
  for (const id of exchanges) {
    transaction(db, () => {
      const row = find.get(id);
      if (!row || !ENDED_STATES.includes(Number(row.state))) return;
      const seq = Number(row.seq);
      chunks.wipe([seq, ...middles.all(seq).map((middle) => Number(middle.seq)), Number(row.end_seq)]);
      dropKey.run(seq);
      dropMarks.run(seq);
      erased++;
    });
  }
  return erased;
}
