// Tells a person why an edit of the file was not made.
import { type Edited, printProblems } from '@sluice/gateway';
import { Failure } from './failure.ts';

/** Throws a Failure unless the edit was made. */
export function applied(edited: Edited, file: string, exists: string, noSuch: string): void {
  if (edited.ok) return;
  if (edited.why !== 'problems') throw new Failure('finding', edited.why === 'exists' ? exists : noSuch);
  throw new Failure(
    'finding',
    `${printProblems(edited.problems, '', { file, colour: process.stderr.isTTY === true }).trimEnd()}\nNothing was changed.`,
  );
}
