// The record: what the rest of the gateway may use of it.

export { COSIGNATURE, type NoteKey, parseVkey } from './checkpoint/keys.ts';
export { type Witness, WitnessError } from './checkpoint/witness.ts';
export { KeyUnusable, LedgerDamaged, LedgerLocked, RecordUnavailable } from './errors.ts';
export type * from './ledger.ts';

export { parseTilePath } from './merkle/tiles.ts';
export { type LedgerOptions, openLedger, openState, type StateOptions } from './open.ts';
export { policyAct } from './policy-text.ts';

export { exchangeId } from './random.ts';
export type { StoredCheckpoint } from './tree/store.ts';
