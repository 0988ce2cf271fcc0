// International bank account numbers: the length each country has registered, and the check digits.
// Source: SWIFT, IBAN Registry (ISO 13616). Knows compact IBANs only; spacing is the detector's.
import { mod97 } from './mod97.ts';

const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    15: 'NO',
    16: 'BE',
    18: 'DK FO FI GL NL SD FK',
    19: 'MK SI',
    20: 'AT BA EE KZ LT LU XK MN',
    21: 'CH CR HR LI LV',
    22: 'BG BH DE GB GE IE ME RS VA',
    23: 'AE GI IL IQ OM TL SO',
    24: 'AD CZ ES MD PK RO SA SE SK TN VG',
    25: 'PT ST LY',
    26: 'IS TR',
    27: 'BI DJ FR GR IT MC MR SM',
    28: 'AL AZ BY CY DO GT HN HU LB NI PL SV',
    29: 'BR EG PS QA UA',
    30: 'JO KW MU YE',
    31: 'MT SC',
    32: 'LC',
    33: 'RU',
  }).flatMap(([length, countries]) =>
    countries.split(' ').map((country) => [country, Number(length)] as const),
  ),
);

/** Code units an IBAN that starts with this country code has, or undefined when the country issues none. */
export function ibanLength(country: string): number | undefined {
  return LENGTHS.get(country);
}

/** True for a compact, upper-case IBAN of its country's length with right check digits. */
export function isIban(compact: string): boolean {
  if (compact.length !== LENGTHS.get(compact.slice(0, 2))) return false;
  return mod97(compact.slice(4) + compact.slice(0, 4)) === 1;
}
