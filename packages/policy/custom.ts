// A policy's own patterns and word lists, as the engine takes them.
import type { Direction } from '@sluice/types';
import type { ResolvedPolicy } from './resolved.ts';

/** The shape of the engine's `CustomRule`, which this package may not import. */
export interface OwnRule {
  /** Findings are of kind `custom.<name>`. */
  readonly name: string;
  readonly direction: Direction;
  readonly patterns?: readonly string[];
  readonly words?: readonly string[];
}

export function customRules(policy: ResolvedPolicy, direction: Direction): readonly OwnRule[] {
  return policy[direction]
    .filter((rule) => rule.patterns.length + rule.words.length > 0)
    .map(({ name, patterns, words }) => ({ name, direction, patterns, words }));
}
