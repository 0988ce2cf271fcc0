// What is done with a finding. The strictest of the rules that match it, unless an exception silences them all.
// Looks at a value only to decide an exception, and keeps nothing of it.
import { type Direction, type Finding, type MaskStyle, STRICTNESS, type Treatment } from '@sluice/types';
import type { CallFacts, Treat } from './api.ts';
import { hostsOf } from './hosts.ts';
import { observes } from './observe.ts';
import type { ResolvedException, ResolvedPolicy, ResolvedRule } from './resolved.ts';
import { matchesHost } from './wildcard.ts';

/** Of two masks the one that shows less wins. */
const CONCEALS: Readonly<Record<MaskStyle, number>> = {
  last4: 0,
  partial: 1,
  token: 2,
  hash: 3,
  label: 4,
  remove: 5,
};

const UNMATCHED: Treatment = Object.freeze({ action: 'allow', as: 'label', rule: 'none' });

/** A bound of the engine that was reached is never a silent pass: when no rule speaks of it, this does. */
const BOUND_REACHED: Readonly<Record<Direction, Treatment>> = {
  prompt: Object.freeze({ action: 'block', as: 'label', rule: 'limit' }),
  response: Object.freeze({ action: 'mask', as: 'label', rule: 'limit' }),
};

/** True when `kind` is `branch` or below it: `secret` covers `secret.jwt`, `sec` does not. */
export function covers(branch: string, kind: string): boolean {
  return kind.startsWith(branch) && (kind.length === branch.length || kind[branch.length] === '.');
}

/**
 * Answers for one call and direction. `value` is the matched text as the view reads it. `observe` lets this call through in
 * observe mode whatever the policy's mode.
 */
export function compileTreat(
  policy: ResolvedPolicy,
  direction: Direction,
  facts: CallFacts,
  options: { readonly observe?: boolean } = {},
): Treat {
  const observing = options.observe === true || observes(policy, facts.principal.subject);
  const rules = policy[direction];
  return (finding, value) => {
    const deciding = decidingRule(rules, finding, value, facts);
    if (deciding === undefined)
      return covers('limit', finding.kind) ? inMode(BOUND_REACHED[direction], observing) : UNMATCHED;
    if ('silenced' in deciding) return { action: 'allow', as: 'label', rule: deciding.silenced };
    if (observing) return deciding.observed;
    return finding.late && direction === 'response' && STRICTNESS[deciding.action] >= STRICTNESS.tokenize
      ? { ...deciding.enforced, action: 'block' } // What has gone cannot be masked: the answer is cut.
      : deciding.enforced;
  };
}

function inMode(treatment: Treatment, observing: boolean): Treatment {
  return observing ? { ...treatment, action: 'flag', observed: treatment.action } : treatment;
}

function decidingRule(
  rules: readonly ResolvedRule[],
  finding: Finding,
  value: string,
  facts: CallFacts,
): ResolvedRule | { readonly silenced: string } | undefined {
  let strictest: ResolvedRule | undefined;
  for (const rule of rules) {
    if (finding.confidence < rule.confidence || !rule.find.some((branch) => covers(branch, finding.kind)))
      continue;
    if (rule.action === 'allow' || rule.allow.some((exception) => holds(exception, finding, value, facts)))
      return { silenced: rule.name };
    if (strictest === undefined || isStricter(rule, strictest)) strictest = rule;
  }
  return strictest;
}

function isStricter(a: ResolvedRule, b: ResolvedRule): boolean {
  const more = STRICTNESS[a.action] - STRICTNESS[b.action];
  return more > 0 || (more === 0 && CONCEALS[a.as] > CONCEALS[b.as]);
}

function holds(exception: ResolvedException, finding: Finding, value: string, facts: CallFacts): boolean {
  if (exception.by === 'host') {
    return (
      covers('exfil', finding.kind) &&
      (hostsOf(value)?.every((host) => matchesHost(exception.host, host)) ?? false)
    );
  }
  if (facts.now >= exception.expires) return false;
  switch (exception.by) {
    case 'pattern':
      return exception.matches(value);
    case 'hash':
      return exception.hash === finding.hash;
    case 'person':
      return exception.person === facts.principal.person || exception.person === facts.principal.subject;
  }
}
