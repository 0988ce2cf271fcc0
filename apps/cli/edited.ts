// Applies an edit to the file and tells a person why it was not made.
import { existsSync } from 'node:fs';
import { type Edited, editFile, printProblems } from '@sluice/gateway/config/index';
import { Failure } from './failure.ts';
import { colourful } from './text.ts';

/** Why an edit was not made, in the words of the command. */
export interface Refusals {
  readonly exists: string;
  readonly noSuch: string;
}

/** Throws a Failure unless the edit was made; says so when it began the file. */
export function applyEdit(file: string, refusals: Partial<Refusals>, edit: (text: string) => Edited): void {
  const begun = !existsSync(file);
  const edited = editFile(file, edit);
  if (edited.ok) {
    if (begun) process.stdout.write(`There was no ${file}; it is begun now, and the next start serves it.\n`);
    for (const { message, hint } of edited.warnings)
      process.stderr.write(`warning: ${message}.${hint === undefined ? '' : ` ${hint}`}\n`);
    return;
  }
  if (edited.why !== 'problems') {
    const { exists = 'It is there already.', noSuch = 'There is no such thing.' } = refusals;
    throw new Failure('finding', edited.why === 'exists' ? exists : noSuch);
  }
  const problems = printProblems(edited.problems, '', { file, colour: colourful(process.stderr) });
  throw new Failure('finding', `${problems.trimEnd()}\nNothing was changed.`);
}
