// The keyed functions that inspection is given: hashes that let findings be compared, and the stand-ins of `tokenize`.
// Keys are derived from the master key and never leave this file.
import { createHmac, type KeyObject } from 'node:crypto';
import type { Keyed } from '@sluice/inspect';

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

  constructor(keys: { readonly hash: KeyObject; readonly token: KeyObject }) {
    this.#hashKey = keys.hash;
    this.#tokenKey = keys.token;
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
}
