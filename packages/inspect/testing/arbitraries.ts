// Random detectors, treatments and texts over small alphabets, so that matches, overlaps and near misses are common.
import type { Treatment } from '@sluice/types';
import fc from 'fast-check';
import type { Detector, Match } from '../detector.ts';

const atom = fc.constantFrom(
  'a',
  'b',
  '1',
  'X',
  '@',
  '[ab]',
  '[a1]',
  '\\d',
  '\\w',
  '[ab@]',
  '(?:ab|b1)',
  '(?:a|ab|X1)',
);
const quantity = fc.constantFrom('', '', '', '+', '{2,3}', '{1,4}');
const optional = fc.constantFrom('', '', '+', '?', '*', '{0,2}');

const pattern = fc
  .tuple(
    fc.constantFrom('', '', '', '\\b', '^'),
    fc.tuple(atom, quantity),
    fc.array(fc.tuple(atom, optional), { maxLength: 3 }),
    fc.constantFrom('', '', '', '\\b', '$'),
  )
  .map(([before, first, rest, after]) => before + [first, ...rest].map(([a, q]) => a + q).join('') + after);

const sum = (text: string): number =>
  text.split('').reduce((n, unit) => (n * 31 + unit.charCodeAt(0)) % 9973, 7);

/** Checks that refuse some matches by their text or by what stands before them. */
const check = fc.constantFrom<Detector['check']>(
  undefined,
  undefined,
  (match: Match) => (sum(match.text) % 3 === 0 ? false : 0.5),
  (match: Match) => (sum(match.left.slice(-4)) % 3 === 0 ? false : 0.7),
  (match: Match) => (match.left.includes('X') ? false : 0.9),
  (match: Match) => ({
    confidence: 0.6,
    kind: sum(match.text) % 2 === 0 ? 'kind.0' : 'kind.3',
    span: [match.text.length > 2 ? 1 : 0, match.text.length],
  }),
);

const trim = fc.constantFrom<Detector['trim']>(
  undefined,
  undefined,
  (match: Match) => [0, match.text.length - 1],
  (match: Match) => [Math.min(1, match.text.length - 1), match.text.length],
);

const region = fc.constantFrom<NonNullable<Detector['region']>>(
  { body: '[ab1\\s]', closer: '', max: 12 },
  { body: '[ab ]', closer: '@1@', max: 30 },
  { body: '[ab@1X]', closer: '@b', max: 20 },
);

const shape = fc.record({
  family: fc.constantFrom<Detector['family']>('literal', 'digits', 'word', 'phrase', 'custom'),
  patterns: fc.array(pattern, { minLength: 1, maxLength: 2 }),
  ignoreCase: fc.boolean(),
  check,
  trim,
  region: fc.option(region, { freq: 5, nil: undefined }),
});

/** One to four detectors; those with a region have the opener as their whole match. */
export const detectors: fc.Arbitrary<Detector[]> = fc
  .array(shape, { minLength: 1, maxLength: 4 })
  .map((rows) =>
    rows.map(({ check, trim, region, ...row }, index) => ({
      id: `d${index}`,
      kind: `kind.${index}`,
      about: 'Random.',
      examples: { positive: [], negative: [] },
      ...row,
      ...(check && { check }),
      ...(trim && !region && { trim }),
      ...(region && { region }),
    })),
  );

/** A treatment for each kind. */
export const treatments: fc.Arbitrary<readonly Treatment[]> = fc.array(
  fc.record({
    action: fc.constantFrom<Treatment['action']>(
      'allow',
      'flag',
      'mask',
      'mask',
      'mask',
      'tokenize',
      'strip',
      'block',
    ),
    as: fc.constantFrom<Treatment['as']>('label', 'label', 'last4', 'hash', 'partial', 'token', 'remove'),
    rule: fc.constant('r'),
  }),
  { minLength: 4, maxLength: 4 },
);

const encode = (text: string): string => Buffer.from(text).toString('base64');

const plain = fc.string({
  unit: fc.constantFrom('a', 'b', '1', 'X', '@', ' ', 'A'),
  minLength: 1,
  maxLength: 6,
});

const disguised = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\\u0061',
      '\\u0041',
      '\\x31',
      '\\n',
      '\\\\',
      '\\"',
      '\\',
      '\\u00',
      '\\q',
      '\\/',
      '\\u{61}',
      '\\U00000061',
      '\\142',
      '\\\n ',
      '\\@',
      '%61',
      '%',
      '%4',
      '%u0061',
      '%2541',
      '%d0%b0',
      '%d0',
      '=61',
      '=\n',
      '=',
      '=3D',
      '&#97;',
      '&#x62',
      '&commat;',
      '&amp;#97;',
      '&a',
      '\x1b[1m',
      '\x1b[',
      '\x1b',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\u200b',
      '\u00ad',
      '\u0430',
      '\uff41',
      '\uff11',
      '\u{e0061}',
      '\u{1d44e}',
      '\ud83d',
      '\ude00',
      '\ufb01',
      '\u0301',
      'é',
    ),
  },
  { weight: 1, arbitrary: plain.map((text) => encode(`${text} plain ${text}`)) },
  { weight: 1, arbitrary: plain.map((text) => encode(`x${text}ab1@${text}`).replace(/=+$/, '')) },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ minLength: 9, maxLength: 16 })
      .map((bytes) => Buffer.from(bytes).toString('base64url')),
  },
);

