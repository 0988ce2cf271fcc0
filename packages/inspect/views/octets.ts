// Escapes that stand for bytes, one each: percent-encoding (RFC 3986 section 2.1) and quoted-printable (RFC 2045 section
// 6.7). Bytes beyond ASCII count together, as UTF-8. It must not know where the text comes from.
import { byPattern, escapes } from './escape.ts';

const H = '[0-9A-Fa-f]';
const HIGH = '[89ABab]';

/** What a run of escaped bytes stands for, or undefined if it is not UTF-8. */
function utf8(hex: string): string | undefined {
  const bytes = Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
  const [first = 0, ...rest] = bytes;
  if (rest.length === 0) return String.fromCharCode(first);
  const code = rest.reduce((bits, byte) => (bits << 6) | (byte & 0x3f), first & (0x3f >> rest.length));
  const least = [0, 0x80, 0x800, 0x10000][rest.length]!;
  const valid = code >= least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : undefined;
}

/** Bytes of one character: how the first begins, and how many follow. */
const LEADS: readonly (readonly [lead: string, more: number])[] = [
  [`[0-7]${H}`, 0],
  [`[CcDd]${H}`, 1],
  [`[Ee]${H}`, 2],
  [`[Ff][0-7]`, 3],
];

/** Patterns for the bytes of one character behind `sign`: whole, and begun at the text's end. */
function character(sign: string): { readonly whole: string; readonly partial: string } {
  const next = `${sign}${HIGH}${H}`;
  const begun = `(?:${sign}(?:${HIGH})?)?$`;
  return {
    whole: LEADS.map(([lead, more]) => `${sign}${lead}(?:${next}){${more}}`).join('|'),
    partial: [
      `${sign}${H}?$`,
      ...LEADS.filter(([, more]) => more > 0).map(
        ([lead, more]) => `${sign}${lead}(?:${next}){0,${more - 1}}${begun}`,
      ),
    ].join('|'),
  };
}

const PERCENT = character('%');
/** `%uHHHH` is the old `escape()` of browsers (ECMA-262 annex B.2.1). */
export const percent = escapes(
  'percent',
  '%',
  /[0-9A-Fa-fuU]/,
  byPattern(
    new RegExp(`%[uU](${H}{4})|${PERCENT.whole}`, 'y'),
    new RegExp(`%[uU]${H}{0,3}$|${PERCENT.partial}`, 'y'),
    ([text, unit]) =>
      unit === undefined ? utf8(text.replaceAll('%', '')) : String.fromCharCode(Number.parseInt(unit, 16)),
  ),
);

const QUOTED = character('=');
/** A soft line break, blanks before it included, reads as nothing. */
export const quotedPrintable = escapes(
  'quoted-printable',
  '=',
  /[0-9A-Fa-f\r\n]/,
  byPattern(
    new RegExp(`=(?:\\r\\n|\\n)|${QUOTED.whole}`, 'y'),
    new RegExp(`=\\r?$|${QUOTED.partial}`, 'y'),
    ([text]) => (/[\r\n]/.test(text) ? '' : utf8(text.replaceAll('=', ''))),
  ),
);
