// What can go wrong with the record, as types. No message holds a value of an exchange.

/**
 * An entry cannot be made durable now (full disk, failing device, another process holds the database too long).
 * The caller is refused with `record_unavailable`; a later attempt may succeed.
 */
export class RecordUnavailable extends Error {
  override readonly name = 'RecordUnavailable';
  readonly why: string;
  constructor(why: string, options?: ErrorOptions) {
    super(`The record cannot be written: ${why}.`, options);
    this.why = why;
  }
}

/** Another process (or another ledger of this process) is the writer of this ledger. Open its state instead. */
export class LedgerLocked extends Error {
  override readonly name = 'LedgerLocked';
  constructor(path: string) {
    super(`Another process is writing the ledger ${path}.`);
  }
}

/** The key that seals the ledger is missing, malformed, readable by others, or not the one it was sealed with. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable';
}

/** What is on disk contradicts itself beyond what a crash can cause. Nothing is repaired by guessing. */
export class LedgerDamaged extends Error {
  override readonly name = 'LedgerDamaged';
}

/** True for an error of the operating system with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
