// Policy patterns on the engine's automata: one syntax for rules and exceptions, and linear time for both.
import { compile, PatternError, type PatternProblem } from '@sluice/automata';

/** Longest value that an exception by pattern can match; a longer one is no exception. */
const LONGEST = 4096;

const WORDS: Readonly<Record<PatternProblem, string>> = {
  syntax: 'it is not well formed',
  unsupported: 'it uses what cannot be matched in linear time, such as a backreference or lookaround',
  empty: 'it matches the empty text',
  'too-large': 'it is too large',
};

/** What is wrong with a pattern, without quoting it, or undefined when it compiles. */
export function validate(pattern: string): string | undefined {
  try {
    compile([{ patterns: [pattern] }]);
    return undefined;
  } catch (error) {
    if (error instanceof PatternError)
      return `${WORDS[error.problem]} (at its character ${error.position + 1})`;
    throw error;
  }
}

/** True when the whole of a value matches. Throws PatternError for a pattern that `validate` complains about. */
export function matcher(pattern: string): (value: string) => boolean {
  const program = compile([{ patterns: [pattern], maxLength: LONGEST }]);
  return (value) => {
    let whole = false;
    // Matches are leftmost-longest, so one that begins at 0 is the whole value if anything is.
    program.scan(value, (_group, _pattern, start, end) => {
      whole ||= start === 0 && end === value.length;
      return true;
    });
    return whole;
  };
}
