// The exact search of one group, from where its last match or refusal left it. The shared automaton says where a group
// has something; this settles what: the leftmost start, its longest end, the checks and resumptions, the limit.
import type { Accept, OnLimit } from '../api.ts';
import type { Dfa } from '../dfa/dfa.ts';
import { type Run, startOf } from '../dfa/state.ts';
import type { Machines } from './machines.ts';
import type { TextWindow } from './window.ts';

export interface Surroundings {
  readonly machines: Machines;
  readonly window: TextWindow;
  readonly accept: Accept;
  readonly onLimit: OnLimit;
  /** No text follows. */
  readonly ended: boolean;
}

export class Pursuit {
  readonly group: number;
  readonly dfa: Dfa;
  readonly maxLength: number;
  readonly canExceed: boolean;
  /** The shared automaton knows only the openers of some patterns: what is alive here may be unknown there. */
  readonly opens: boolean;
  run: Run;
  /** No match starts before this. */
  resume = 0;
  /** The leftmost start that has matched so far, and its longest end; -1 when there is none. */
  candidate = -1;
  candidateEnd = -1;
  candidatePattern = -1;
  /** The start of a candidate that has outgrown `maxLength` without a match, and up to where that was reported. */
  outgrown = -1;
  reported = -1;

  constructor(group: number, machines: Machines) {
    this.group = group;
    this.dfa = machines.of(group);
    this.maxLength = machines.maxLength[group]!;
    this.canExceed = machines.canExceed[group] === 1;
    this.opens = machines.nfa.opens[group] === 1;
    this.run = this.dfa.start(0, 0);
  }

  clone(machines: Machines): Pursuit {
    const copy = new Pursuit(this.group, machines);
    copy.run = { ...this.run, registers: this.run.registers.slice(), events: null, starts: [] };
    copy.resume = this.resume;
    copy.candidate = this.candidate;
    copy.candidateEnd = this.candidateEnd;
    copy.candidatePattern = this.candidatePattern;
    copy.outgrown = this.outgrown;
    copy.reported = this.reported;
    return copy;
  }

  get position(): number {
    return this.run.position;
  }

  /** Something is undecided that the shared automaton does not know of. */
  get pending(): boolean {
    return this.candidate >= 0 || this.outgrown >= 0 || (this.opens && this.run.state.ends.length > 0);
  }

  /** The oldest live start, -1 when nothing is alive. */
  get oldest(): number {
    return this.run.state.ends.length > 0 ? startOf(this.run, 0) : -1;
  }

  /** The earliest position that is not decided yet. */
  get open(): number {
    if (this.outgrown >= 0) return this.reported;
    const { oldest } = this;
    if (oldest < 0) return this.candidate >= 0 ? this.candidate : this.position;
    return this.candidate >= 0 ? Math.min(oldest, this.candidate) : oldest;
  }

  restart(resume: number, { window, machines }: Surroundings): void {
    this.resume = resume;
    this.candidate = -1;
    this.outgrown = -1;
    const { run, dfa } = this;
    run.state = dfa.resting[machines.kindBefore(window.unitAt(resume - 1))]!;
    run.position = resume;
    run.events = null;
  }

  /**
   * Reads on until at least `target` has been read and nothing is pending, or until the known text is used up. At the
   * text's end everything is settled.
   */
  follow(target: number, around: Surroundings): void {
    const known = around.window.end;
    for (;;) {
      if (this.position >= known) {
        if (!around.ended || !this.finish(around)) return;
        continue;
      }
      if (!this.pending && this.position >= target) return;
      this.read(Math.min(this.pending ? known : target, this.wall()), around.window);
      if (this.takeEvents(around)) continue;
      this.decide(around);
    }
  }

  /** Where a length has to be looked at next. */
  wall(): number {
    if (this.outgrown >= 0) return this.reported + this.maxLength;
    if (!this.canExceed) return Number.POSITIVE_INFINITY;
    const { oldest } = this;
    return (oldest < 0 ? this.position : oldest) + this.maxLength + 1;
  }

