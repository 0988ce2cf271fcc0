// Which of PostgreSQL's errors mean "not now". Those without a code of the server's are of the connection, and do.
// Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
import { DatabaseError } from 'pg';
import { RecordUnavailable } from '../../errors.ts';

/** By class (two characters) or whole code; a whole code goes first. */
const WHY: Readonly<Record<string, string>> = {
  '08': 'the connection to the database is lost',
  '25006': 'the database is read-only',
  '28': 'the database does not let this user in',
  '3D': 'there is no such database',
  '40': 'the database was busy with another change',
  '42501': 'this user of the database may not do that',
  '53': 'the database is out of room',
  '55P03': 'the database is busy',
  '57': 'the database is going down or starting',
  '58': 'the system of the database reports an error',
};

/** What `sluice_append` raises for a gateway whose lease has run out. */
const DISOWNED = 'SL001';

const codeOf = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined;

export const isDisowned = (error: unknown): boolean => codeOf(error) === DISOWNED;

/** A row found no partition to go to. */
export const lacksPartition = (error: unknown): boolean =>
  codeOf(error) === '23514' && (error as DatabaseError).table === 'entries';

/** A RecordUnavailable for what may pass; anything else (a broken constraint, a mistake) as it is. */
export function mapped(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const why = WHY[error.code ?? ''] ?? WHY[error.code?.slice(0, 2) ?? ''];
  return why === undefined ? error : new RecordUnavailable(why, { cause: error });
}

/** For errors that came out of talking to the server: what is not the server's own word is the connection's end. */
export function mappedTalk(error: unknown): unknown {
  if (error instanceof DatabaseError) return mapped(error);
  if (error instanceof RecordUnavailable) return error;
  return new RecordUnavailable('the database cannot be reached', { cause: error });
}
