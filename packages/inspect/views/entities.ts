// The view `entities`: character references of HTML and XML undone, numeric ones with or without their semicolon
// (https://html.spec.whatwg.org/multipage/named-characters.html). Named ones: those of ASCII signs, and invisible ones.
import { byPattern, characterOf, escapes } from './escape.ts';

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  AMP: '&',
  lt: '<',
  LT: '<',
  gt: '>',
  GT: '>',
  quot: '"',
  QUOT: '"',
  apos: "'",
  nbsp: '\u00a0',
  shy: '\u00ad',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  ZeroWidthSpace: '\u200b',
  NoBreak: '\u2060',
  Tab: '\t',
  NewLine: '\n',
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  lpar: '(',
  rpar: ')',
  ast: '*',
  midast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lsqb: '[',
  lbrack: '[',
  bsol: '\\',
  rsqb: ']',
  rbrack: ']',
  Hat: '^',
  lowbar: '_',
  UnderBar: '_',
  grave: '`',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  rcub: '}',
  rbrace: '}',
  hyphen: '-',
  dash: '-',
  ndash: '\u2013',
};

const NAMES = Object.keys(NAMED);
const LONGEST = Math.max(...NAMES.map((name) => name.length));
/** Beginnings of names, so that `a && b` waits for one unit only. */
const PREFIXES = new Set(NAMES.flatMap((name) => Array.from(name, (_, i) => name.slice(0, i + 1))));

const numeric = byPattern(
  /&#(?:([0-9]{1,8})|[xX]([0-9A-Fa-f]{1,8}));?/y,
  /&(?:#(?:[0-9]{1,8}|[xX][0-9A-Fa-f]{0,8})?)?$/y,
  ([, decimal, hex]) => (decimal === undefined ? characterOf(hex!, 16) : characterOf(decimal, 10)),
);

export const entities = escapes('entities', '&', /[#A-Za-z]/, (text, at, last) => {
  if (at + 1 === text.length || text[at + 1] === '#') return numeric(text, at, last);
  const name = /^[A-Za-z]*/.exec(text.slice(at + 1, at + 2 + LONGEST))![0];
  const end = at + 1 + name.length;
  if (end === text.length && !last) return PREFIXES.has(name) ? undefined : 'none';
  const read = text[end] === ';' ? NAMED[name] : undefined;
  return read === undefined ? 'none' : { length: end + 1 - at, read };
});
