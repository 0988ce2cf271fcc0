// What can only be seen with more than one value in view: dangling and duplicate names, cycles, rules that could never
// act, exceptions without an author. All problems at once, on whatever part of the documents could be read.
import type { Direction } from '@sluice/types';
import { checkRule, type KnownKind } from './check-rule.ts';
import { checkShadows } from './check-shadow.ts';
import { checkWeaker } from './check-weaker.ts';
import type { PolicyDocument } from './document.ts';
import { type Issue, onKey, type Path, problem, warning } from './issue.ts';
import { withBuiltIn } from './resolve.ts';
import type { Salvaged } from './salvage.ts';
import { BUILT_IN } from './standard.ts';
import { didYouMean } from './suggest.ts';

export type { KnownKind } from './check-rule.ts';

export interface CheckTools {
  /** What is wrong with a pattern, in words for its author, or undefined when it compiles. */
  validate(pattern: string): string | undefined;
  /** What the engine can find; without it kinds are not checked. */
  readonly kinds?: readonly KnownKind[];
  /** Groups that may approve when a policy names none; undefined: not known, so not checked. */
  readonly approvers?: readonly string[];
  /** Epoch milliseconds, for exceptions that have ended. */
  readonly now: number;
}

export type PolicyParts = Salvaged<PolicyDocument>;
export type PoliciesParts = Readonly<Record<string, PolicyParts | undefined>>;

const DIRECTIONS = ['prompt', 'response'] as const satisfies readonly Direction[];

/** `path` is where the mapping of policies stands in the file. */
export function checkPolicies(
  documents: PoliciesParts,
  tools: CheckTools,
  path: Path = ['policies'],
): readonly Issue[] {
  const all = withBuiltIn(documents) as PoliciesParts;
  return Object.keys(documents).flatMap((name) => {
    const document = documents[name];
    const at = [...path, name];
    if (name === BUILT_IN)
      return [
        onKey(
          problem(
            'reserved_name',
            at,
            'is the name of the policy that comes with Sluice',
            'Call yours `standard`, or any other name.',
          ),
        ),
      ];
    if (document === undefined) return [];
    const { line, issues } = ancestry(name, document, all, at);
    return [
      ...issues,
      ...DIRECTIONS.flatMap((direction) =>
        (document[direction] ?? []).flatMap((rule, i) =>
          rule === undefined ? [] : checkRule(rule, direction, [...at, direction, i], tools),
        ),
      ),
      ...duplicateNames(document, line, at),
      ...checkSettings(document, line, tools, at),
      ...checkShadows(document, at),
      ...checkWeaker(document, line, at),
    ];
  });
}

/** What the policy extends, nearest first, as far as it exists. */
function ancestry(
  name: string,
  document: PolicyParts,
  all: PoliciesParts,
  at: Path,
): { line: readonly PolicyParts[]; issues: readonly Issue[] } {
  const seen = [name];
  const line: PolicyParts[] = [];
  for (let next = document.extends; next !== undefined; next = all[next]?.extends) {
    if (seen.includes(next)) {
      // A cycle further up is reported where it is.
      const issues =
        next === name
          ? [
              problem(
                'cycle',
                [...at, 'extends'],
                `extends itself: ${[...seen, next].join(' → ')}`,
                name === 'standard'
                  ? 'To build on the policy that comes with Sluice, extend `built-in`.'
                  : undefined,
              ),
            ]
          : [];
      return { line, issues };
    }
    const ancestor = all[next];
    if (ancestor === undefined) {
      const issues =
        line.length === 0 && !Object.hasOwn(all, next)
          ? [
              problem(
                'dangling_name',
                [...at, 'extends'],
                'is not the name of a policy',
                didYouMean(next, Object.keys(all)),
              ),
            ]
          : [];
      return { line, issues };
    }
    seen.push(next);
    line.push(ancestor);
  }
  return { line, issues: [] };
}

function duplicateNames(document: PolicyParts, line: readonly PolicyParts[], at: Path): readonly Issue[] {
  const namesOf = (parts: PolicyParts) =>
    DIRECTIONS.flatMap((direction) =>
      (parts[direction] ?? []).map((rule, i) => ({ name: rule?.name, path: [direction, i, 'name'] })),
    );
  const taken = new Set(line.flatMap(namesOf).map(({ name }) => name));
  const issues: Issue[] = [];
  for (const { name, path } of namesOf(document)) {
    if (name === undefined) continue;
    if (taken.has(name))
      issues.push(
        problem(
          'duplicate_name',
          [...at, ...path],
          'is the name of another rule of this policy or of one that it extends',
        ),
      );
    taken.add(name);
  }
  return issues;
}

function checkSettings(
  document: PolicyParts,
  line: readonly PolicyParts[],
  tools: CheckTools,
  at: Path,
): readonly Issue[] {
  const issues: Issue[] = [];
  const family = [document, ...line];
  const rules = DIRECTIONS.map((direction) => family.flatMap((parts) => parts[direction] ?? []));
  if (document.shape !== undefined) {
    issues.push(
      onKey(
        problem(
          'unavailable',
          [...at, 'shape'],
          'is not available in this build, so it could never act',
          'Leave it out: answers are sent as they come.',
        ),
      ),
    );
  }
  if (rules.every((list) => list.length === 0) && (document.extends === undefined || line.length > 0)) {
    issues.push(
      onKey(
        problem(
          'empty_policy',
          at,
          'has no rules, so it would let everything through',
          'Give it rules, or `extends: built-in`.',
        ),
      ),
    );
  } else if (document.extends === undefined) {
    for (const [i, list] of rules.entries()) {
      if (list.length === 0)
        issues.push(onKey(warning('empty_policy', at, `has no rules for the ${DIRECTIONS[i]}`)));
    }
  }
  for (const window of ['per_minute', 'per_hour'] as const) {
    const limits = document.limits?.[window];
    if (limits !== undefined && Object.keys(limits).length === 0)
      issues.push(problem('never_acts', [...at, 'limits', window], 'sets no limit'));
  }
  const { hold, expires } = document.approval ?? {};
  if (hold !== undefined && expires !== undefined && hold > expires) {
    issues.push(
      problem(
        'never_acts',
        [...at, 'approval', 'hold'],
        'is longer than `expires`, so the approval would end first',
      ),
    );
  }
  const asking = (document.prompt ?? []).findIndex((rule) => rule?.do === 'approve');
  const groups =
    family.find((parts) => parts.approval?.groups !== undefined)?.approval?.groups ?? tools.approvers;
  if (asking >= 0 && groups !== undefined && groups.length === 0) {
    issues.push(
      warning(
        'nobody_approves',
        [...at, 'prompt', asking, 'do'],
        'asks for an approval that nobody but the local administrator may give',
        'Set `approval.groups` here, or `identity.roles.approver`.',
      ),
    );
  }
  return issues;
}
