// What can be wrong with access rules: names that lead nowhere, and rules that could never be reached.
import {
  type AccessRule,
  BUILT_IN,
  didYouMean,
  matchesWildcard,
  problem,
  type Salvaged,
  STANDARD,
  warning,
} from '@sluice/policy';
import type { FileParts } from './check-file.ts';
import type { ConfigIssue } from './problem.ts';

export function checkAccess(file: FileParts): readonly ConfigIssue[] {
  const rules = file.access ?? [];
  const connections = Object.keys(file.connections ?? {});
  const policies = new Set([...Object.keys(file.policies ?? {}), STANDARD, BUILT_IN]);
  if (rules.length === 0)
    return [
      warning(
        'nothing_allowed',
        file.access === undefined ? [] : ['access'],
        'has no access rule, so every call is refused',
      ),
    ];
  return rules.flatMap((rule, i) => {
    if (rule === undefined) return [];
    const at = ['access', i];
    const issues: ConfigIssue[] = [];
    for (const [j, name] of (rule.connections ?? []).entries()) {
      if (name === undefined || name === '*' || connections.some((known) => matchesWildcard(name, known)))
        continue;
      issues.push(
        problem(
          'dangling_name',
          [...at, 'connections', j],
          'is not the name of a connection',
          didYouMean(name, connections),
        ),
      );
    }
    if (rule.policy !== undefined && !policies.has(rule.policy)) {
      issues.push(
        problem(
          'dangling_name',
          [...at, 'policy'],
          'is not the name of a policy',
          didYouMean(rule.policy, policies),
        ),
      );
    }
    const earlier = rules.slice(0, i).findIndex((other) => other !== undefined && contains(other, rule));
    if (earlier >= 0)
      issues.push(
        problem('unreachable_rule', at, `can never decide: access[${earlier}] matches all that it matches`),
      );
    return issues;
  });
}

type RuleParts = Salvaged<AccessRule>;
const LISTS = [
  'groups',
  'connections',
  'operations',
  'models',
] as const satisfies readonly (keyof AccessRule)[];

/** True when every call that `narrow` matches is matched by `wide`. A rule that says "none" on purpose is left alone. */
function contains(wide: RuleParts, narrow: RuleParts): boolean {
  // A key that could not be read is there and undefined: what it says is not known.
  if ('hours' in wide || Object.values(wide).includes(undefined)) return false;
  return LISTS.every((key) => {
    const outer = wide[key] as readonly (string | undefined)[] | undefined;
    const inner = narrow[key] as readonly (string | undefined)[] | undefined;
    if (inner?.length === 0) return false;
    if (outer === undefined || (key !== 'groups' && outer.includes('*'))) return true;
    return (
      inner?.every(
        (item) =>
          item !== undefined &&
          outer.some(
            (one) => one === item || (key !== 'groups' && one !== undefined && matchesWildcard(one, item)),
          ),
      ) ?? false
    );
  });
}
