// Which of SQLite's errors mean "not now", by their result codes (https://sqlite.org/rescode.html).
import { RecordUnavailable } from '../../errors.ts';

const BUSY = 5;
const LOCKED = 6;
const CODES = new Map([
  [BUSY, 'the database is busy'],
  [LOCKED, 'the database is busy'],
  [7, 'memory is exhausted'],
  [8, 'the database is read-only'],
  [10, 'the disk reports an error'],
  [13, 'the disk is full'],
  [14, 'the database cannot be opened'],
]);

/** Primary result code, or undefined when it is not an error of SQLite. */
function code(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return undefined;
  return error.errcode & 0xff;
}

export const isBusy = (error: unknown): boolean => [BUSY, LOCKED].includes(code(error) ?? -1);

/** A RecordUnavailable for what may pass; anything else (a broken constraint, a mistake) as it is. */
export function mapped(error: unknown): unknown {
  const why = CODES.get(code(error) ?? -1);
  return why === undefined ? error : new RecordUnavailable(why, { cause: error });
}
