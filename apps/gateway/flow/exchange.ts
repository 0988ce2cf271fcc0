// The stages of one exchange. Each step of the flow takes a stage and returns a wider one, so that the order is in the types:
// `forward` takes only a `Cleared` exchange, which needs a receipt and a passing verdict. No behaviour but `widen`.
import type { Receipt } from '@sluice/ledger';
import type { Claim, DecodedRequest, RequestHead } from '@sluice/protocols';
import type { LaneFinding, Principal, Treatment, Verdict } from '@sluice/types';
import type { Caller } from '../caller.ts';
import type { Connection, PolicyRuntime, Runtime } from '../runtime.ts';

export interface Arrived {
  /** What the caller sees as `x-sluice-session`. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The configuration in force when the call arrived; a reload does not touch calls in flight. */
  readonly runtime: Runtime;
  readonly connection: Connection;
  readonly head: RequestHead;
  readonly caller: Caller;
}

export interface Authenticated extends Arrived {
  readonly principal: Principal;
}

export interface Claimed extends Authenticated {
  readonly claim: Claim;
}

export interface Received extends Claimed {
  /** The body as inspected: content codings already undone. */
  readonly body: Buffer;
}

export interface Decoded extends Received {
  readonly request: DecodedRequest;
}

export interface Authorized extends Decoded {
  readonly policy: PolicyRuntime;
  /** Someone may pass in observe mode for a while, by a break-glass: its id. */
  readonly glass: string | undefined;
}

/** A finding with what the policy said of it. */
export interface Treated {
  readonly finding: LaneFinding;
  readonly treatment: Treatment;
}

export interface Inspected extends Authorized {
  readonly promptFindings: readonly Treated[];
  /** The body as it may be forwarded; the same object as `body` when nothing was changed. */
  readonly forwardable: Buffer;
  /** Stand-ins made by `tokenize` in this request, to be turned back for this caller alone. */
  readonly standIns: ReadonlyMap<string, string>;
}

export interface Decided extends Inspected {
  readonly verdict: Verdict;
}

export interface Recorded extends Decided {
  readonly receipt: Receipt;
}

declare const passing: unique symbol;

/** Made only by ./clear.ts: the verdict passes, or a person has let it pass. */
export interface Clearance {
  readonly [passing]: true;
  /** The approval to be consumed before the first byte of the answer. */
  readonly approval: string | undefined;
}

export interface Cleared extends Recorded {
  readonly clearance: Clearance;
}

/** The same exchange, one stage further. */
export function widen<S extends object, T extends object>(stage: S, more: T): S & T {
  return Object.assign(stage, more);
}
