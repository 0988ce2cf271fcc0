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
      return looksLikeKey(credential) ? checkKey(credential, now) : checkToken(credential, now);
    },
  };
}