  /** Up to `to`, or to the first unit that brings events or the death of the oldest start. */
  read(to: number, window: TextWindow): void {
    const { run } = this;
    const inTail = run.position < window.chunkStart;
    const text = inTail ? window.tail : window.chunk;
    const base = inTail ? window.tailStart : window.chunkStart;
    const stop = inTail ? Math.min(to, window.chunkStart) : to;
    this.dfa.advance(run, text, run.position - base, stop - base, base);
  }

  /** Returns true when the search was restarted. */
  takeEvents(around: Surroundings, ending = false): boolean {
    const { events, starts } = this.run;
    if (events === null) return false;
    this.run.events = null;
    for (let i = 0; i < events.length; i++) {
      const { late, pattern } = events[i]!;
      const end = late && !ending ? this.position - 1 : this.position;
      if (this.takeMatch(starts[2 * i]!, end, pattern, around)) return true;
    }
    return false;
  }

  takeMatch(start: number, end: number, pattern: number, around: Surroundings): boolean {
    if (this.outgrown >= 0) {
      if (start !== this.outgrown) return false;
      this.report(end, around);
      this.restart(end, around);
      return true;
    }
    if (end - start > this.maxLength) {
      if (this.candidate >= 0 && this.candidate <= start) return false;
      this.outgrow(start, around);
      this.report(end, around);
      this.restart(end, around);
      return true;
    }
    if (
      this.candidate < 0 ||
      start < this.candidate ||
      (start === this.candidate && end > this.candidateEnd)
    ) {
      this.candidate = start;
      this.candidateEnd = end;
      this.candidatePattern = pattern;
    } else if (start === this.candidate && end === this.candidateEnd) {
      this.candidatePattern = Math.min(this.candidatePattern, pattern);
    }
    return false;
  }

  /** After a unit: is the candidate settled, has the oldest start outgrown its limit, has an outgrown one died? */
  decide(around: Surroundings): void {
    const { oldest } = this;
    if (this.outgrown >= 0) {
      if (oldest !== this.outgrown) this.disproved(this.position - 1, around);
      else if (this.position >= this.reported + this.maxLength)
        this.report(this.reported + this.maxLength, around);
      return;
    }
    if (this.candidate >= 0 && (oldest < 0 || oldest > this.candidate)) {
      this.settle(around);
      return;
    }
    if (!this.canExceed || oldest < 0 || this.position - oldest <= this.maxLength) return;
    if (oldest === this.candidate) this.settle(around);
    else this.outgrow(oldest, around);
  }

  reportWhole(around: Surroundings): void {
    while (this.position >= this.reported + this.maxLength)
      this.report(this.reported + this.maxLength, around);
  }

  settle(around: Surroundings): void {
    const { candidate, candidateEnd } = this;
    const taken = around.accept(this.group, this.candidatePattern, candidate, candidateEnd);
    this.restart(taken ? candidateEnd : candidate + 1, around);
  }

  outgrow(start: number, around: Surroundings): void {
    this.candidate = -1;
    this.outgrown = start;
    this.reported = start;
    this.reportWhole(around);
  }

  report(end: number, { onLimit }: Surroundings): void {
    if (end > this.reported) onLimit(this.group, this.reported, end);
    this.reported = end;
  }

  /** An outgrown candidate has come to nothing. What follows the last whole piece is searched again. */
  disproved(end: number, around: Surroundings): void {
    const { reported } = this;
    this.report(end, around);
    this.restart(reported, around);
  }

  /** The text ends here. Returns whether there is anything left to search. */
  finish(around: Surroundings): boolean {
    this.dfa.end(this.run);
    if (this.takeEvents(around, true)) return true;
    if (this.outgrown >= 0) {
      this.disproved(this.position, around);
      return true;
    }
    if (this.candidate >= 0) {
      this.settle(around);
      return true;
    }
    return false;
  }
}
