// Trees to instructions. Each pattern is emitted backwards, from its match to its start, so that every instruction
// knows where it leads and only loops need patching.
import type { GroupSpec } from '../api.ts';
import type { Node } from '../syntax/ast.ts';
import type { CharSet } from '../syntax/charset.ts';
import { NEWLINE, WORD } from '../syntax/classes.ts';
import { PatternError } from '../syntax/error.ts';
import { openers } from '../syntax/opener.ts';
import { MAX_REPEAT, parse } from '../syntax/parser.ts';
import { deepestCount, longest } from '../syntax/size.ts';
import { unfold } from '../syntax/unfold.ts';
import { partition } from './alphabet.ts';
import { depths, matchesEmpty, viability } from './analysis.ts';
import { assertionMask } from './kinds.ts';
import { LOOK_AROUND, LOOK_BACK, MATCH, type Nfa, NOWHERE, OPENED, SPLIT, UNIT } from './nfa.ts';
import { lower } from './units.ts';

/** Instructions that one pattern may have. */
export const MAX_PATTERN_SIZE = 10_000;
/** Instructions that all patterns together may have. */
export const MAX_PROGRAM_SIZE = 1_000_000;

class TooLarge extends Error {}

class Emitter {
  readonly op: number[] = [];
  readonly arg: number[] = [];
  readonly out: number[] = [];
  readonly out2: number[] = [];
  readonly group: number[] = [];
  readonly sets: CharSet[] = [];
  readonly setIds = new Map<string, number>();
  asserts = false;
  current = 0;
  limit = 0;
  /** Nodes that may still be visited: repeating what emits nothing must end too. */
  patience = 0;

  add(op: number, arg: number, out: number, out2 = NOWHERE): number {
    if (this.op.length >= this.limit) throw new TooLarge();
    this.op.push(op);
    this.arg.push(arg);
    this.out.push(out);
    this.out2.push(out2);
    this.group.push(this.current);
    return this.op.length - 1;
  }

  setId(set: CharSet): number {
    const key = set.join();
    const known = this.setIds.get(key);
    if (known !== undefined) return known;
    this.setIds.set(key, this.sets.length);
    return this.sets.push(set) - 1;
  }

  /** The instruction from which `node` is matched before going on at `next`. */
  emit(node: Node, next: number): number {
    if (this.patience-- <= 0) throw new TooLarge();
    switch (node.kind) {
      case 'empty':
        return next;
      case 'set':
        return this.emitSet(node.set, next);
      case 'assert': {
        this.asserts = true;
        const back = node.assertion === 'text-start' || node.assertion === 'line-start';
        return this.add(back ? LOOK_BACK : LOOK_AROUND, assertionMask(node.assertion), next);
      }
      case 'concat':
        return node.items.reduceRight((after, item) => this.emit(item, after), next);
      case 'either':
        return this.choice(node.items.map((item) => this.emit(item, next)));
      case 'repeat':
        return this.emitRepeat(node.item, node.min, node.max, next);
    }
  }

  choice(ways: readonly number[]): number {
    return ways.reduceRight((rest, way) => this.add(SPLIT, 0, way, rest));
  }

  emitSet(set: CharSet, next: number): number {
    const { units, pairs } = lower(set);
    const ways = pairs.map(([high, low]) =>
      this.add(UNIT, this.setId(high), this.add(UNIT, this.setId(low), next)),
    );
    if (units.length > 0 || ways.length === 0) ways.unshift(this.add(UNIT, this.setId(units), next));
    return this.choice(ways);
  }

  /** x{2,4} is x x (x (x)?)?, so that few instructions are live at once. */
  emitRepeat(item: Node, min: number, max: number, next: number): number {
    let entry = next;
    let copies = min;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = this.add(SPLIT, 0, next, next);
      const body = this.emit(item, loop);
      this.out[loop] = body;
      entry = min > 0 ? body : loop;
      copies = Math.max(0, min - 1);
    } else {
      for (let i = min; i < max; i++) entry = this.add(SPLIT, 0, this.emit(item, entry), next);
    }
    for (let i = 0; i < copies; i++) entry = this.emit(item, entry);
    return entry;
  }
}

interface Starts {
  readonly own: number[];
  readonly shared: number[];
}

/** Emits every alternative of a pattern, and openers beside those that have one. */
function emitPattern(into: Emitter, tree: Node, pattern: string, index: number): Starts {
  const before = into.op.length;
  into.limit = Math.min(MAX_PROGRAM_SIZE, before + MAX_PATTERN_SIZE);
  into.patience = 4 * MAX_PATTERN_SIZE;
  const starts: Starts = { own: [], shared: [] };
  try {
    const match = into.add(MATCH, index, NOWHERE);
    for (const { first, rest } of openers(tree)) {
      const next = rest ? into.emit(rest, match) : match;
      const start = into.emit(first, next);
      starts.own.push(start);
      starts.shared.push(rest ? into.emit(first, into.add(MATCH, OPENED, next)) : start);
    }
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    throw new PatternError('too-large', pattern, 0, `needs more than ${into.limit - before} states`);
  }
  if (starts.own.some((start) => matchesEmpty(into, start))) {
    throw new PatternError('empty', pattern, 0, 'matches the empty text');
  }
  return starts;
}

function readPattern(pattern: string, ignoreCase: boolean | undefined): Node {
  const tree = unfold(parse(pattern, ignoreCase));
  if (deepestCount(tree) > MAX_REPEAT) {
    throw new PatternError(
      'too-large',
      pattern,
      0,
      `counts within counts repeat more than ${MAX_REPEAT} times`,
    );
  }
  return tree;
}

/** Says which of the patterns the error is about. */
function located<T>(group: number, index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw error.within(group, index);
  }
}

/** Throws PatternError. */
export function compileNfa(groups: readonly GroupSpec[]): Nfa {
  const into = new Emitter();
  const longests = new Float64Array(groups.length);
  const opens = new Uint8Array(groups.length);
  const starts: Int32Array[] = [];
  const sharedStarts: Int32Array[] = [];
  groups.forEach(({ patterns, ignoreCase }, group) => {
    into.current = group;
    const emitted = patterns.map((pattern, index) =>
      located(group, index, () => {
        const tree = readPattern(pattern, ignoreCase);
        longests[group] = Math.max(longests[group]!, longest(tree));
        return emitPattern(into, tree, pattern, index);
      }),
    );
    starts.push(Int32Array.from(emitted.flatMap(({ own }) => own)));
    sharedStarts.push(Int32Array.from(emitted.flatMap(({ shared }) => shared)));
    if (starts[group]!.some((start, i) => start !== sharedStarts[group]![i])) opens[group] = 1;
  });
  const alphabet = partition(into.sets, into.asserts ? [WORD, NEWLINE] : []);
  const code = {
    size: into.op.length,
    op: Uint8Array.from(into.op),
    arg: Int32Array.from(into.arg),
    out: Int32Array.from(into.out),
    out2: Int32Array.from(into.out2),
    group: Int32Array.from(into.group),
  };
  return {
    ...code,
    starts,
    sharedStarts,
    opens,
    alphabet,
    depth: depths(code, [...starts, ...sharedStarts]),
    viable: viability(code, alphabet),
    longest: longests,
    asserts: into.asserts,
  };
}
