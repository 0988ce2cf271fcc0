// Issues a gateway key: what is stored, and the key that is shown once. Used by the admin API and by the command line
// beside a stopped gateway.
import { createKey } from '@sluice/identity/keys';
import type { StoredKey } from '@sluice/ledger';

export interface KeyOrder {
  readonly name: string;
  /** The person answering for the key, who may not approve its requests. Default: nobody but the key itself. */
  readonly owner?: string;
  readonly groups?: readonly string[];
  readonly connections?: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

export function issueKey(order: KeyOrder, now: number): { readonly key: string; readonly stored: StoredKey } {
  const { id, key, hash } = createKey();
  const { name, owner = `key:${name}`, groups = [], connections, expiresAt } = order;
  return {
    key,
    stored: {
      id,
      name,
      hash,
      owner,
      groups,
      ...(connections === undefined ? {} : { connections }),
      createdAt: now,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
  };
}
