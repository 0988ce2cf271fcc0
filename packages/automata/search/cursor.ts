// One text being read. The shared automaton runs over every unit; groups in which it sees a match are settled at once
// when the match stands alone, and pursued on their own otherwise. What is alive is known at every chunk's end.
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
  readonly run: Run;
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
    this.run = from
      ? { ...from.run, registers: from.run.registers.slice(), events: null, starts: [] }
      : machines.together.start(0, EDGE);
    this.deadline = from ? from.deadline : machines.shortest + 1;
    if (!from) return;
    this.ended = from.ended;
    this.open = from.open;
    if (from.pursuits === null) return;
    this.pursuits = new Map();
    for (const [group, pursuit] of from.pursuits) this.pursuits.set(group, pursuit.clone(machines));
  }

  get position(): number {
    return this.run.position;
  }

  push(chunk: string): void {
    if (this.ended) throw new Error('text after the end');
    const { window, run } = this;
    const base = run.position;
    window.open(chunk);
    if (this.pursuits !== null) this.followPending(base);
    const shared = this.machines.together;
    const length = chunk.length;
    for (let i = 0; ; ) {
      i = shared.advance(run, chunk, i, Math.min(length, this.deadline - base), base);
      if (run.events !== null) this.takeEvents(run.events);
      if (run.position >= this.deadline) this.checkAges();
      if (i >= length) break;
    }
    this.findOpen();
    window.close(Math.max(window.tailStart, this.open - this.machines.leftContext - 1));
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    const { position, run } = this;
    const shared = this.machines.together;
    const { pursuits } = this;
    for (const pursuit of pursuits?.values() ?? []) pursuit.follow(position, this);
    shared.end(run);
    const { events } = run;
    if (events !== null) {
      for (let i = 0; i < events.length; i++) {
        const { group } = events[i]!;
        if (!pursuits?.has(group)) this.pursue(group, run.starts[2 * i + 1]!, position);
      }
    }
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
      this.run.state.before === other.run.state.before
    );
  }

  rests(): boolean {
    return this.pursuits === null && this.run.state.ends.length === 0;
  }

  followPending(base: number): void {
    for (const pursuit of this.pursuits!.values()) {
      if (!pursuit.pending) continue;
      pursuit.follow(base, this);
      // The ages of the group's starts have not been looked at meanwhile.
      if (!pursuit.pending) this.deadline = base;
    }
  }

  takeEvents(events: readonly Event[]): void {
    const { starts, position } = this.run;
    for (let i = 0; i < events.length; i++) {
      const event = events[i]!;
      this.takeMatch(event, starts[2 * i]!, starts[2 * i + 1]!, event.late ? position - 1 : position);
    }
  }

  takeMatch({ group, pattern, settled, clean }: Event, start: number, oldest: number, end: number): void {
    const pursuit = this.pursuits?.get(group);
    // What a pursuit has read it has settled, or will.
    const { position } = this.run;
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
    const { run, machines } = this;
    const { position, state } = run;
    let next = position + machines.shortest + 1;
    for (let index = 0; index < state.ends.length; index++) {
      const start = startOf(run, index);
      // A start that is in time ends the round, unless a pursuit sees to it.
      const inTime = start + machines.shortest + 1 > position;
      if (inTime && (start + machines.shortest + 1 >= next || this.pursuits === null)) {
        next = Math.min(next, start + machines.shortest + 1);
        break;
      }
      for (const group of groupsOf(state, index, machines.nfa.group)) {
        if (machines.canExceed[group]) next = Math.min(next, this.dueAfterCheck(group, start));
      }
    }
    this.deadline = next;
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
    const { run } = this;
    if (this.pursuits === null) {
      this.open = run.state.ends.length > 0 ? startOf(run, 0) : run.position;
      return;
    }
    let open = run.position;
    for (const [group, pursuit] of this.pursuits) {
      if (!pursuit.pending) {
        if (!this.outlived(group, pursuit.resume)) {
          this.pursuits.delete(group);
          continue;
        }
        pursuit.follow(run.position, this);
      }
      open = Math.min(open, pursuit.open);
    }
    this.open = Math.min(open, this.sharedOpen());
    if (this.pursuits.size === 0) this.pursuits = null;
  }

  /** Whether a start of the group from before `resume` is still alive in the shared automaton. */
  outlived(group: number, resume: number): boolean {
    const { run, machines } = this;
    for (let index = 0; index < run.state.ends.length; index++) {
      if (startOf(run, index) >= resume) return false;
      if (groupsOf(run.state, index, machines.nfa.group).includes(group)) return true;
    }
    return false;
  }

  /** The oldest start of a group that is not pursued. */
  sharedOpen(): number {
    const { run, machines, pursuits } = this;
    for (let index = 0; index < run.state.ends.length; index++) {
      const groups = groupsOf(run.state, index, machines.nfa.group);
      if (groups.some((group) => !pursuits!.has(group))) return startOf(run, index);
    }
    return run.position;
  }
}
