// What is wrong with a pattern, and where. Knows nothing of how patterns are read.

export type PatternProblem =
  | 'syntax' // not a pattern
  | 'unsupported' // a pattern elsewhere (backreference, lookaround, …), but not one that can be matched in linear time
  | 'empty' // matches the empty text
  | 'too-large'; // beyond a size bound

/** A pattern that cannot be compiled. The message is complete and safe to show to whoever wrote the pattern. */
export class PatternError extends Error {
  readonly problem: PatternProblem;
  readonly pattern: string;
  /** Code units from the start of the pattern. */
  readonly position: number;
  /** Without position and pattern, e.g. `missing )`. */
  readonly what: string;
  /** Which group and which of its patterns, as given to `compile`; -1 when the pattern was read alone. */
  readonly group: number;
  readonly index: number;

  constructor(
    problem: PatternProblem,
    pattern: string,
    position: number,
    what: string,
    group = -1,
    index = -1,
  ) {
    super(`${what} (at ${position} of ${JSON.stringify(pattern)})`);
    this.name = 'PatternError';
    this.problem = problem;
    this.pattern = pattern;
    this.position = position;
    this.what = what;
    this.group = group;
    this.index = index;
  }

  /** The same error, knowing where the pattern stands among others. */
  within(group: number, index: number): PatternError {
    return new PatternError(this.problem, this.pattern, this.position, this.what, group, index);
  }
}
