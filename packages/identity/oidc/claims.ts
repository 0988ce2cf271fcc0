// From the claims of a verified token to a principal. It must not know signatures or time.
import type { Principal } from '@sluice/types';
import type { JWTPayload } from 'jose';

/** Where the groups of a person stand in a token. */
export interface GroupClaim {
  /**
   * A claim's name, or a path to it: `groups`, `realm_access.roles`. A claim whose own name has dots in it
   * (`https://acme.com/groups`) goes before a path that reads the same.
   */
  readonly name: string;
  /** What separates the groups of a claim that is one string. Without it, a string is one group. */
  readonly separator?: string;
}

/** Characters of a name that are kept for display. */
const LONGEST_DISPLAY = 200;

/** Undefined when the token does not say who it is about, or says who acts for them in a way that cannot be recorded. */
export function principalOf(
  issuer: string,
  claims: JWTPayload,
  groups: GroupClaim,
  expiresAt: number,
): Principal | undefined {
  const { sub, act } = claims;
  if (typeof sub !== 'string' || sub === '') return undefined;
  const actor = actorOf(act);
  if (act !== undefined && actor === undefined) return undefined;
  const subject = `oidc:${issuer}#${sub}`;
  return {
    subject,
    display: displayOf(claims, sub),
    groups: groupsOf(claims, groups),
    method: 'oidc',
    person: subject,
    ...(actor !== undefined && { actor }),
    expiresAt,
  };
}

/** RFC 8693, section 4.1: the outermost `act` is who acts now; nested ones acted before and decide nothing. */
function actorOf(act: unknown): string | undefined {
  if (!isRecord(act) || typeof act.sub !== 'string' || act.sub === '') return undefined;
  return typeof act.iss === 'string' ? `${act.iss}#${act.sub}` : act.sub;
}

/** Only strings are groups; anything else in the claim grants nothing. */
export function groupsOf(claims: JWTPayload, { name, separator }: GroupClaim): readonly string[] {
  const claim = claims[name] ?? follow(claims, name.split('.'));
  const listed =
    typeof claim === 'string' && separator !== undefined ? claim.split(separator) : [claim].flat();
  return [...new Set(listed.filter((group): group is string => typeof group === 'string' && group !== ''))];
}

function follow(from: unknown, path: readonly string[]): unknown {
  return path.reduce((at, step) => (isRecord(at) ? at[step] : undefined), from);
}

/** For people to read, and therefore without what could move the cursor or turn the writing direction. */
function displayOf(claims: JWTPayload, sub: string): string {
  const name = [claims.name, claims.preferred_username, claims.email].find(
    (claim) => typeof claim === 'string' && claim !== '',
  );
  return String(name ?? sub)
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, LONGEST_DISPLAY);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
