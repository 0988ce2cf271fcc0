// The key-encryption key: wraps data keys and derives keys for other purposes. It must not know entries or stores.
// A vault or a cloud KMS becomes another factory: it opens the master once at the start and then works as this one does.
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { KeyUnusable } from './errors.ts';
import { randomBytes } from './random.ts';

export interface KeyWrapper {
  /** Names the master key without revealing it; stored in the ledger, so that a wrong key is told at the start. */
  readonly id: string;
  /** 70 bytes for a data key of 32. */
  wrap(dataKey: Buffer): Buffer;
  /** Throws KeyUnusable when it was not wrapped by this master or was altered. */
  unwrap(wrapped: Buffer): KeyObject;
  /** 32 bytes for one purpose (`findings`, `tokens`, …), the same at every start: HKDF-SHA-256 of the master. */
  derive(purpose: string): Buffer;
}

const SALT = 16;
const COUNTER = 6;
const TAG = 16;
const CIPHER = 'aes-256-gcm';

/**
 * Wraps with AES-256-GCM under a key that is derived anew at each start from the master and a random salt. The nonce is
 * then a plain counter, so that no number of exchanges brings two nonces together (random 96-bit ones allow 2^32 uses
 * a key, SP 800-38D 8.3: four days at full load). AES-KW needs no nonce but costs twice the time in OpenSSL 3.
 */
export function masterWrapper(master: Buffer): KeyWrapper {
  const derive = (purpose: string, salt: Buffer = Buffer.alloc(0)) =>
    Buffer.from(hkdfSync('sha256', master, salt, `sluice/${purpose}`, 32));
  const wrappingKey = (salt: Buffer) => createSecretKey(derive('ledger/wrap', salt));

  const salt = randomBytes(SALT);
  const current = wrappingKey(salt);
  const nonce = Buffer.alloc(12);
  let counter = 0;
  const earlier = new Map<string, KeyObject>();

  return {
    id: derive('ledger/id').subarray(0, 8).toString('hex'),
    derive: (purpose) => derive(`purpose/${purpose}`),
    wrap(dataKey) {
      const wrapped = Buffer.allocUnsafe(SALT + COUNTER + dataKey.length + TAG);
      salt.copy(wrapped);
      wrapped.writeUIntBE(counter, SALT, COUNTER);
      nonce.writeUIntBE(counter++, 12 - COUNTER, COUNTER);
      const cipher = createCipheriv(CIPHER, current, nonce);
      cipher.update(dataKey).copy(wrapped, SALT + COUNTER);
      cipher.final();
      cipher.getAuthTag().copy(wrapped, SALT + COUNTER + dataKey.length);
      return wrapped;
    },
    unwrap(wrapped) {
      if (wrapped.length <= SALT + COUNTER + TAG) throw new KeyUnusable('A wrapped data key is too short.');
      const name = wrapped.toString('hex', 0, SALT);
      let key = earlier.get(name);
      if (!key) {
        if (earlier.size > 100) earlier.clear();
        earlier.set(name, (key = wrappingKey(wrapped.subarray(0, SALT))));
      }
      const iv = Buffer.alloc(12);
      wrapped.copy(iv, 12 - COUNTER, SALT, SALT + COUNTER);
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG });
      decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG));
      const dataKey = decipher.update(wrapped.subarray(SALT + COUNTER, wrapped.length - TAG));
      try {
        decipher.final();
      } catch (cause) {
        throw new KeyUnusable('A data key was not wrapped by this key.', { cause });
      }
      return createSecretKey(dataKey);
    },
  };
}
