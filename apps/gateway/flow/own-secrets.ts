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

/** Of the exact value alone, so that nothing else is found in these; base64 and escapes are views of the engine. */
const DISGUISES: readonly ((value: string) => string)[] = [
  (value) => Buffer.from(value).toString('hex'),
  (value) => Buffer.from(value).toString('hex').toUpperCase(),
  (value) => encodeURIComponent(value),
  (value) => [...value].reverse().join(''),
  (value) => [...value].join(' '),
  (value) =>
    value.replace(/[a-z]/gi, (letter) =>
      String.fromCharCode(letter.charCodeAt(0) + (letter.toLowerCase() < 'n' ? 13 : -13)),
    ),
];

/** A secret of the gateway as it could be made to be said: a model does what it is asked, "reversed" or "in hex" included. */
export function readingsOf(secret: string): string[] {
  return [...new Set([secret, ...DISGUISES.map((disguise) => disguise(secret))])];
}
