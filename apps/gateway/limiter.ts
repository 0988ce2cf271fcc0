// Limits over time, per principal and connection: requests and response bytes in the running minute and hour.
// In memory: a restart forgets. It must not know protocols or policies beyond the numbers.

export interface Window {
  readonly requests?: number | undefined;
  readonly response_bytes?: number | undefined;
}

const SPANS = { minute: 60_000, hour: 3_600_000 } as const;
export type Span = keyof typeof SPANS;

/** What the policy sets for each span; undefined is no limit. */
export type Limits = { readonly [span in Span]?: Window | undefined };

interface Counter {
  slot: number;
  requests: number;
  bytes: number;
}

export class Limiter {
  readonly #counters = new Map<string, Counter>();

  #counter(who: string, span: Span, now: number): Counter {
    const slot = Math.floor(now / SPANS[span]);
    const key = `${span} ${who}`;
    let counter = this.#counters.get(key);
    if (counter === undefined || counter.slot !== slot) {
      if (this.#counters.size > 100_000) this.#forget(now);
      counter = { slot, requests: 0, bytes: 0 };
      this.#counters.set(key, counter);
    }
    return counter;
  }

  #forget(now: number): void {
    for (const [key, counter] of this.#counters) {
      const span = key.slice(0, key.indexOf(' ')) as Span;
      if (counter.slot !== Math.floor(now / SPANS[span])) this.#counters.delete(key);
    }
  }

  /** Counters in memory. */
  get size(): number {
    return this.#counters.size;
  }

  /** Counts a request. Returns the seconds to wait when it would exceed a limit, else 0. */
  admit(who: string, limits: Limits, now: number): number {
    let wait = 0;
    for (const span of Object.keys(SPANS) as Span[]) {
      const window = limits[span];
      if (window === undefined) continue;
      const counter = this.#counter(who, span, now);
      const full =
        (window.requests !== undefined && counter.requests >= window.requests) ||
        (window.response_bytes !== undefined && counter.bytes >= window.response_bytes);
      if (full) wait = Math.max(wait, Math.ceil(((counter.slot + 1) * SPANS[span] - now) / 1000));
    }
    if (wait > 0) return wait;
    for (const span of Object.keys(SPANS) as Span[])
      if (limits[span] !== undefined) this.#counter(who, span, now).requests++;
    return 0;
  }

  /** Counts bytes of an answer once it has ended. */
  spend(who: string, limits: Limits, bytes: number, now: number): void {
    for (const span of Object.keys(SPANS) as Span[])
      if (limits[span] !== undefined) this.#counter(who, span, now).bytes += bytes;
  }
}
