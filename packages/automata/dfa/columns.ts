// The columns of one automaton's table: classes of units that none of its own instructions tells apart share one. Words in
// a dozen scripts, which one automaton looks for, so cost the rows of the others nothing. Knows nothing of tables.
import { MATCH, type Nfa, NOWHERE, SPLIT, UNIT } from '../nfa/nfa.ts';

export interface Columns {
  /** Class → column. */
  readonly columnOf: Uint16Array;
  /** Column → one of its classes. */
  readonly classOf: Uint16Array;
}

/** The coarsest partition of the classes that respects their kinds and every set reached from `starts`. */
export function columnsOf(nfa: Nfa, starts: Int32Array): Columns {
  const { size, kindOf, contains } = nfa.alphabet;
  const columnOf = Uint32Array.from(kindOf);
  let count = renumber(columnOf);
  for (const set of setsFrom(nfa, starts)) {
    if (count === size) break;
    for (let at = 0; at < size; at++) columnOf[at] = 2 * columnOf[at]! + contains[set * size + at]!;
    count = renumber(columnOf);
  }
  const classOf = new Uint16Array(count);
  columnOf.forEach((column, at) => {
    classOf[column] = at;
  });
  return { columnOf: Uint16Array.from(columnOf), classOf };
}

/** Numbers from 0 on in place of any others. Returns how many there are. */
function renumber(keys: Uint32Array): number {
  const known = new Map<number, number>();
  keys.forEach((key, at) => {
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    keys[at] = number;
  });
  return known.size;
}

function setsFrom({ op, arg, out, out2, size }: Nfa, starts: Int32Array): Set<number> {
  const sets = new Set<number>();
  const seen = new Uint8Array(size);
  const ahead = [...starts];
  while (ahead.length > 0) {
    const at = ahead.pop()!;
    if (at === NOWHERE || seen[at] === 1) continue;
    seen[at] = 1;
    // What goes on behind an opener is another automaton's.
    if (op[at] === MATCH) continue;
    if (op[at] === UNIT) sets.add(arg[at]!);
    if (op[at] === SPLIT) ahead.push(out2[at]!);
    ahead.push(out[at]!);
  }
  return sets;
}
