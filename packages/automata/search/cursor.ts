// One text being read. The shared automata run over every unit; groups in which they see a match are settled at once when
// the match stands alone, and pursued on their own otherwise. What is alive is known at every chunk's end.
import type { Accept, Cursor, OnLimit } from '../api.ts';
import { type Event, groupsOf, type Run, startOf } from '../dfa/state.ts';
import { EDGE } from '../nfa/kinds.ts';
import { OPENED } from '../nfa/nfa.ts';
import type { Machines } from './machines.ts';
import { Pursuit, type Surroundings } from './pursuit.ts';
import { TextWindow } from './window.ts';

const ignoreLimit: OnLimit = () => {};

export class TextCursor implements Cursor, Surroundings {
  readonly machines: Machines;
  readonly accept: Accept;
  readonly onLimit: OnLimit;
  readonly window: TextWindow;
  /** Of the shared automaton of each track. */
  readonly runs: readonly Run[];
  position: number;
  /** Groups whose last match or refusal the shared automaton has not outlived; null when there are none. */
  pursuits: Map<number, Pursuit> | null = null;
  /** Where the age of the oldest starts has to be looked at. */
  deadline: number;
  ended = false;
  open = 0;

  constructor(machines: Machines, accept: Accept, onLimit: OnLimit = ignoreLimit, from?: TextCursor) {
    this.machines = machines;
    this.accept = accept;
    this.onLimit = onLimit;
    this.window = from ? from.window.clone() : new TextWindow();
    this.runs = from
      ? from.runs.map((run) => ({ ...run, registers: run.registers.slice(), events: null, starts: [] }))
      : machines.together.map((dfa) => dfa.start(0, EDGE));
    this.position = from ? from.position : 0;
    this.deadline = from ? from.deadline : machines.shortest + 1;
    if (!from) return;
    this.ended = from.ended;
    this.open = from.open;
    if (from.pursuits === null) return;
    this.pursuits = new Map();
    for (const [group, pursuit] of from.pursuits) this.pursuits.set(group, pursuit.clone(machines));
  }

  push(chunk: string): void {
    if (this.ended) throw new Error('text after the end');
    const { window, runs, machines } = this;
    const base = this.position;
    window.open(chunk);
    if (this.pursuits !== null) this.followPending(base);
    const { length } = chunk;
    for (let i = 0; ; ) {
      i = machines.abreast.advance(runs, chunk, i, Math.min(length, this.deadline - base), base);
      this.position = base + i;
      for (let k = 0; k < runs.length; k++) if (runs[k]!.events !== null) this.takeEvents(runs[k]!);
      if (this.position >= this.deadline) this.checkAges();
      if (i >= length) break;
    }
    this.findOpen();
    window.close(Math.max(window.tailStart, this.open - machines.leftContext - 1));
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    const { position, pursuits } = this;
    for (const pursuit of pursuits?.values() ?? []) pursuit.follow(position, this);
    this.machines.together.forEach((shared, track) => {
      const run = this.runs[track]!;
      shared.end(run);
      run.events?.forEach(({ group }, i) => {
        if (!pursuits?.has(group)) this.pursue(group, run.starts[2 * i + 1]!, position);
      });
    });
    this.pursuits = null;
    this.open = position;
  }

  slice(start: number, end: number): string {
    return this.window.slice(start, end);
  }

  clone(accept: Accept = this.accept, onLimit: OnLimit = this.onLimit): TextCursor {
    return new TextCursor(this.machines, accept, onLimit, this);
  }

  restsLike(other: Cursor): boolean {
    return (
      other instanceof TextCursor &&
      other.machines === this.machines &&
      this.ended === other.ended &&
      this.rests() &&
      other.rests() &&
      this.runs[0]!.state.before === other.runs[0]!.state.before
    );
  }

  rests(): boolean {
    return this.pursuits === null && this.runs.every(({ state }) => state.ends.length === 0);
  }

  followPending(base: number): void {
    for (const pursuit of this.pursuits!.values()) {
      if (!pursuit.pending) continue;
      pursuit.follow(base, this);
      // The ages of the group's starts have not been looked at meanwhile.
      if (!pursuit.pending) this.deadline = base;
    }
  }

  takeEvents({ events, starts, position }: Run): void {
    for (let i = 0; i < events!.length; i++) {
      const event = events![i]!;
      this.takeMatch(event, starts[2 * i]!, starts[2 * i + 1]!, event.late ? position - 1 : position);
    }
  }

