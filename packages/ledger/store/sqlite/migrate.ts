// Brings a database of an earlier layout up to date, inside the transaction that creates what is missing. Forward only.
import type { DatabaseSync } from 'node:sqlite';
import { type Header, parseHeader } from '../../entry.ts';
import { beginTerms, endTerms, isBeside, measures, stepTerms, type Term } from '../../search.ts';
import { Chunks } from './chunks.ts';
import { Names } from './names.ts';

const STEPS: Readonly<Record<string, (db: DatabaseSync) => void>> = { 1: indexFields };

export function migrate(db: DatabaseSync): void {
  const version = () => String(db.prepare("select value from meta where name = 'version'").get()?.value);
  for (let step = STEPS[version()]; step; step = STEPS[version()]) {
    step(db);
    db.exec("update meta set value = cast(value as integer) + 1 where name = 'version'");
  }
}

/**
 * Exchanges are found by group, policy, approval, error, size and latency too: made from their headers. Hashes of values are
 * in sealed bodies, so that values are found in what is recorded from now on.
 */
function indexFields(db: DatabaseSync): void {
  db.exec('alter table exchanges add column size integer; alter table exchanges add column latency integer');
  const names = new Names(db);
  const read = new Chunks(db).reader(false);
  const found = db.prepare('insert or ignore into found values (?, ?, ?)');
  const middles = db.prepare('select seq from middles where exchange = ? order by seq');
  const measured = db.prepare('update exchanges set size = ?, latency = ? where seq = ?');
  const rows = db.prepare('select seq, at, end_seq from exchanges where seq > ? order by seq limit 1000');
  for (let page = rows.all(-1); page.length > 0; page = rows.all(page.at(-1)!.seq!))
    for (const row of page) {
      const [seq, at] = [Number(row.seq), Number(row.at)];
      const entries = [seq, ...middles.all(seq).map((middle) => Number(middle.seq))];
      if (row.end_seq !== null) entries.push(Number(row.end_seq));
      for (const entry of entries) {
        const header = parseHeader(read(entry)!.header);
        for (const term of termsOf(header, at)) if (isBeside(term)) found.run(names.id(term), at, seq);
        if (header.kind !== 'end') continue;
        const { size, latency } = measures(header, at);
        measured.run(size, latency, seq);
      }
    }
}

function termsOf(header: Header, beganAt: number): Iterable<Term> {
  if (header.kind === 'begin') return beginTerms(header);
  if (header.kind === 'step') return stepTerms(header);
  return header.kind === 'end' ? endTerms(header, beganAt) : [];
}
