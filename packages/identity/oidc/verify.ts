// Verifies OIDC bearer tokens of the configured issuers. It must not know where a token came from, nor keep one.
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Authenticated, Rejection } from '../api.ts';
import { type GroupClaim, principalOf } from './claims.ts';
import { IssuerUnreachable, isTrustworthy } from './fetch-json.ts';
import { createIssuerKeys, type IssuerKeys } from './issuer.ts';

export interface OidcOptions {
  /** As the provider writes it in `iss`; its discovery document must name the same. */
  readonly issuer: string;
  /** A token must be meant for one of them. */
  readonly audience: string | readonly string[];
  readonly groups: GroupClaim;
}

/**
 * Asymmetric signatures only (RFC 8725, section 3.1): neither `none` nor HMAC, with which a public key would be a secret.
 */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Kinds of token that speak for a caller. Others signed with the same keys (logout tokens, DPoP proofs) do not (RFC 8725, 3.11). */
const TYPES = new Set(['jwt', 'at+jwt']);

/** Seconds that the clocks of issuer and gateway may differ. */
export const CLOCK_SKEW = 60;

/** Characters that a token may have. Tokens with hundreds of groups have about 8,000. */
const LONGEST = 16_384;

/** Verifies one token. Never throws; what failed is the answer. */
export type VerifyToken = (token: string, now: number) => Promise<Authenticated>;

/** Throws when the options could never work. */
export function createTokenCheck(options: readonly OidcOptions[], clock: () => number): VerifyToken {
  const issuers = new Map<string, OidcOptions & { readonly keys: IssuerKeys }>();
  for (const option of options) {
    if (!isTrustworthy(option.issuer) || /[?#]/.test(option.issuer))
      throw new Error(`the issuer ${option.issuer} is not an https URL`);
    if (option.audience.length === 0) throw new Error(`the issuer ${option.issuer} has no audience`);
    if (issuers.has(option.issuer)) throw new Error(`the issuer ${option.issuer} is listed twice`);
    issuers.set(option.issuer, { ...option, keys: createIssuerKeys(option.issuer, clock) });
  }

  return async (token, now) => {
    try {
      if (token.length > LONGEST) return rejected('malformed');
      if (!speaksForCaller(decodeProtectedHeader(token).typ)) return rejected('malformed');
      const issuer = issuers.get(decodeJwt(token).iss ?? '');
      if (issuer === undefined) return rejected('unknown_issuer');
      const { payload } = await jwtVerify(token, (header) => issuer.keys.key(header), {
        issuer: issuer.issuer,
        audience: [issuer.audience].flat(),
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_SKEW,
        currentDate: new Date(now),
      });
      if (payload.iat !== undefined && payload.iat > now / 1000 + CLOCK_SKEW)
        return rejected('not_yet_valid');
      // Bound to a key that the caller would have to prove (RFC 7800): as a bearer token it is a stolen one.
      if (payload.cnf !== undefined) return rejected('proof_missing');
      const principal = principalOf(
        issuer.issuer,
        payload,
        issuer.groups,
        (payload.exp! + CLOCK_SKEW) * 1000,
      );
      return principal === undefined ? rejected('malformed') : { ok: true, principal };
    } catch (error) {
      return rejected(reasonOf(error));
    }
  };
}

function speaksForCaller(type: string | undefined): boolean {
  return type === undefined || TYPES.has(type.toLowerCase().replace(/^application\//, ''));
}

const rejected = (why: Rejection): Authenticated => ({ ok: false, why });

/** Which claim was wrong, where it says more than that the token is. */
const CLAIM_REASONS: Readonly<Record<string, Rejection>> = {
  aud: 'wrong_audience',
  iss: 'unknown_issuer',
  nbf: 'not_yet_valid',
};

function reasonOf(error: unknown): Rejection {
  if (error instanceof IssuerUnreachable) return 'issuer_unreachable';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIM_REASONS[error.claim] ?? 'malformed';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'bad_algorithm';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed';
  if (error instanceof TypeError && !(error instanceof errors.JOSEError)) return 'malformed';
  return 'bad_signature';
}
