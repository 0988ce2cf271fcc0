// Finds the caller's credential in the places where clients put it. It must not know what a credential is worth.
import type { Rejection } from './api.ts';

/** Headers by lower-case name; lists as from `headersDistinct`, where duplicates can be seen. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export type FoundCredential =
  | { readonly ok: true; readonly credential: string }
  | { readonly ok: false; readonly why: Extract<Rejection, 'missing' | 'malformed'> };

/** Characters that a credential may have: as many as a request head can carry, and more than any real one needs. */
const LONGEST = 16_384;

const BEARER = /^bearer +(\S+) *$/i;
/** RFC 6750 b64token and the keys of all providers: visible ASCII without quotes, commas and the like. */
const TOKEN = /^[A-Za-z0-9._~+/=:-]+$/;

/**
 * The one credential in `places` (lower-case header names, `authorization` meaning a bearer token in it). The same one in
 * several places is one; two different ones are `malformed`, since which of them decides would be a guess.
 * It never looks at the URL: URLs end up in logs.
 */
export function credentialFrom(headers: Headers, places: readonly string[]): FoundCredential {
  let credential: string | undefined;
  for (const place of places) {
    const given = headers[place];
    if (given === undefined) continue;
    for (const value of typeof given === 'string' ? [given] : given) {
      if (value === '') continue;
      const found = place === 'authorization' ? BEARER.exec(value)?.[1] : value;
      if (found === undefined || found.length > LONGEST || !TOKEN.test(found))
        return { ok: false, why: 'malformed' };
      if (credential !== undefined && credential !== found) return { ok: false, why: 'malformed' };
      credential = found;
    }
  }
  return credential === undefined ? { ok: false, why: 'missing' } : { ok: true, credential };
}
