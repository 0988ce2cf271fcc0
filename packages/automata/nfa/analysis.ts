// What can be known of instructions before any text is read.
import type { Alphabet } from './alphabet.ts';
import { EDGE, rowOf, surroundings } from './kinds.ts';
import { LOOK_AROUND, LOOK_BACK, MATCH, type Nfa, NOWHERE, SPLIT, UNIT } from './nfa.ts';

type Code = Pick<Nfa, 'size' | 'op' | 'arg' | 'out' | 'out2'>;
type Growing = { readonly [K in 'op' | 'arg' | 'out' | 'out2']: ArrayLike<number> };

/** Whether a match can be reached from `start` without consuming anything, in any surroundings. */
export function matchesEmpty(code: Growing, start: number): boolean {
  const reached = new Map<number, number>();
  const pending: [number, number][] = [[start, 0xffff]];
  for (let top: [number, number] | undefined; (top = pending.pop()); ) {
    const [at, mask] = top;
    const before = reached.get(at) ?? 0;
    if (mask === 0 || (before | mask) === before) continue;
    reached.set(at, before | mask);
    const op = code.op[at];
    if (op === MATCH) return true;
    if (op === LOOK_BACK || op === LOOK_AROUND) pending.push([code.out[at]!, mask & code.arg[at]!]);
    if (op === SPLIT) pending.push([code.out[at]!, mask], [code.out2[at]!, mask]);
  }
  return false;
}

/** See `Nfa.depth`. */
export function depths(code: Code, starts: readonly Int32Array[]): Int32Array {
  const UNSEEN = -2;
  const VARIES = -1;
  const depth = new Int32Array(code.size).fill(UNSEEN);
  const pending: number[] = [];
  const reach = (at: number, found: number): void => {
    const old = depth[at]!;
    if (old === VARIES || old === found) return;
    depth[at] = old === UNSEEN ? found : VARIES;
    pending.push(at);
  };
  for (const group of starts) for (const start of group) reach(start, 0);
  for (let at: number | undefined; (at = pending.pop()) !== undefined; ) {
    const op = code.op[at];
    if (op === MATCH) continue;
    const here = depth[at]!;
    reach(code.out[at]!, op === UNIT && here !== VARIES ? here + 1 : here);
    if (op === SPLIT) reach(code.out2[at]!, here);
  }
  return depth;
}

/**
 * See `Nfa.viable`: the least fixpoint, swept in the order of emission, in which all but loops lead to what has been
 * computed already. It is exact: contradictory assertions and empty classes make dead ends too, so that "live" means
 * "some text leads to a match".
 */
export function viability(code: Code, alphabet: Alphabet): Uint16Array {
  const viable = new Uint16Array(code.size);
  const afters = unitKinds(code, alphabet);
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = 0; at < code.size; at++) {
      const mask = viableAt(code, viable, afters, at);
      if (mask === viable[at]) continue;
      viable[at] = mask;
      changed = true;
    }
  }
  return viable;
}

function viableAt(code: Code, viable: Uint16Array, afters: Uint8Array, at: number): number {
  switch (code.op[at]) {
    case MATCH:
      return code.out[at] === NOWHERE ? 0xffff : viable[code.out[at]!]!;
    case SPLIT:
      return viable[code.out[at]!]! | viable[code.out2[at]!]!;
    case UNIT: {
      let mask = 0;
      for (let kind = EDGE + 1; kind < 4; kind++) {
        if ((afters[at]! & (1 << kind)) === 0 || (viable[code.out[at]!]! & rowOf(kind)) === 0) continue;
        for (let before = 0; before < 4; before++) mask |= surroundings(before, kind);
      }
      return mask;
    }
    default:
      return viable[code.out[at]!]! & code.arg[at]!;
  }
}

/** Instruction → the kinds of units that it can consume, as bits. */
function unitKinds(code: Code, { contains, kindOf, size }: Alphabet): Uint8Array {
  const ofSet = new Uint8Array(contains.length / size);
  for (let i = 0; i < contains.length; i++)
    if (contains[i]) ofSet[Math.floor(i / size)]! |= 1 << kindOf[i % size]!;
  return code.op.map((op, at) => (op === UNIT ? ofSet[code.arg[at]!]! : 0));
}
