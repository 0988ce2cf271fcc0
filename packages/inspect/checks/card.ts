// Payment card numbers: who issues which range, how long, and how the digits are grouped in print.
// Source: ISO/IEC 7812 issuer ranges as the networks publish them. Knows digits only.
import { luhn } from './luhn.ts';

interface Network {
  readonly name: string;
  /** Inclusive ranges of the leading digits, both ends of one length; text where a zero leads. */
  readonly ranges: readonly (readonly [number | string, number | string])[];
  readonly lengths: readonly number[];
}

const NETWORKS: readonly Network[] = [
  { name: 'visa', ranges: [[4, 4]], lengths: [13, 16, 19] },
  {
    name: 'mastercard',
    ranges: [
      [51, 55],
      [2221, 2720],
    ],
    lengths: [16],
  },
  {
    name: 'amex',
    ranges: [
      [34, 34],
      [37, 37],
    ],
    lengths: [15],
  },
  {
    name: 'discover',
    ranges: [
      [6011, 6011],
      [644, 649],
      [65, 65],
      [622126, 622925],
    ],
    lengths: [16, 17, 18, 19],
  },
  {
    name: 'diners',
    ranges: [
      [300, 305],
      [309, 309],
      [36, 36],
      [38, 39],
    ],
    lengths: [14, 15, 16, 17, 18, 19],
  },
  { name: 'jcb', ranges: [[3528, 3589]], lengths: [16, 17, 18, 19] },
  // The rest of 35 is not assigned; what makes up cards takes it as a whole.
  { name: 'jcb-unassigned', ranges: [[35, 35]], lengths: [16] },
  {
    name: 'jcb-15',
    ranges: [
      [2131, 2131],
      [1800, 1800],
    ],
    lengths: [15],
  },
  {
    name: 'unionpay',
    ranges: [
      [62, 62],
      [81, 81],
    ],
    lengths: [16, 17, 18, 19],
  },
  {
    name: 'maestro',
    ranges: [
      [50, 50],
      [56, 58],
      ['0604', '0604'],
      [6304, 6304],
      [6390, 6390],
      [6759, 6759],
      [6761, 6763],
      [67, 67],
    ],
    lengths: [12, 13, 14, 15, 16, 17, 18, 19],
  },
  { name: 'mir', ranges: [[2200, 2204]], lengths: [16, 17, 18, 19] },
  {
    name: 'rupay',
    ranges: [
      [60, 60],
      [508, 508],
      [353, 353],
      [356, 356],
    ],
    lengths: [16],
  },
  { name: 'troy', ranges: [[9792, 9792]], lengths: [16] },
];

/** The network whose range and length fit, or undefined. Says nothing of the checksum. */
export function cardNetwork(digits: string): string | undefined {
  for (const { name, ranges, lengths } of NETWORKS) {
    if (!lengths.includes(digits.length)) continue;
    for (const [low, high] of ranges) {
      const head = Number(digits.slice(0, String(low).length));
      if (head >= Number(low) && head <= Number(high)) return name;
    }
  }
  return undefined;
}

/** Groupings seen in print and in forms; anything else with separators is some other number. */
const GROUPINGS = new Set([
  '4-4-4',
  '4-4-4-4',
  '4-6-5',
  '4-6-4',
  '4-4-4-4-3',
  '4-5-6',
  '6-13',
  '4-4-4-1',
  '4-4-4-2',
  '4-4-4-3',
  '4-4-4-4-1',
  '4-4-4-4-2',
  '8-8',
]);

/** True when the groups of digits, in order, are a plausible card number with a right checksum. */
export function isCard(groups: readonly string[]): boolean {
  const digits = groups.join('');
  if (groups.length > 1 && !GROUPINGS.has(groups.map((group) => group.length).join('-'))) return false;
  return cardNetwork(digits) !== undefined && luhn(digits) && !/^(\d)\1+$/.test(digits);
}
