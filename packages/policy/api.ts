// What the policy package gives to the gateway. Pure: a document and facts in, decisions out.
import type { Finding, Principal, Treatment } from '@sluice/types';

/** A policy with `extends` applied, defaults filled in, and frozen. The full type is in ./resolved.ts. */
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

/**
 * Answers what is done with a finding: what the strictest of the rules that match it says, unless an exception allows it.
 * `value` is the matched text as the view reads it; it is looked at and not kept.
 */
export type Treat = (finding: Finding, value: string) => Treatment;

export type Access =
  | { readonly allowed: true; readonly policy: string; readonly rule: number }
  | { readonly allowed: false; readonly why: string };
