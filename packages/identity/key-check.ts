// Accepts gateway keys: from a cache while the store has not changed, else from the store. It must not know the store.
import type { Authenticated } from './api.ts';
import { hashKey, isWellFormed } from './keys.ts';

/** What is kept of a key. The ledger's StoredKey is one. Times are epoch milliseconds. */
export interface KeyRecord {
  readonly id: string;
  readonly name: string;
  /** The person answering for the key. */
  readonly owner: string;
  readonly groups: readonly string[];
  /** Connections it is limited to; undefined means that only the access rules decide. */
  readonly connections?: readonly string[];
  readonly expiresAt?: number;
  readonly revokedAt?: number;
}

/** Where keys are looked up. The ledger's KeyStore is one. */
export interface KeyLookup {
  byHash(hash: string): Promise<KeyRecord | undefined>;
  /** Changes with every insert and revocation, by any process. Cheap enough to be read for every call. */
  generation(): number;
}

/** Keys kept at once; beyond it the cache starts anew, which costs one look-up a key. */
const CACHED_KEYS = 10_000;

export function createKeyCheck(
  keys: KeyLookup,
): (credential: string, now: number) => Authenticated | Promise<Authenticated> {
  const known = new Map<string, KeyRecord>();
  let generation = keys.generation();

  async function lookUp(hash: string, now: number): Promise<Authenticated> {
    const asked = generation;
    const record = await keys.byHash(hash);
    if (record === undefined) return { ok: false, why: 'unknown_key' };
    // What was read may be older than a revocation that came meanwhile: then it serves this call and is not kept.
    if (asked === generation) {
      if (known.size >= CACHED_KEYS) known.clear();
      known.set(hash, record);
    }
    return judge(record, now);
  }

  return (credential, now) => {
    const current = keys.generation();
    if (current !== generation) {
      known.clear();
      generation = current;
    }
    const hash = hashKey(credential);
    const record = known.get(hash);
    if (record !== undefined) return judge(record, now);
    return isWellFormed(credential) ? lookUp(hash, now) : { ok: false, why: 'malformed' };
  };
}

function judge(record: KeyRecord, now: number): Authenticated {
  if (record.revokedAt !== undefined) return { ok: false, why: 'revoked' };
  if (record.expiresAt !== undefined && now >= record.expiresAt) return { ok: false, why: 'expired' };
  return {
    ok: true,
    principal: {
      subject: `key:${record.id}`,
      display: record.name,
      groups: record.groups,
      method: 'key',
      person: record.owner,
      ...(record.connections && { connections: record.connections }),
      ...(record.expiresAt !== undefined && { expiresAt: record.expiresAt }),
    },
  };
}
