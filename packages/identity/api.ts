// What identity gives to the gateway: credentials in, principals out. It must not know HTTP routes or policies.
import type { Principal } from '@sluice/types';

/** Why a credential was not accepted. For the log and the record; the caller only reads `unauthenticated`. */
export type Rejection =
  | 'missing'
  | 'malformed'
  | 'unknown_key'
  | 'revoked'
  | 'expired'
  | 'not_yet_valid'
  | 'unknown_issuer'
  /** Bound to a key (RFC 7800 `cnf`) that a bearer does not prove to hold. */
  | 'proof_missing'
  | 'wrong_audience'
  | 'bad_algorithm'
  | 'bad_signature'
  | 'issuer_unreachable';

export type Authenticated =
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly why: Rejection };

export interface Authenticator {
  /**
   * A gateway key (`slc_…`) or an OIDC bearer token. Synchronous from the cache in the common case, so that the hot path
   * makes no promise; verified tokens are cached no longer than they live, keys until the key store's generation changes.
   */
  authenticate(credential: string, now: number): Authenticated | Promise<Authenticated>;
}
