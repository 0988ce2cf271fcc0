// What a durable write costs here: one append with fsync, and one SQLite commit, on the file system that the record is on.
// It must not know the ledger.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Quantiles } from '../load/orders.ts';
import { quantiles } from '../load/quantiles.ts';

const ENTRY = Buffer.alloc(4_096, 'x');

/** Milliseconds of one 4 KB append and fsync. */
export function fsyncCost(folder: string, times: number): Quantiles {
  const file = openSync(join(folder, 'fsync.bin'), 'a');
  const samples = repeat(times, () => {
    writeSync(file, ENTRY);
    fsyncSync(file);
  });
  closeSync(file);
  return quantiles(samples);
}

/** Milliseconds of one SQLite transaction (write-ahead log, synchronous=FULL) with 2 KB in it. */
export function commitCost(folder: string, times: number): Quantiles {
  const database = new DatabaseSync(join(folder, 'commit.db'));
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry (body BLOB)');
  const insert = database.prepare('INSERT INTO entry VALUES (?)');
  const body = ENTRY.subarray(0, 2_048);
  const samples = repeat(times, () => insert.run(body));
  database.close();
  return quantiles(samples);
}

function repeat(times: number, act: () => void): number[] {
  return Array.from({ length: times }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
}
