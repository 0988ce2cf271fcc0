// The record: what the rest of the gateway may use of it.

export { KeyUnusable, LedgerDamaged, LedgerLocked, RecordUnavailable } from './errors.ts';
export type * from './ledger.ts';
export { type LedgerOptions, openLedger, openState } from './open.ts';
export { exchangeId } from './random.ts';
