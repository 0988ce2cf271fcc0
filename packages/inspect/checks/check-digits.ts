// Check digit schemes that national numbers share, and the dates that they begin with. Knows no country.
// Sources: ISO/IEC 7064 (MOD 11,10), J. Verhoeff, "Error detecting decimal codes" (1969).

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** Sum of the digits from `from` on, each times its weight. Letters count by their distance from `0` and mean nothing. */
export function weighted(text: string, weights: readonly number[], from = 0): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) sum += digit(text, from + i) * weights[i]!;
  return sum;
}

/** ISO/IEC 7064 MOD 11,10: the last digit checks all before it. */
export function mod1110(text: string): boolean {
  let product = 10;
  for (let i = 0; i < text.length - 1; i += 1) {
    const sum = (product + digit(text, i)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digit(text, text.length - 1);
}

const PRODUCT = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTED = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff's scheme over the dihedral group: the last digit checks all before it. */
export function verhoeff(text: string): boolean {
  let check = 0;
  for (let i = 0; i < text.length; i += 1) {
    const permuted = digit(PERMUTED[i % 8]!, digit(text, text.length - 1 - i));
    check = digit(PRODUCT[check]!, permuted);
  }
  return check === 0;
}

/** Sum of digits weighted 7, 3, 1 in turn, letters as 10 to 35: the check of machine-readable documents (ICAO 9303). */
export function sum731(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) sum += Number.parseInt(text[i]!, 36) * [7, 3, 1][i % 3]!;
  return sum % 10;
}

/** Digit sum of a number below 100. */
export const crossSum = (n: number): number => Math.floor(n / 10) + (n % 10);

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for a month and a day that it has; 29 February always counts. */
export function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1]!;
}

/** Reads two digits. */
export const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/** True when month and day stand at these places, the month raised by one of `raised`. */
export function hasDay(text: string, month: number, day: number, raised: readonly number[] = [0]): boolean {
  return raised.some((by) => isDay(two(text, month) - by, two(text, day)));
}
