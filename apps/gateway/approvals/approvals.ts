// Approvals in motion: who waits for which, and what they are told when a person has decided. The durable state and its
// atomic rules are the ledger's; decisions made by another process are seen by looking again every second.
import type { AdminAct, Approval, ApprovalStore, Grant, Ledger, Vote } from '@sluice/ledger';

/** How often waiting calls look at the store for decisions made elsewhere, in milliseconds. */
const LOOK_AGAIN = 1000;

export class Approvals {
  readonly store: ApprovalStore;
  readonly #ledger: Ledger;
  readonly #now: () => number;
  readonly #waiting = new Map<string, Set<() => void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(ledger: Ledger, now: () => number) {
    this.#ledger = ledger;
    this.store = ledger.approvals;
    this.#now = now;
  }

  /** Expires what is overdue once a second, waking those who wait for it. */
  start(onError: (error: unknown) => void): void {
    this.#timer = setInterval(() => {
      this.store.expire(this.#now()).then(() => this.#wake(), onError);
    }, LOOK_AGAIN);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#wake();
  }

  #wake(id?: string): void {
    if (id === undefined)
      for (const listeners of this.#waiting.values()) for (const listener of listeners) listener();
    else for (const listener of this.#waiting.get(id) ?? []) listener();
  }

  /** Resolves when something may have changed, or after `ms`, or when `abort` is called; whoever waits reads the store anew. */
  changed(id: string, ms: number): { readonly done: Promise<void>; readonly abort: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    const listeners = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, listeners.add(resolve));
    const timer = setTimeout(resolve, Math.max(0, Math.min(ms, LOOK_AGAIN)));
    const done = promise.finally(() => {
      clearTimeout(timer);
      listeners.delete(resolve);
      if (listeners.size === 0) this.#waiting.delete(id);
    });
    return { done, abort: resolve };
  }

  /** A person's decision. The vote is durable in the approval and an entry of the record before the waiting call moves. */
  async vote(id: string, vote: Vote): Promise<Approval | 'own' | 'twice' | 'closed' | 'unknown'> {
    const result = await this.store.vote(id, vote);
    if (typeof result === 'string') return result;
    await this.#act({
      act: 'approval.vote',
      by: vote.person,
      on: id,
      reason: vote.reason,
      details: { approve: vote.approve, status: result.status },
    });
    this.#wake(id);
    return result;
  }

  /** "Approve for a time": a standing permission for this person and these rules. */
  async grant(grant: Grant): Promise<void> {
    await this.store.grant(grant);
    await this.#act({
      act: 'grant.create',
      by: grant.by.join(', '),
      on: grant.person,
      reason: grant.reason,
      details: { rule: grant.rule, connection: grant.connection, until: grant.until },
    });
    this.#wake();
  }

  #act(act: Omit<AdminAct, 'at'>): Promise<unknown> {
    return this.#ledger.act({ at: this.#now(), ...act });
  }

  /** The attempt ended without an answer, or the approval was used: others who wait may look again. */
  async settle(id: string, used: boolean): Promise<void> {
    if (!used) await this.store.release(id);
    this.#wake(id);
  }
}
