// The ISO/IEC 7064 MOD 97-10 checksum, as IBANs and several tax numbers use it. Knows no country.

/** The remainder modulo 97 of the number that results when letters count as 10 to 35. NaN for any other character. */
export function mod97(text: string): number {
  let remainder = 0;
  for (let i = 0; i < text.length; i += 1) {
    const value = Number.parseInt(text[i]!, 36);
    if (Number.isNaN(value)) return Number.NaN;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
