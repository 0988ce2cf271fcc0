// Gateway keys: their shape, and how they are accepted, expired, revoked and cached.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAuthenticator } from './authenticator.ts';
import type { KeyRecord } from './key-check.ts';
import { createKey, hashKey, isWellFormed } from './keys.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Keys in memory, as a store has them. */
class Store {
  readonly records = new Map<string, KeyRecord>();
  asked = 0;
  changes = 0;

  put(hash: string, record: Partial<KeyRecord> = {}): void {
    this.records.set(hash, { id: 'key_1', name: 'ci', owner: 'ada', groups: ['engineering'], ...record });
    this.changes += 1;
  }

  async byHash(hash: string): Promise<KeyRecord | undefined> {
    this.asked += 1;
    return this.records.get(hash);
  }

  generation(): number {
    return this.changes;
  }
}

test('a key is a prefix, 43 characters and the checksum of those', () => {
  const { key, hash } = createKey();
  const [, secret, sum] = /^slc_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(key)!;
  const value = [...sum!].reduce((all, digit) => all * 62 + BASE62.indexOf(digit), 0);
  expect(value).toBe(crc32(secret!));
  expect(hash).toBe(createHash('sha256').update(key).digest('hex'));
  expect(isWellFormed(key)).toBe(true);
});

test('keys differ, and so do their names', () => {
  const keys = Array.from({ length: 500 }, createKey);
  expect(new Set(keys.map(({ key }) => key)).size).toBe(500);
  expect(new Set(keys.map(({ id }) => id)).size).toBe(500);
  // 256 bits fill the first digit as far as 62^43 allows: a key that is always padded would show here.
  expect(new Set(keys.map(({ key }) => key[4])).size).toBeGreaterThan(20);
});

test('no key with a changed, missing or added character is read', () => {
  fc.assert(
    fc.property(
      fc.nat(52),
      fc.constantFrom(...BASE62, '-', ' '),
      fc.constantFrom('change', 'drop', 'add'),
      (at, other, how) => {
        const { key } = createKey();
        const tail = key.slice(how === 'add' ? at : at + 1);
        const altered = key.slice(0, at) + (how === 'drop' ? '' : other) + tail;
        fc.pre(altered !== key);
        expect(isWellFormed(altered)).toBe(false);
      },
    ),
  );
});

test('a stored key tells who calls; only the first time is the store asked', async () => {
  const store = new Store();
  const { key, hash } = createKey();
  store.put(hash, { connections: ['gpt'], expiresAt: 2000 });
  const { authenticate } = createAuthenticator({ keys: store });
  const accepted = {
    ok: true,
    principal: {
      subject: 'key:key_1',
      display: 'ci',
      groups: ['engineering'],
      method: 'key',
      person: 'ada',
      connections: ['gpt'],
      expiresAt: 2000,
    },
  };
  expect(await authenticate(key, 1000)).toEqual(accepted);
  expect(authenticate(key, 1999)).toEqual(accepted);
  expect(store.asked).toBe(1);
});

test('an expired key is refused at the very moment, from the cache too', async () => {
  const store = new Store();
  const { key, hash } = createKey();
  store.put(hash, { expiresAt: 2000 });
  const { authenticate } = createAuthenticator({ keys: store });
  await authenticate(key, 1999);
  expect(authenticate(key, 2000)).toEqual({ ok: false, why: 'expired' });
});

test('a revocation is seen by the next call', async () => {
  const store = new Store();
  const { key, hash } = createKey();
  store.put(hash);
  const { authenticate } = createAuthenticator({ keys: store });
  expect(await authenticate(key, 1)).toMatchObject({ ok: true });
  store.put(hash, { revokedAt: 1 });
  expect(await authenticate(key, 2)).toEqual({ ok: false, why: 'revoked' });
});

test('a key that was looked up while it was revoked is not kept', async () => {
  const store = new Store();
  const [slow, other] = [createKey(), createKey()];
  store.put(slow.hash);
  store.put(other.hash);
  let answer = (): void => undefined;
  const byHash = async (hash: string): Promise<KeyRecord | undefined> => {
    const record = await store.byHash(hash);
    if (hash === slow.hash && record?.revokedAt === undefined)
      await new Promise<void>((resolve) => (answer = resolve));
    return record;
  };
  const { authenticate } = createAuthenticator({ keys: { byHash, generation: () => store.generation() } });
  const early = authenticate(slow.key, 1);
  store.put(slow.hash, { revokedAt: 1 });
  expect(await authenticate(other.key, 2)).toMatchObject({ ok: true });
  answer();
  await early;
  expect(await authenticate(slow.key, 3)).toEqual({ ok: false, why: 'revoked' });
});

test('an unknown key is asked for each time, and a new one is known at once', async () => {
  const store = new Store();
  const { key, hash } = createKey();
  const { authenticate } = createAuthenticator({ keys: store });
  expect(await authenticate(key, 1)).toEqual({ ok: false, why: 'unknown_key' });
  store.put(hash);
  expect(await authenticate(key, 1)).toMatchObject({ ok: true });
});

test.each(['slc_', 'slc_short', `slc_${'0'.repeat(49)}x`, `slc_${'A'.repeat(49)}`])(
  '%j is refused without asking the store',
  async (text) => {
    const store = new Store();
    const { authenticate } = createAuthenticator({ keys: store });
    expect(await authenticate(text, 1)).toEqual({ ok: false, why: 'malformed' });
    expect(store.asked).toBe(0);
  },
);

test('nothing, and what is neither key nor token, is refused', async () => {
  const { authenticate } = createAuthenticator({ keys: new Store() });
  expect(authenticate('', 1)).toEqual({ ok: false, why: 'missing' });
  expect(await authenticate('sk-another', 1)).toEqual({ ok: false, why: 'malformed' });
});

test('the hash is over the whole key', () => {
  expect(hashKey('slc_a')).not.toBe(hashKey('a'));
});
