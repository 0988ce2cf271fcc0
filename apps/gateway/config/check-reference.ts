// What can be wrong with a reference to a secret, before it is followed. Says where and never what.
import { type Path, problem } from '@sluice/policy';
import type { ConfigIssue } from './problem.ts';
import { isWrong, parseReference, type Wrong } from './reference.ts';

export function checkReference(text: string | undefined, at: Path): readonly ConfigIssue[] {
  if (text === undefined) return [];
  const reference = parseReference(text);
  return isWrong(reference) ? [wrong(reference, at)] : [];
}

export function wrong({ code, message, hint }: Wrong, at: Path): ConfigIssue {
  return problem(code, at, message, hint);
}
