// The one table from actions to verdicts, and the sum of a direction's treatments. Reasons count; they never quote.
import {
  type Action,
  type Direction,
  type LaneFinding,
  type Reason,
  STRICTNESS,
  type Treatment,
  type Verdict,
  type VerdictKind,
} from '@sluice/types';

const VERDICTS: Readonly<Record<Action, VerdictKind>> = {
  allow: 'allow',
  flag: 'allow',
  tokenize: 'transform',
  mask: 'transform',
  strip: 'transform',
  approve: 'hold',
  block: 'deny',
};

const RANK: Readonly<Record<VerdictKind, number>> = { allow: 0, transform: 1, hold: 2, deny: 3 };

/**
 * The strictest verdict and every reason, strictest first. An answer cannot be held for a person once it exists, so
 * `approve` there (which configuration refuses) denies.
 */
export function decide(
  direction: Direction,
  findings: readonly { readonly finding: LaneFinding; readonly treatment: Treatment }[],
): Verdict {
  let kind: VerdictKind = 'allow';
  const counts = new Map<string, Reason>();
  for (const { finding, treatment } of findings) {
    const { action, rule, observed } = treatment;
    const own = direction === 'response' && action === 'approve' ? 'deny' : VERDICTS[action];
    if (RANK[own] > RANK[kind]) kind = own;
    const key = JSON.stringify([rule, finding.kind, action, finding.lane, observed]);
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, {
      rule,
      kind: finding.kind,
      action,
      lane: finding.lane,
      count,
      ...(observed === undefined ? {} : { observed }),
    });
  }
  return { kind, reasons: [...counts.values()].sort((a, b) => STRICTNESS[b.action] - STRICTNESS[a.action]) };
}
