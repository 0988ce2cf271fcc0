// United States social security numbers: which area, group and serial numbers can exist.
// Source: Social Security Administration, "Structure of Social Security Numbers" and the 2011 randomisation rules.

/** Numbers that were printed in advertisements or are reserved for them. */
const NEVER_ISSUED = new Set(['078051120', '219099999', '457555462']);

/** True for nine digits that the administration could have issued. */
export function isSsn(digits: string): boolean {
  if (!/^\d{9}$/.test(digits) || NEVER_ISSUED.has(digits)) return false;
  const area = Number(digits.slice(0, 3));
  if (area === 0 || area === 666 || area >= 900) return false;
  return digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000';
}
