// Who may do what: the first access rule that matches decides, and what no rule matches is refused.
import type { Access, CallFacts } from './api.ts';
import type { AccessRule } from './document.ts';
import { isWithin } from './hours.ts';
import { STANDARD } from './standard.ts';
import { matchesAny } from './wildcard.ts';

type Condition = readonly [name: string, holds: (rule: AccessRule, facts: CallFacts) => boolean];

/** A key left out of a rule is any; an empty list is none. */
const CONDITIONS: readonly Condition[] = [
  ['groups', (rule, { principal }) => rule.groups?.some((group) => principal.groups.includes(group)) ?? true],
  ['connection', (rule, { connection }) => listed(rule.connections, connection)],
  ['operation', (rule, { operation }) => listed(rule.operations, operation)],
  [
    'model',
    (rule, facts) => (namesNoModel(facts) ? rule.models?.length !== 0 : listed(rule.models, facts.model)),
  ],
  ['hours', (rule, { now }) => rule.hours?.some((hours) => isWithin(hours, now)) ?? true],
];

/**
 * The policy under which the call may go on, and the rule's place in the list; or why not, in words for the record: which
 * condition of the rule that came nearest does not hold. Names no value of the call.
 */
export function authorize(access: readonly AccessRule[], facts: CallFacts): Access {
  const scope = facts.principal.connections;
  if (scope !== undefined && !matchesAny(scope, facts.connection))
    return { allowed: false, why: 'the credential is not good for this connection' };
  let furthest = -1;
  for (const [i, rule] of access.entries()) {
    const failed = CONDITIONS.findIndex(([, holds]) => !holds(rule, facts));
    if (failed < 0) return { allowed: true, policy: rule.policy ?? STANDARD, rule: i };
    furthest = Math.max(furthest, failed);
  }
  return {
    allowed: false,
    why: furthest < 0 ? 'there is no access rule' : `no access rule fits: ${CONDITIONS[furthest]![0]}`,
  };
}

function listed(patterns: readonly string[] | undefined, name: string): boolean {
  return patterns === undefined || matchesAny(patterns, name);
}

/** A listing of models asks for none in particular. Any other call without a model matches only rules that allow any. */
function namesNoModel({ operation, model }: CallFacts): boolean {
  return operation === 'models' && model === '';
}
