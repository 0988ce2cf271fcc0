// Compiling: groups of patterns to a program.
import type { CompileOptions, GroupSpec, Program } from './api.ts';
import { MOST_ABREAST } from './dfa/abreast.ts';
import { TextCursor } from './search/cursor.ts';
import { Machines } from './search/machines.ts';

export const DEFAULT_CACHE_BYTES = 16 * 1024 * 1024;
export const DEFAULT_LEFT_CONTEXT = 96;

/** Throws PatternError for the first pattern that cannot be compiled, RangeError for bounds that make no sense. */
export function compile(groups: readonly GroupSpec[], options: CompileOptions = {}): Program {
  const { cacheBytes = DEFAULT_CACHE_BYTES, leftContext = DEFAULT_LEFT_CONTEXT } = options;
  if (!(cacheBytes >= 0) || !(leftContext >= 0))
    throw new RangeError('cacheBytes and leftContext must not be negative');
  for (const { maxLength = 1 } of groups) {
    if (!Number.isInteger(maxLength) || maxLength < 1)
      throw new RangeError('maxLength must be an integer from 1 on');
  }
  if (new Set(groups.map(({ track = 0 }) => track)).size > MOST_ABREAST)
    throw new RangeError(`at most ${MOST_ABREAST} tracks`);
  const machines = new Machines(groups, cacheBytes, leftContext);
  return {
    groups: groups.length,
    cursor: (accept, onLimit) => new TextCursor(machines, accept, onLimit),
    scan(text, accept, onLimit) {
      const cursor = new TextCursor(machines, accept, onLimit);
      cursor.push(text);
      cursor.end();
    },
    stats: () => machines.stats(),
  };
}
