// How late text is, against the moments at which the model server wrote it. Pure; it must not know sockets or peers.
import type { VisibleText } from './visible.ts';

/** One entry an event. */
export interface Lateness {
  /** Milliseconds until all of it was visible. */
  readonly lag: readonly number[];
  /** Further events that had been written by then. */
  readonly tokensLate: readonly number[];
  /** Characters written and not visible when the next event was written. */
  readonly held: readonly number[];
}

/** Where events came closer together than this, the server had fallen behind, and nothing can be said of what is held. */
const LEAST_GAP_MS = 10;

/** `pieces` are the lengths of the events' texts, `written` the moments at which they were written. */
export function lateness(pieces: readonly number[], written: readonly number[], text: VisibleText): Lateness {
  const lag: number[] = [];
  const tokensLate: number[] = [];
  const held: number[] = [];
  let sent = 0;
  for (const [k, seen] of text.seen(pieces).entries()) {
    const at = written[k] ?? Number.NaN;
    lag.push(seen - at);
    let later = k;
    while ((written[later + 1] ?? Number.POSITIVE_INFINITY) < seen) later++;
    tokensLate.push(later - k);
    sent += pieces[k] ?? 0;
    const next = written[k + 1];
    if (next !== undefined && next - at >= LEAST_GAP_MS) held.push(Math.max(0, sent - text.visibleAt(next)));
  }
  return { lag, tokensLate, held };
}
