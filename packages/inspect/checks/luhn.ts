// The Luhn checksum (ISO/IEC 7812-1, annex B). Knows digits only: not cards, not separators.

/** True when the decimal digits in `digits` satisfy Luhn. Anything but digits, or an empty text, is false. */
export function luhn(digits: string): boolean {
  if (digits.length === 0) return false;
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i -= 1, double = !double) {
    const digit = digits.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return false;
    const weighted = double ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
