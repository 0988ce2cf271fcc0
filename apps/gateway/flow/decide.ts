// What the findings add up to: the strictest action wins.
import { decide as verdictOf } from '@sluice/policy';
import { type Decided, type Inspected, widen } from './exchange.ts';

export function decide(inspected: Inspected): Decided {
  return widen(inspected, { verdict: verdictOf('prompt', inspected.promptFindings) });
}
