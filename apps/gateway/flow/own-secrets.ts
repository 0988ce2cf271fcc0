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
