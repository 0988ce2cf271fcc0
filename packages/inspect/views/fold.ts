// What one character reads as once disguises by look are taken away: NFKC, look-alikes, invisible characters, digits.
// Decided per code point, so that nothing has to wait for what follows. It must not know streams or offsets.
import { ASCII_COPIES, INVISIBLE, KEPT, LOOKALIKES } from './confusables-table.ts';

const lookalikes = new Map<string, string>(
  LOOKALIKES.flatMap(([ascii, sources]) => [...sources].map((source) => [source, ascii] as const)),
);

function copied(code: number): string | undefined {
  const row = ASCII_COPIES.find(([first, last]) => code >= first && code <= last);
  return row && String.fromCharCode(row[2] + code - row[0]);
}

/** Decimal digits of every script stand in runs of ten, zero first (Unicode 4.6). */
function digit(character: string): string | undefined {
  if (!/^\p{Nd}$/u.test(character)) return undefined;
  let zero = character.codePointAt(0)!;
  const code = zero;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

function readAs(code: number): string {
  const character = String.fromCodePoint(code);
  if (INVISIBLE.some(([first, last]) => code >= first && code <= last)) return '';
  if (KEPT.includes(character)) return character;
  if (code === 0x2028 || code === 0x2029) return '\n';
  let read = '';
  for (const part of character.normalize('NFKC')) {
    read += lookalikes.get(part) ?? copied(part.codePointAt(0)!) ?? digit(part) ?? part;
  }
  return read;
}

const UNKNOWN = 0;
const UNCHANGED = 1;
const CHANGED = 2;
/** One byte per code point, filled as text is seen. */
const verdicts = new Uint8Array(0x11_0000);
const readings = new Map<number, string>();

function decide(code: number): number {
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  const read = surrogate ? undefined : readAs(code);
  if (read === undefined || read === String.fromCodePoint(code)) return UNCHANGED;
  readings.set(code, read);
  return CHANGED;
}

/** What the code point reads as, or undefined when it reads as itself. ASCII always does; so do lone surrogates. */
export function fold(code: number): string | undefined {
  if (code < 0x80) return undefined;
  if (verdicts[code] === UNKNOWN) verdicts[code] = decide(code);
  return verdicts[code] === CHANGED ? readings.get(code) : undefined;
}

/** A unit reads as nothing, or as several units. */
export const NOT_ONE = -1;
const NOT_ASKED = -2;
const ones = new Int32Array(0x1_0000).fill(NOT_ASKED);

/** The unit that a unit by itself reads as, or NOT_ONE. */
export function foldUnit(unit: number): number {
  const known = ones[unit]!;
  if (known !== NOT_ASKED) return known;
  const read = fold(unit);
  const one = read === undefined ? unit : read.length === 1 ? read.charCodeAt(0) : NOT_ONE;
  ones[unit] = one;
  return one;
}
