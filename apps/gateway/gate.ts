// What the steps of the flow share besides the exchange itself: the record, the authenticator, the approvals, the counters.
// Interfaces and one plain object; compose.ts alone fills it.
import type { Authenticator } from '@sluice/identity';
import type { Ledger } from '@sluice/ledger';
import type { Logger } from 'pino';
import type { Approvals } from './approvals/approvals.ts';
import type { Emergency } from './emergency.ts';
import type { Known } from './flow/known.ts';
import type { Keyring } from './keyed.ts';
import type { Limiter } from './limiter.ts';
import type { Metrics } from './metrics.ts';
import type { Runtime } from './runtime.ts';

export interface Gate {
  readonly ledger: Ledger;
  readonly authenticator: Authenticator;
  readonly approvals: Approvals;
  readonly emergency: Emergency;
  readonly limiter: Limiter;
  readonly keyring: Keyring;
  readonly known: Known;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** The configuration in force; a call keeps the one that it began with. */
  runtime(): Runtime;
  /** Page of an approval, for the caller and the approver. */
  approvalUrl(id: string): string;
  /** Calls under way. */
  readonly load: { calls: number };
  now(): number;
}
