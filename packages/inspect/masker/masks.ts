// How a masked value reads: one row per style. Rows see one value and give its replacement as plain text;
// they must not know streams, formats or policies.
import type { Finding, MaskStyle, Treatment } from '@sluice/types';
import type { Keyed } from '../api.ts';

export interface Masked {
  readonly finding: Finding;
  /** The value as the view reads it. */
  readonly value: string;
  /** The lane's own text that is replaced. Only a stand-in is made from it, so that what comes back is what was there. */
  readonly original: string;
  readonly keyed: Keyed;
}

/** Never more than a quarter of a value is shown. */
const SHOWN = 4;

const isHigh = (unit: string | undefined): boolean =>
  unit !== undefined && unit >= '\ud800' && unit <= '\udbff';
const isLow = (unit: string | undefined): boolean =>
  unit !== undefined && unit >= '\udc00' && unit <= '\udfff';

/** The last `count` units, or one fewer rather than half a surrogate pair. */
function tail(value: string, count: number): string {
  const text = count > 0 ? value.slice(-count) : '';
  return isLow(text[0]) ? text.slice(1) : text;
}

function head(value: string, count: number): string {
  const text = value.slice(0, count);
  return isHigh(text.at(-1)) ? text.slice(0, -1) : text;
}

export const MASKS: Readonly<Record<MaskStyle, (masked: Masked) => string>> = {
  label: ({ finding }) => `[REDACTED:${finding.kind}]`,
  last4: ({ value }) => `****${tail(value, Math.min(4, Math.floor(value.length / SHOWN)))}`,
  hash: ({ finding }) => `[${finding.kind}:${finding.hash.slice(0, 8)}]`,
  partial: ({ value }) => {
    const shown = Math.min(4, Math.floor(value.length / (2 * SHOWN)));
    return `${head(value, shown)}****${tail(value, shown)}`;
  },
  token: ({ finding, original, keyed }) => keyed.token(finding.kind, original),
  remove: () => '',
};

/** Styles that need nothing of the value, so that a long region can be masked before its end is seen. */
export const BLIND: Readonly<Record<MaskStyle, boolean>> = {
  label: true,
  last4: false,
  hash: false,
  partial: false,
  token: false,
  remove: true,
};

/** The style that a treatment comes to. `block` reads as a mask where nothing can be cut. */
export function styleOf(treatment: Treatment): MaskStyle {
  if (treatment.action === 'tokenize') return 'token';
  if (treatment.action === 'strip') return 'remove';
  return treatment.as;
}
