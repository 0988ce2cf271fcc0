// Seals the bodies of one exchange under its own data key. It must not know what the parts mean or where they go.
import { createCipheriv, createDecipheriv, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { type Parts, packParts, unpackParts } from './body.ts';
import { LedgerDamaged } from './errors.ts';
import { randomFill } from './random.ts';
import type { KeyWrapper } from './wrapper.ts';

/** In the entry's header: binds the header to the sealed body, and outlives it. */
export interface SealStamp {
  /** Ordinal of the body in its exchange, which is its nonce too: a data key is never used by two processes. */
  readonly n: number;
  /** Authentication tag, base64url. */
  readonly tag: string;
  /** SHA-256 of the ciphertext, base64url. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface Sealed {
  readonly stamp: SealStamp;
  readonly body: Buffer;
  /** The wrapped data key, with the first sealed body of an exchange only. */
  readonly key: Buffer | undefined;
}

const CIPHER = 'aes-256-gcm';

/** What a body is bound to: a body cannot be moved to another exchange, kind or place. */
const binding = (exchange: string, kind: string, n: number) => Buffer.from(`${exchange}/${kind}/${n}`);

/** Holds a new data key until it is a KeyObject and wrapped, and is wiped then. */
const dataKey = Buffer.alloc(32);

function nonce(n: number): Buffer {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(n, 8);
  return iv;
}

/** One exchange's seal, from its first entry to its last. Makes no key until something is to be sealed. */
export class ExchangeSeal {
  readonly #exchange: string;
  readonly #wrapper: KeyWrapper;
  #key: KeyObject | undefined;
  #n = 0;

  constructor(exchange: string, wrapper: KeyWrapper) {
    this.#exchange = exchange;
    this.#wrapper = wrapper;
  }

  /** Undefined when there is nothing to seal. */
  seal(kind: string, parts: Parts): Sealed | undefined {
    const plain = packParts(parts);
    if (!plain) return undefined;
    let wrapped: Buffer | undefined;
    if (!this.#key) {
      randomFill(dataKey);
      this.#key = createSecretKey(dataKey);
      wrapped = this.#wrapper.wrap(dataKey);
      dataKey.fill(0);
    }
    const n = this.#n++;
    // A KeyObject makes this 8 µs for 2 KB; raw bytes as the key would make it 28.
    const cipher = createCipheriv(CIPHER, this.#key, nonce(n));
    cipher.setAAD(binding(this.#exchange, kind, n));
    const body = cipher.update(plain);
    cipher.final();
    const tag = cipher.getAuthTag().toString('base64url');
    return {
      stamp: { n, tag, sha256: hash('sha256', body, 'base64url'), bytes: body.length },
      body,
      key: wrapped,
    };
  }
}

/** Opens a sealed body. Throws LedgerDamaged when body, header, exchange or key do not belong together. */
export function unseal(
  key: KeyObject,
  exchange: string,
  kind: string,
  stamp: SealStamp,
  body: Buffer,
): Parts {
  if (hash('sha256', body, 'base64url') !== stamp.sha256)
    throw new LedgerDamaged(`A body of exchange ${exchange} is not the one that was sealed.`);
  const decipher = createDecipheriv(CIPHER, key, nonce(stamp.n), { authTagLength: 16 });
  decipher.setAAD(binding(exchange, kind, stamp.n));
  decipher.setAuthTag(Buffer.from(stamp.tag, 'base64url'));
  const plain = decipher.update(body);
  try {
    decipher.final();
  } catch (cause) {
    throw new LedgerDamaged(`A body of exchange ${exchange} does not open with its key.`, { cause });
  }
  return unpackParts(plain);
}
