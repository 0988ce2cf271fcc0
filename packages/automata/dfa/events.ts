// From the matches that a step has come across to the events that its transition carries. Knows no instructions but
// their groups.
import { type Event, HERE, type State } from './state.ts';

/** A match of the start with index `from` of the old state (the fresh start comes last). */
export interface Found {
  /** The instruction. */
  readonly at: number;
  readonly group: number;
  readonly pattern: number;
  readonly from: number;
  readonly late: boolean;
}

export interface Outcome {
  readonly state: State;
  /** The new state's items and ends, and the indices that its starts had in the old one. */
  readonly items: Int32Array;
  readonly ends: Int32Array;
  readonly origins: Int32Array;
}

/** Of each group the oldest start that matches, and of its patterns the lowest. `found` has older starts first. */
function leading(found: readonly Found[]): Found[] {
  const best = new Map<number, Found>();
  for (const next of found) {
    const known = best.get(next.group);
    if (!known || (known.from === next.from && next.pattern < known.pattern)) best.set(next.group, next);
  }
  return [...best.values()];
}

/** In order of their ends: those before the unit come first. */
export function makeEvents(found: readonly Found[], outcome: Outcome, groupOf: Int32Array): Event[] {
  const late = leading(found.filter((f) => f.late));
  const now = leading(found.filter((f) => !f.late));
  const done = new Set<number>();
  const events = late.map((f) => {
    const next = now.find((n) => n.group === f.group);
    const event = makeEvent(f, next, oldestOf(f.group, outcome, groupOf), outcome, groupOf);
    if (event.settled && event.clean) done.add(f.group);
    return event;
  });
  for (const f of now) {
    // Behind a match that left nothing alive, the group's oldest start is the one on this very unit.
    const oldest = done.has(f.group) ? outcome.state.ends.length : oldestOf(f.group, outcome, groupOf);
    events.push(makeEvent(f, undefined, oldest, outcome, groupOf));
  }
  return events;
}

function makeEvent(
  f: Found,
  next: Found | undefined,
  oldest: number,
  outcome: Outcome,
  groupOf: Int32Array,
): Event {
  const { group, pattern, from, late } = f;
  const { state, origins, items, ends } = outcome;
  const fresh = state.ends.length;
  const sourceOf = (index: number): number => (index < fresh ? state.sources[index]! : HERE);
  let lasts = next?.from === from;
  let clean = true;
  for (let i = 0; i < ends.length; i++) {
    if (!holds(group, items, i === 0 ? 0 : ends[i - 1]!, ends[i]!, groupOf)) continue;
    if (origins[i] === from) lasts = true;
    // A start on this very unit lies behind a match that ended before it.
    if (!late || origins[i] !== fresh) clean = false;
  }
  const settled = from === oldest && !lasts;
  return { group, pattern, source: sourceOf(from), oldest: sourceOf(oldest), late, settled, clean };
}

function oldestOf(group: number, { state }: Outcome, groupOf: Int32Array): number {
  const { items, ends } = state;
  for (let i = 0; i < ends.length; i++) {
    if (holds(group, items, i === 0 ? 0 : ends[i - 1]!, ends[i]!, groupOf)) return i;
  }
  return ends.length;
}

function holds(group: number, items: Int32Array, from: number, to: number, groupOf: Int32Array): boolean {
  for (let i = from; i < to; i++) if (groupOf[items[i]!] === group) return true;
  return false;
}
