// Actions, masks and verdicts: what a rule can do, and what the actions of an exchange add up to.

/** What a rule does. `allow` is an exception: it silences the other rules for that finding. */
export type Action = 'allow' | 'flag' | 'mask' | 'tokenize' | 'strip' | 'approve' | 'block';

/**
 * How strict an action is: of several that apply to a span, the highest wins. `mask` outranks `tokenize`, because a
 * stand-in is turned back into the value for whoever sent it and a mask never is.
 */
export const STRICTNESS: Readonly<Record<Action, number>> = {
  allow: 0,
  flag: 1,
  tokenize: 2,
  mask: 3,
  strip: 4,
  approve: 5,
  block: 6,
};

/** How a masked span reads. `label` is the default: `[REDACTED:<kind>]`. */
export type MaskStyle = 'label' | 'last4' | 'hash' | 'partial' | 'token' | 'remove';

/** Which half of an exchange a text belongs to. */
export type Direction = 'prompt' | 'response';

/** What the actions of one direction add up to; the strictest wins. */
export type VerdictKind = 'allow' | 'transform' | 'hold' | 'deny';

/** One reason of a verdict, safe to record and to show: never the value. */
export interface Reason {
  /** The rule's name, or its kind when the policy gives it none. */
  readonly rule: string;
  readonly kind: string;
  readonly action: Action;
  readonly lane: string;
  readonly count: number;
  /** In observe mode, when `action` is `flag`: what would have been done. */
  readonly observed?: Action;
}

export interface Verdict {
  readonly kind: VerdictKind;
  readonly reasons: readonly Reason[];
}

/** What is to be done with one finding: chosen by the policy, carried out by the masker. */
export interface Treatment {
  readonly action: Action;
  readonly as: MaskStyle;
  /** The rule that decided, for the record. */
  readonly rule: string;
  /** In observe mode, when `action` is `flag`: what would have been done. */
  readonly observed?: Action;
}
