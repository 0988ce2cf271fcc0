// What the policy package gives to the gateway. Pure: a document and facts in, decisions out.
import type { Direction, Finding, LaneFinding, Principal, Treatment, Verdict } from '@sluice/types';

/** A policy with `extends` applied, defaults filled in, and frozen. The full type is in ./resolve.ts. */
export interface PolicyView {
  readonly name: string;
  /** SHA-256 over the canonical form of the resolved document, supplied by whoever resolves it (this package has no cryptography). */
  readonly hash: string;
}

export interface CallFacts {
  readonly principal: Principal;
  readonly connection: string;
  readonly operation: string;
  readonly model: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Answers which rule decides for a finding: the strictest of the rules that match it, unless an exception allows it. */
export type Treat = (finding: Finding) => Treatment;

export type Access =
  | { readonly allowed: true; readonly policy: string; readonly rule: number }
  | { readonly allowed: false; readonly why: string };

/** The one table from actions to verdicts is in ./decide.ts. */
export type Decide = (direction: Direction, findings: readonly { finding: LaneFinding; treatment: Treatment }[]) => Verdict;
