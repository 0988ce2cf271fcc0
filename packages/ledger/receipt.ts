// Makes receipts. Only the recorder imports `receipt`; everyone else can only be handed one.

const durable: unique symbol = Symbol('durable');

/** Proof that an entry is durable (fsync returned). Only the ledger makes one; `forward` demands it. */
export interface Receipt {
  readonly [durable]: true;
  readonly exchange: string;
  /** Position of the entry in the ledger, from 0 without gaps. */
  readonly seq: number;
}

/** To be called with the sequence number that the store returned once the entry was durable, and never before. */
export function receipt(exchange: string, seq: number): Receipt {
  return { [durable]: true, exchange, seq };
}
