// The gateway's own credentials are masked whatever the policy says, in observe mode and behind a break-glass too.
import type { Finding, Treatment } from '@sluice/types';

/** Kind of the exact values that are this gateway's own: upstream credentials and the local administrator's token. */
export const OWN_SECRET = 'secret.gateway-credential';

const MASK: Treatment = { action: 'mask', as: 'label', rule: 'gateway-credential' };

export function guardOwn<T extends (finding: Finding, value: string) => Treatment>(
  treat: T,
): (finding: Finding, value: string) => Treatment {
  return (finding, value) => (finding.kind === OWN_SECRET ? MASK : treat(finding, value));
}

/**
 * A secret of the gateway as it could be made to be said: a model does what it is asked. The engine reads all other disguises
 * of an exact value itself, but of words from the end only those of 16 characters and more that have a digit.
 */
export function readingsOf(secret: string): string[] {
  const isRead = secret.length >= 16 && /[0-9]/.test(secret) && /^[0-9A-Za-z+/_-]+$/.test(secret);
  return isRead ? [secret] : [...new Set([secret, [...secret].reverse().join('')])];
}
