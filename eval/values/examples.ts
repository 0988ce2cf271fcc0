// The detectors' own positive examples, for every detector there is: so a new one is measured in all carriers without a
// line here. They show that carriers and disguises do not hide it, not that its pattern is right.
import type { Detector } from '@sluice/inspect';

export interface Example {
  readonly kind: string;
  readonly before: string;
  readonly value: string;
  readonly after: string;
  readonly direction: Detector['direction'];
}

/** The first examples of a detector whose value stands once in its text. */
export function examplesOf({ kind, examples, direction }: Detector, most: number): Example[] {
  return examples.positive.slice(0, most).flatMap((text) => {
    const found = /^([^‹]*)‹([^›]*)›([^›‹]*)$/.exec(text);
    if (found === null) return [];
    return [{ kind, before: found[1]!, value: found[2]!, after: found[3]!, direction }];
  });
}
