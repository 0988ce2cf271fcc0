// Values known beforehand as patterns: as they stand, as they look once folded, with digits and signs for letters, in rot13,
// and inside base64 at each alignment (what is short in base64 is below what the view decodes). It must not know whose values they are.
import { fold } from '../views/fold.ts';
import { literal } from './words.ts';

/** Code units below which a value is not searched for: shorter ones would be found everywhere. */
export const MIN_EXACT = 8;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const ANY = '[0-9A-Za-z+/_-]';

function utf8(text: string): number[] {
  return [...text].flatMap((character) => {
    const code = character.codePointAt(0)!;
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
    if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
    return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  });
}

/** Both alphabets. */
const either = (sextet: number): string =>
  sextet === 62 ? '[+-]' : sextet === 63 ? '[/_]' : ALPHABET[sextet]!;

/**
 * The characters of which every bit is the value's, when `before` bytes of something else precede it in its quantum,
 * and those at the edges that hold some of its bits.
 */
function encoded(bytes: readonly number[], before: 0 | 1 | 2): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const skipped = before === 0 ? 0 : before === 1 ? 4 : 2;
  const whole = Math.floor((bits.length - skipped) / 6);
  let pattern = skipped > 0 ? ANY : '';
  for (let i = 0; i < whole; i += 1) {
    pattern += either(Number.parseInt(bits.slice(skipped + 6 * i, skipped + 6 * i + 6), 2));
  }
  return (bits.length - skipped) % 6 > 0 ? `${pattern}${ANY}={0,2}` : pattern;
}

const folded = (text: string): string =>
  [...text].map((character) => fold(character.codePointAt(0)!) ?? character).join('');

/** Characters that stand for one another when letters are written as digits and signs. */
const LEET: readonly string[] = ['aA4@', 'bB8', 'eE3', 'gG69', 'iI1!|', 'lL1|', 'oO0', 'sS5$', 'tT7+', 'zZ2'];

/** A letter as it stands, or as what looks like it; a digit or sign as any letter that it may stand for. */
function leet(character: string): string {
  const rows = LEET.filter((row) => row.includes(character));
  if (rows.length === 0) return literal(character);
  const isLetter = /[A-Za-z]/.test(character);
  const others = rows.flatMap((row) => [...row].filter((other) => !isLetter || !/[A-Za-z]/.test(other)));
  return `[${[...new Set([character, ...others])].map(literal).join('')}]`;
}

const rotated = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCharCode(code + ((code & 31) <= 13 ? 13 : -13));
  });

/** Patterns for a value, none if it is too short. Case matters. */
export function exactPatterns(value: string): string[] {
  if (value.length < MIN_EXACT) return [];
  const texts = [...new Set([value, folded(value)])].filter((text) => text.length >= MIN_EXACT);
  const bytes = utf8(value);
  const turned = rotated(value);
  return [
    ...texts.map((text) => [...text].map(leet).join('')),
    ...(turned === value ? [] : [literal(turned)]),
    encoded(bytes, 0),
    encoded(bytes, 1),
    encoded(bytes, 2),
  ];
}
