// Ids in lists are short, and commands take them so: their last characters, which are random, are enough to tell near ones apart.
import { Failure } from './failure.ts';

const LENGTH = 8;

export function shortId(id: string): string {
  return id.slice(-LENGTH);
}

export interface Among {
  /** What a whole id looks like: it is taken as it is, and nobody is asked. */
  readonly whole: RegExp;
  readonly ids: () => Promise<readonly string[]>;
  /** What is said when none of them is meant. */
  readonly none: string;
}

/** The one id that ends with what was given, whatever the case. Throws a Failure when there are several, or none. */
export async function wholeId(given: string, { whole, ids, none }: Among): Promise<string> {
  if (whole.test(given)) return given;
  const near = (await ids()).filter((id) => id.toLowerCase().endsWith(given.toLowerCase()));
  if (near.length > 1) throw new Failure('usage', `${given} could be ${near.join(' or ')}.`);
  if (near[0] === undefined) throw new Failure('finding', none);
  return near[0];
}
