// Rules that change nothing because a stricter one of the same policy always applies as well. A warning, since the strictest
// rule wins anyway and such a rule may be left from before.
import { type Direction, STRICTNESS } from '@sluice/types';
import type { PolicyParts } from './check.ts';
import type { RuleParts } from './check-rule.ts';
import { type Issue, type Path, warning } from './issue.ts';
import { covers } from './treat.ts';

export function checkShadows(document: PolicyParts, at: Path): readonly Issue[] {
  return (['prompt', 'response'] as const satisfies readonly Direction[]).flatMap((direction) => {
    const rules = document[direction] ?? [];
    return rules.flatMap((rule, i) => {
      const shadowed =
        rule !== undefined &&
        rules.some((other) => other !== undefined && other !== rule && shadows(other, rule));
      return shadowed
        ? [
            warning(
              'never_acts',
              [...at, direction, i],
              'never decides: a stricter rule finds all that it finds',
            ),
          ]
        : [];
    });
  });
}

function shadows(strict: RuleParts, mild: RuleParts): boolean {
  if (
    mild.do === undefined ||
    strict.do === undefined ||
    mild.do === 'allow' ||
    mild.allow !== undefined ||
    strict.allow !== undefined
  )
    return false;
  if (STRICTNESS[strict.do] <= STRICTNESS[mild.do] || (strict.confidence ?? 0) > (mild.confidence ?? 0))
    return false;
  return (
    mild.find?.every(
      (kind) =>
        kind !== undefined && strict.find?.some((branch) => branch !== undefined && covers(branch, kind)),
    ) ?? false
  );
}
