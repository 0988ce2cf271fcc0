// Who calls: gateway keys and OIDC tokens in, principals out.
export type * from './api.ts';
export { type AuthenticatorOptions, createAuthenticator } from './authenticator.ts';
export { credentialFrom, type FoundCredential, type Headers } from './credential.ts';
export type { KeyLookup, KeyRecord } from './key-check.ts';
export { createKey, hashKey, isWellFormed, type NewKey } from './keys.ts';
export type { GroupClaim } from './oidc/claims.ts';
export type { OidcOptions } from './oidc/verify.ts';