  takeMatch({ group, pattern, settled, clean }: Event, start: number, oldest: number, end: number): void {
    const pursuit = this.pursuits?.get(group);
    // What a pursuit has read it has settled, or will.
    const { position } = this;
    if (pursuit && (pursuit.pending || position <= pursuit.position)) return;
    const stale = pursuit !== undefined && oldest < pursuit.resume;
    if (pattern === OPENED || !settled || stale || end - start > this.machines.maxLength[group]!) {
      this.pursue(group, stale ? -1 : oldest, position);
      return;
    }
    const taken = this.accept(group, pattern, start, end);
    if (taken && clean && !pursuit) return;
    this.pursue(group, taken ? end : start + 1, position);
  }

  /** Searches a group on its own: from `from` on, or from where it has got to (-1); at least up to `target`. */
  pursue(group: number, from: number, target: number): Pursuit {
    this.pursuits ??= new Map();
    let pursuit = this.pursuits.get(group);
    if (!pursuit) {
      pursuit = new Pursuit(group, this.machines);
      this.pursuits.set(group, pursuit);
    }
    if (from >= 0) pursuit.restart(from, this);
    pursuit.follow(target, this);
    return pursuit;
  }

  /** Pursues groups whose oldest start may have outgrown its limit, and finds the next place to ask. */
  checkAges(): void {
    let next = this.position + this.machines.shortest + 1;
    for (const run of this.runs) next = Math.min(next, this.dueIn(run, next));
    this.deadline = next;
  }

  dueIn(run: Run, latest: number): number {
    const { machines, position } = this;
    const { state } = run;
    if (state.ends.length === 0) return latest;
    let next = latest;
    for (let index = 0; index < state.ends.length; index++) {
      const due = startOf(run, index) + machines.shortest + 1;
      // A start that is in time ends the round, unless pursuits see to this one and to older ones.
      if (due > position && (index === 0 || due >= next)) return Math.min(next, due);
      for (const group of groupsOf(state, index, machines.nfa.group)) {
        if (machines.canExceed[group]) next = Math.min(next, this.dueAfterCheck(group, startOf(run, index)));
      }
    }
    return next;
  }

  dueAfterCheck(group: number, start: number): number {
    const { position, machines } = this;
    const limit = machines.maxLength[group]! + 1;
    let pursuit = this.pursuits?.get(group);
    if (!pursuit || (!pursuit.pending && start >= pursuit.resume)) {
      if (start + limit > position) return start + limit;
      pursuit = this.pursue(group, start, position);
    } else if (!pursuit.pending && this.ownDue(pursuit, limit) <= position) pursuit.follow(position, this);
    return pursuit.pending ? pursuit.position + limit : this.ownDue(pursuit, limit);
  }

  ownDue(pursuit: Pursuit, limit: number): number {
    const { oldest } = pursuit;
    return (oldest < 0 ? pursuit.position : oldest) + limit;
  }

  findOpen(): void {
    const { runs, position } = this;
    let open = position;
    if (this.pursuits === null) {
      for (let k = 0; k < runs.length; k++)
        if (runs[k]!.state.ends.length > 0) open = Math.min(open, startOf(runs[k]!, 0));
      this.open = open;
      return;
    }
    for (const [group, pursuit] of this.pursuits) {
      if (!pursuit.pending) {
        if (!this.outlived(group, pursuit.resume)) {
          this.pursuits.delete(group);
          continue;
        }
        pursuit.follow(position, this);
      }
      open = Math.min(open, pursuit.open);
    }
    for (const run of runs) open = Math.min(open, this.sharedOpen(run));
    this.open = open;
    if (this.pursuits.size === 0) this.pursuits = null;
  }

  /** Whether a start of the group from before `resume` is still alive in the shared automaton. */
  outlived(group: number, resume: number): boolean {
    const { machines } = this;
    const run = this.runs[machines.trackOf[group]!]!;
    for (let index = 0; index < run.state.ends.length; index++) {
      if (startOf(run, index) >= resume) return false;
      if (groupsOf(run.state, index, machines.nfa.group).includes(group)) return true;
    }
    return false;
  }

  /** The oldest start of a group that is not pursued. */
  sharedOpen(run: Run): number {
    const { machines, pursuits } = this;
    for (let index = 0; index < run.state.ends.length; index++) {
      const groups = groupsOf(run.state, index, machines.nfa.group);
      if (groups.some((group) => !pursuits!.has(group))) return startOf(run, index);
    }
    return run.position;
  }
}