const wrapped = fc
  .tuple(plain, fc.constantFrom(16, 20, 24), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([text, width, gap]) =>
    encode(`${text} wrapped ${text} over ${text} lines`).replace(
      new RegExp(`(.{${width}})`, 'g'),
      `$1${gap}`,
    ),
  );

const bytes = (text: string): number[] => [...Buffer.from(text)];
const base32 = (text: string): string =>
  (
    bytes(text)
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
      .match(/.{1,5}/g) ?? []
  )
    .map((bits) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(bits.padEnd(5, '0'), 2)])
    .join('');
const hexOf = (text: string): string => Buffer.from(text).toString('hex');
const DIGITS58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
function base58(text: string): string {
  let number = BigInt(`0x${hexOf(text)}`);
  let out = '';
  for (; number > 0n; number /= 58n) out = DIGITS58[Number(number % 58n)]! + out;
  return out;
}

const inOtherBases = fc.oneof(
  plain.map((text) => hexOf(`${text}ab1@${text}`)),
  plain.map((text) => `0x${hexOf(`${text} hex ${text}`)}a`),
  plain.map((text) => hexOf(encode(`${text} both ${text}`))),
  plain.map((text) => base32(`${text}ab1@b32${text}`)),
  plain.map((text) => base32(`${text} b32 ${text}`).toLowerCase()),
  plain.map((text) => base58(`${text}ab1@b58 ${text}`)),
  plain.map((text) => encode(hexOf(`${text}ab1@${text}`))),
  plain.map((text) => `1nno${text.replace(/\W/g, 'n')}onnonnonnonn`),
  plain.map((text) => [...encode(`${text}ab1@${text}`)].reverse().join('').replaceAll('=', '')),
);

const listed = (text: string, radix: number, width: number, before: string): string =>
  bytes(text)
    .map((byte) => before + byte.toString(radix).padStart(width, '0'))
    .join(before === '' ? ' ' : ', ');

const spelledOut = fc.oneof(
  fc
    .tuple(plain, plain, fc.constantFrom(' ', '-', ', ', '.', '\n', '_', ' - '))
    .map(([a, b, gap]) => [...`${a}b1a${b}X1`.replaceAll(' ', '')].join(gap)),
  fc.tuple(plain, plain).map(([a, b]) => [...`${a}ab1a${b}X1`].join(' ')),
  fc.constantFrom('1 1 a b', 'a b', '1 1 1 1 1 1 1 1 1 1 1 1 1', 'a-b a-b', 'a, b, ', 'X 1'),
  plain.map((text) => listed(`${text}ab1@b`, 16, 2, '')),
  plain.map((text) => listed(`${text}ab1@b`, 10, 2, '')),
  plain.map((text) => listed(`ab1@b${text}`, 8, 3, '')),
  plain.map((text) => listed(`ab1@${text}b1`, 16, 2, '0x')),
  fc.constantFrom('61 ', '1 2 61', '97', '61:62'),
  fc
    .tuple(plain, plain, fc.constantFrom('" + "', "' . '", '" "', '"+\n "', '`', '"', '""'))
    .map(([a, b, glue]) => `"${a}${glue}${b}"`),
);

const nested = fc.oneof(
  { weight: 5, arbitrary: spelledOut },
  { weight: 4, arbitrary: inOtherBases },
  wrapped,
  plain.map((text) => encode(encode(`say ${text} twice`))),
  plain.map((text) => encode(`${text}\\u0061${text} esc`)),
  plain.map((text) => encode(`${text}\u0430\u200b${text} look`)),
  plain.map((text) =>
    encode(`word ${text}ab1`)
      .replace(/(.{5})/, '$1\\u0061')
      .slice(0, 30),
  ),
  fc.constant('\\u0430\\u200bb1'),
  fc.constant('\\\\u0061b'),
);

/** Texts of up to about a hundred units, disguises among them. */
export const texts: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: plain },
      { weight: 4, arbitrary: disguised },
      { weight: 1, arbitrary: nested },
    ),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((pieces) => pieces.join('').slice(0, 120));

/** Texts so short that every way of cutting them can be tried. */
export const shortTexts: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 4, arbitrary: plain }, { weight: 2, arbitrary: disguised }, spelledOut), {
    minLength: 1,
    maxLength: 3,
  })
  .map((pieces) => pieces.join('').slice(0, 8));
