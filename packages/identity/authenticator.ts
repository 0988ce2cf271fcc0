// Tells which kind of credential it was given and hands it to the one check for that kind.
import type { Authenticated, Authenticator } from './api.ts';
import { createKeyCheck, type KeyLookup } from './key-check.ts';
import { looksLikeKey } from './keys.ts';
import { createTokenCache } from './oidc/token-cache.ts';
import { createTokenCheck, type OidcOptions } from './oidc/verify.ts';

export interface AuthenticatorOptions {
  readonly keys: KeyLookup;
  /** Issuers of bearer tokens; each once. */
  readonly oidc?: readonly OidcOptions[];
  /** Epoch milliseconds, for the age of issuers' keys. Default: the system's clock. */
  readonly clock?: () => number;
}

/** Three parts of base64url, the last of which may be empty so that an unsigned token is named as what it is. */
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** Throws when an issuer's options could never work. */
export function createAuthenticator({
  keys,
  oidc = [],
  clock = Date.now,
}: AuthenticatorOptions): Authenticator {
  const checkKey = createKeyCheck(keys);
  const checkToken = createTokenCache(createTokenCheck(oidc, clock));
  return {
    authenticate(credential, now): Authenticated | Promise<Authenticated> {
      if (credential === '') return { ok: false, why: 'missing' };
      if (looksLikeKey(credential)) return checkKey(credential, now);
      if (JWT.test(credential)) return checkToken(credential, now);
      return { ok: false, why: 'malformed' };
    },
  };
}
