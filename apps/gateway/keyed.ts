// The keyed functions that inspection is given: hashes that let findings be compared, and the stand-ins of `tokenize`; and
// the seal under which an original that was masked travels with its caller.
// Keys are derived from the master key and never leave this file.
import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import type { Keyed } from '@sluice/inspect';
import type { Sealer } from '@sluice/protocols';

/** Bytes of the nonce and of the tag that stand before and after what is sealed. */
const NONCE = 12;
const TAG = 16;

const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789AB';

/** Upper-case stem of a stand-in: `pii.email` → `EMAIL`. */
function stem(kind: string): string {
  const last = kind.slice(kind.lastIndexOf('.') + 1);
  return last.replace(/[^a-z0-9]/gi, '').toUpperCase() || 'VALUE';
}

/** 16 characters, 80 bits: the chance that two values of a caller collide is negligible. */
function letters(mac: Buffer): string {
  let out = '';
  for (let i = 0; i < 16; i++) out += ALPHABET[mac[i]! & 31];
  return out;
}

export class Keyring {
  readonly #hashKey: KeyObject;
  readonly #tokenKey: KeyObject;
  readonly #sealKey: KeyObject;

  constructor(keys: { readonly hash: KeyObject; readonly token: KeyObject; readonly seal: KeyObject }) {
    this.#hashKey = keys.hash;
    this.#tokenKey = keys.token;
    this.#sealKey = keys.seal;
  }

  /** 128 bits, hex. The same value of the same kind has the same hash in every exchange of this installation. */
  hash(kind: string, value: string): string {
    return createHmac('sha256', this.#hashKey)
      .update(kind)
      .update('\0')
      .update(value)
      .digest('hex')
      .slice(0, 32);
  }

  /**
   * Keyed functions for one principal on one connection. The same value gives the same stand-in in every turn, and another
   * principal's stand-in for it is unrelated. `remember` is told of each stand-in made, so that the answer can be restored.
   */
  for(principal: string, connection: string, remember?: (standIn: string, value: string) => void): Keyed {
    return {
      hash: (kind, value) => this.hash(kind, value),
      token: (kind, value) => {
        const mac = createHmac('sha256', this.#tokenKey);
        for (const part of [principal, connection, kind, value])
          mac.update(String(part.length)).update(':').update(part);
        const standIn = `${stem(kind)}_${letters(mac.digest())}`;
        remember?.(standIn, value);
        return standIn;
      },
    };
  }

  /**
   * AES-256-GCM under a random nonce of 96 bits (NIST SP 800-38D, 8.2.2), bound to a principal and a connection: what is sealed
   * for one opens for no other.
   */
  sealer(principal: string, connection: string): Sealer {
    const place = Buffer.from(`${principal.length}:${principal}${connection}`);
    return {
      seal: (text) => {
        const nonce = randomBytes(NONCE);
        const cipher = createCipheriv('aes-256-gcm', this.#sealKey, nonce).setAAD(place);
        const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final()];
        return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64');
      },
      open: (sealed) => {
        const bytes = Buffer.from(sealed, 'base64');
        if (bytes.length < NONCE + TAG) return undefined;
        const end = bytes.length - TAG;
        const decipher = createDecipheriv('aes-256-gcm', this.#sealKey, bytes.subarray(0, NONCE), {
          authTagLength: TAG,
        });
        decipher.setAAD(place).setAuthTag(bytes.subarray(end));
        try {
          return Buffer.concat([decipher.update(bytes.subarray(NONCE, end)), decipher.final()]).toString(
            'utf8',
          );
        } catch {
          // The tag does not fit: not sealed here, or not for this caller.
          return undefined;
        }
      },
    };
  }
}
