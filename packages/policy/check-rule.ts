// What can be wrong with one rule when its keys are seen together.
import type { Direction } from '@sluice/types';
import type { CheckTools } from './check.ts';
import type { ExceptionDocument, RuleDocument } from './document.ts';
import { type Issue, onKey, type Path, problem, warning } from './issue.ts';
import type { Salvaged } from './salvage.ts';
import { didYouMean } from './suggest.ts';
import { covers } from './treat.ts';

export type RuleParts = Salvaged<RuleDocument>;
type ExceptionParts = Salvaged<ExceptionDocument>;

/** A kind that some detector finds, and where. */
export interface KnownKind {
  readonly kind: string;
  /** Undefined: in both directions. */
  readonly direction?: Direction | undefined;
}

/** Branches that the gateway and the engine fill besides the detectors. */
const OTHER_BRANCHES = ['custom', 'limit', 'canary'];

export function checkRule(
  rule: RuleParts,
  direction: Direction,
  at: Path,
  tools: CheckTools,
): readonly Issue[] {
  return [
    ...checkSubject(rule, at),
    ...checkAction(rule, direction, at),
    ...checkKinds(rule.find ?? [], direction, [...at, 'find'], tools.kinds),
    ...checkPatterns(rule.match ?? [], [...at, 'match'], tools),
    ...(rule.allow ?? []).flatMap((exception, i) =>
      exception === undefined ? [] : checkException(exception, rule, [...at, 'allow', i], tools),
    ),
  ];
}

function checkSubject(rule: RuleParts, at: Path): readonly Issue[] {
  const own = rule.match !== undefined || rule.words !== undefined;
  const issues: Issue[] = [];
  if (!own && rule.find === undefined)
    issues.push(
      problem(
        'never_acts',
        at,
        'finds nothing',
        'Give it `find` with a kind, or `match` or `words` with a `name`.',
      ),
    );
  if (own && rule.find !== undefined) {
    issues.push(
      onKey(
        problem(
          'never_acts',
          [...at, 'find'],
          'stands beside patterns or words of the rule itself',
          'Make two rules of it.',
        ),
      ),
    );
  }
  if (own && rule.name === undefined)
    issues.push(
      problem(
        'missing_key',
        at,
        'has no `name`',
        'Findings of `match` and `words` are called `custom.<name>`.',
      ),
    );
  return issues;
}

function checkAction(rule: RuleParts, direction: Direction, at: Path): readonly Issue[] {
  const issues: Issue[] = [];
  if (rule.do === 'approve' && direction === 'response') {
    issues.push(
      problem(
        'approve_in_response',
        [...at, 'do'],
        'cannot be `approve` for a response: there is nothing left to hold',
        'Use `block`, which cuts the answer, or `mask`.',
      ),
    );
  }
  if (rule.as !== undefined && rule.do !== undefined && rule.do !== 'mask') {
    issues.push(
      onKey(
        problem(
          'never_acts',
          [...at, 'as'],
          `has no meaning with \`do: ${rule.do}\``,
          'Only `do: mask` writes something in place of the value.',
        ),
      ),
    );
  }
  if (rule.do === 'allow' && (rule.match !== undefined || rule.words !== undefined)) {
    issues.push(
      problem(
        'never_acts',
        [...at, 'do'],
        'allows what only this rule would find',
        'Put the pattern under `allow` of the rule that it is an exception to.',
      ),
    );
  }
  if (rule.do === 'allow' && rule.allow !== undefined) {
    issues.push(onKey(problem('never_acts', [...at, 'allow'], 'adds nothing to `do: allow`')));
  }
  return issues;
}

function checkKinds(
  kinds: readonly (string | undefined)[],
  direction: Direction,
  at: Path,
  known: readonly KnownKind[] | undefined,
): readonly Issue[] {
  if (known === undefined) return [];
  const issues: Issue[] = [];
  for (const [i, kind] of kinds.entries()) {
    if (kind === undefined || OTHER_BRANCHES.some((branch) => covers(branch, kind))) continue;
    const meant = known.filter((row) => covers(kind, row.kind));
    if (meant.length === 0) {
      issues.push(
        problem(
          'unknown_kind',
          [...at, i],
          'is not a kind that any detector finds',
          didYouMean(kind, branchesOf(known)),
        ),
      );
    } else if (meant.every((row) => row.direction !== undefined && row.direction !== direction)) {
      issues.push(problem('never_acts', [...at, i], `is never found in a ${direction}`));
    }
  }
  return issues;
}

function branchesOf(known: readonly KnownKind[]): ReadonlySet<string> {
  const names = known.flatMap(({ kind }) =>
    kind.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.')),
  );
  return new Set([...names, ...OTHER_BRANCHES]);
}

function checkPatterns(
  patterns: readonly (string | undefined)[],
  at: Path,
  tools: CheckTools,
): readonly Issue[] {
  return patterns.flatMap((pattern, i) => {
    const wrong = pattern === undefined ? undefined : tools.validate(pattern);
    return wrong === undefined
      ? []
      : [problem('bad_pattern', [...at, i], `is not a pattern that can be used: ${wrong}`)];
  });
}

function checkException(
  exception: ExceptionParts,
  rule: RuleParts,
  at: Path,
  tools: CheckTools,
): readonly Issue[] {
  if (typeof exception === 'string') {
    const links = rule.find?.some((kind) => kind !== undefined && covers('exfil', kind)) ?? false;
    return links
      ? []
      : [
          problem(
            'never_acts',
            at,
            'is a host, and only rules that find `exfil` look at hosts',
            'For other rules: { pattern | hash | person, author, reason, expires }.',
          ),
        ];
  }
  const issues: Issue[] = [];
  const named = (['pattern', 'hash', 'person'] as const).filter((key) => key in exception);
  if (named.length !== 1)
    issues.push(problem('bad_exception', at, 'needs exactly one of `pattern`, `hash` and `person`'));
  const missing = (['author', 'reason', 'expires'] as const).filter((key) => !(key in exception));
  if (missing.length > 0) {
    issues.push(
      problem(
        'bad_exception',
        at,
        `has no ${missing.map((key) => `\`${key}\``).join(', ')}`,
        'An exception says who settled it, why, and until when.',
      ),
    );
  }
  if (exception.expires !== undefined && exception.expires <= tools.now) {
    issues.push(
      warning(
        'expired_exception',
        [...at, 'expires'],
        'is past, so the exception no longer holds',
        'Remove it, or give it a new end.',
      ),
    );
  }
  const wrong = exception.pattern === undefined ? undefined : tools.validate(exception.pattern);
  if (wrong !== undefined)
    issues.push(problem('bad_pattern', [...at, 'pattern'], `is not a pattern that can be used: ${wrong}`));
  return issues;
}
