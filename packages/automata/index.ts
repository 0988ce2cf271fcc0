// The public face of the automata package.
export type { Accept, CompileOptions, Cursor, GroupSpec, OnLimit, Program, ProgramStats } from './api.ts';
export { compile } from './program.ts';
export { PatternError, type PatternProblem } from './syntax/error.ts';
