// The view `json`: escapes of JSON and of string literals in most languages undone (RFC 8259 section 7; `\xHH`, `\u{…}`,
// `\UHHHHHHHH`, three octal digits, escaped signs as in Markdown, and a line that goes on behind its end).
// An escape that is not one stays as it is. It must not know whether the text is JSON at all.
import { byPattern, characterOf, type Escape, escapes } from './escape.ts';

const CONTROL: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const H = '[0-9A-Fa-f]';
/** Signs that may stand behind a backslash for themselves: all that are printable and ASCII. */
const SIGN = '[!-/:-@[-`{-~]';
const WHOLE = new RegExp(
  `\\\\(?:u(?:\\{(${H}{1,6})\\}|(${H}{4}))|U(${H}{8})|x(${H}{2})|([0-3][0-7]{2})|([bfnrt])|(${SIGN})|(?:\\r\\n|\\r|\\n)[ \\t]{0,63})`,
  'y',
);
const PARTIAL = new RegExp(
  `\\\\(?:u(?:\\{${H}{0,6}|${H}{0,3})|U${H}{0,7}|x${H}?|[0-3][0-7]?|\\r\\n[ \\t]{0,62}|\\n[ \\t]{0,62}|\\r[ \\t]{0,62})?$`,
  'y',
);

const longer = byPattern(WHOLE, PARTIAL, ([, braced, four, eight, two, octal, letter, sign]) => {
  const hex = braced ?? eight;
  if (hex !== undefined) return characterOf(hex, 16);
  const unit = four ?? two;
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (octal !== undefined) return characterOf(octal, 8);
  return letter === undefined ? (sign ?? '') : CONTROL[letter]!;
});

/** Those of two units, by the second of them: the common ones, decided without an expression. */
const SHORT = new Map<string | undefined, Escape>(
  [...Object.entries(CONTROL), ...['"', '\\', '/', "'", '`'].map((sign) => [sign, sign] as const)].map(
    ([letter, read]) => [letter, { length: 2, read }],
  ),
);

export const json = escapes(
  'json',
  '\\',
  /[!-/:-@[-`{-~0-3bfnrtuUx\r\n]/,
  (text, at, last) => SHORT.get(text[at + 1]) ?? longer(text, at, last),
);
