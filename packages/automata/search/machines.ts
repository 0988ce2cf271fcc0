// The automata of one program: one for the groups of each track together, and one for each group that ever needed its own.
import type { GroupSpec } from '../api.ts';
import { Abreast } from '../dfa/abreast.ts';
import { Budget } from '../dfa/budget.ts';
import { Dfa } from '../dfa/dfa.ts';
import { Scratch } from '../dfa/scratch.ts';
import { compileNfa } from '../nfa/compile.ts';
import { EDGE, kindOfUnit } from '../nfa/kinds.ts';
import type { Nfa } from '../nfa/nfa.ts';

export const DEFAULT_MAX_LENGTH = 1024;

/** Share of the cache that the automata of single groups may take, all together. */
const ALONE_SHARE = 0.25;

export class Machines {
  readonly nfa: Nfa;
  /** Of each track. */
  readonly together: readonly Dfa[];
  readonly abreast: Abreast;
  /** Group → index of its track. */
  readonly trackOf: Uint8Array;
  readonly alone = new Map<number, Dfa>();
  readonly scratch: Scratch;
  readonly budgets: readonly [together: Budget, alone: Budget];
  readonly leftContext: number;
  /** Group → code units of its longest allowed match. */
  readonly maxLength: Float64Array;
  /** Group → whether its patterns could match more than that. */
  readonly canExceed: Uint8Array;
  /** The smallest `maxLength` of a group that can exceed it; Infinity when none can. */
  readonly shortest: number;

  constructor(groups: readonly GroupSpec[], cacheBytes: number, leftContext: number) {
    this.nfa = compileNfa(groups);
    this.leftContext = leftContext;
    this.scratch = new Scratch(this.nfa.size);
    this.budgets = [new Budget(cacheBytes * (1 - ALONE_SHARE)), new Budget(cacheBytes * ALONE_SHARE)];
    const tracks = groups.length > 0 ? [...new Set(groups.map(({ track = 0 }) => track))] : [0];
    this.trackOf = Uint8Array.from(groups, ({ track = 0 }) => tracks.indexOf(track));
    this.together = tracks.map((_, index) => {
      const starts = this.nfa.sharedStarts.flatMap((own, group) =>
        this.trackOf[group] === index ? [...own] : [],
      );
      return new Dfa(this.nfa, Int32Array.from(starts), this.scratch, this.budgets[0], false);
    });
    this.abreast = new Abreast(this.together);
    this.maxLength = Float64Array.from(groups, (g) => g.maxLength ?? DEFAULT_MAX_LENGTH);
    this.canExceed = Uint8Array.from(this.maxLength, (max, g) => (this.nfa.longest[g]! > max ? 1 : 0));
    this.shortest = this.maxLength.reduce(
      (least, max, g) => (this.canExceed[g] ? Math.min(least, max) : least),
      Number.POSITIVE_INFINITY,
    );
  }

  /** The automaton of one group, made at the group's first match. */
  of(group: number): Dfa {
    const known = this.alone.get(group);
    if (known) return known;
    const dfa = new Dfa(this.nfa, this.nfa.starts[group]!, this.scratch, this.budgets[1], true);
    this.alone.set(group, dfa);
    return dfa;
  }

  /** The kind of the unit before a place, given that unit; undefined at the text's start. */
  kindBefore(unit: number | undefined): number {
    return unit === undefined ? EDGE : kindOfUnit(unit);
  }

  stats(): { states: number; bytes: number; flushes: number } {
    let states = 0;
    for (const dfa of [...this.together, ...this.alone.values()]) states += dfa.states.length;
    const [together, alone] = this.budgets;
    return { states, bytes: together.used + alone.used, flushes: together.flushes + alone.flushes };
  }
}
