// Policies in the record: the text of each that comes into force, once, so that the hash in an exchange's header can be
// resolved by whoever has the record alone. It must not know when a configuration is loaded.
import { type Ledger, policyAct } from '@sluice/ledger';
import { canonical, type ResolvedPolicy } from '@sluice/policy';

export class PolicyRecord {
  readonly #ledger: Pick<Ledger, 'act' | 'log'>;
  /** Recorded by this process: an entry is found by its hash only a moment later. */
  readonly #recorded = new Set<string>();

  constructor(ledger: Pick<Ledger, 'act' | 'log'>) {
    this.#ledger = ledger;
  }

  /** Resolves once the texts of all are durable. */
  async add(policies: Iterable<ResolvedPolicy>, now: number): Promise<void> {
    for (const policy of policies) {
      const { hash, ...body } = policy;
      if (this.#recorded.has(hash) || (await this.#ledger.log.policy(hash)) !== undefined) continue;
      this.#recorded.add(hash);
      await this.#ledger.act(policyAct(now, policy.name, canonical(body)));
    }
  }
}
