// Builders that turn a short table row into a Detector, so that a provider's token is one row. Know no provider.

import { encodeBase64 } from '../checks/base64.ts';
import { namesCredential } from '../checks/context.ts';
import { crc32 } from '../checks/crc32.ts';
import { isDummyBody, isPlaceholder, isSequence } from '../checks/placeholder.ts';
import type { Detector, Family, Match } from '../detector.ts';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();

/** Alphabets that token formats draw from. */
export const ALPHABET = {
  digits: DIGITS,
  hex: `${DIGITS}abcdef`,
  upperHex: `${DIGITS}ABCDEF`,
  lower: LOWER + DIGITS,
  upper: UPPER + DIGITS,
  letters: UPPER + LOWER,
  base32: `${UPPER}234567`,
  base62: UPPER + LOWER + DIGITS,
  base64: `${UPPER}${LOWER}${DIGITS}+/`,
  base64url: `${UPPER}${LOWER}${DIGITS}-_`,
} as const;

/**
 * Synthetic characters for an example, the same on every run: no credential stands in the source, and none of these
 * was ever issued. `salt` tells two examples of one length apart. The ends are letters or digits.
 */
export function sample(alphabet: keyof typeof ALPHABET, length: number, salt = ''): string {
  const units = ALPHABET[alphabet];
  const plain = units.replace(/[^A-Za-z0-9]/g, '');
  let state = crc32(`${alphabet}:${length}:${salt}`) || 1;
  let text = '';
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const pool = i === 0 || i === length - 1 ? plain : units;
    text += pool[(state >>> 8) % pool.length]!;
  }
  return text;
}

/** A synthetic UUID (version 4). */
export function sampleUuid(salt = ''): string {
  const hex = sample('hex', 32, salt);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** Disguises that every prefixed token must survive: an invisible character inside, and a base64 wrapping. */
export function disguises(value: string): { text: string; view: string }[] {
  const middle = Math.floor(value.length / 2);
  return [
    { text: `Here: ${value.slice(0, middle)}\u200b${value.slice(middle)}`, view: 'folded' },
    { text: `Decode ${encodeBase64(`the value is ${value} .`)}`, view: 'base64' },
  ];
}

export interface TokenRow {
  readonly id: string;
  /** Default: `secret.<id>`. */
  readonly kind?: string;
  readonly about: string;
  /** Default: what all of these miss. */
  readonly misses?: string;
  readonly source?: string;
  readonly patterns: readonly string[];
  readonly family?: Family;
  readonly ignoreCase?: boolean;
  /** Runs after the placeholder check. */
  readonly check?: (match: Match) => number | false;
  readonly maxLength?: number;
  /** Code units at the beginning in which stand-ins are not looked for, since the format has them. Default 0. */
  readonly head?: number;
  /** Synthetic values in full. */
  readonly samples: readonly string[];
  readonly negative?: readonly string[];
}

/** A token whose format is distinctive by itself: found wherever it stands, unless its body is a stand-in. */
export function token(row: TokenRow): Detector {
  const {
    samples,
    negative = [],
    check,
    head = 0,
    family = 'literal',
    kind = `secret.${row.id}`,
    ...rest
  } = row;
  const first = samples[0]!;
  const dummy = first.replace(/[A-Za-z0-9]{8,}/g, (run) => run.slice(0, 2) + 'x'.repeat(run.length - 2));
  return {
    misses: 'Other lengths and alphabets, a value cut short or split by other text, stand-ins.',
    ...rest,
    kind,
    family,
    check: (match) => (isDummyBody(match.text.slice(head)) ? false : check ? check(match) : 0.95),
    examples: {
      positive: samples.flatMap((value) => [
        `It is ‹${value}›.`,
        `export KEY="‹${value}›"`,
        `{"k":"‹${value}›"}`,
      ]),
      negative: [
        ...negative,
        first.slice(0, Math.min(10, Math.ceil(first.length / 4))),
        `${first.slice(0, 4)}<YOUR_TOKEN>`,
        ...(/[A-Za-z0-9]{8,}/.test(first) ? [dummy] : []),
      ],
      evasive: disguises(first),
    },
  };
}

/** What may stand between a provider's name and the value: the rest of a setting's name, an operator, quotes, a verb. */
const ASSIGNED =
  '[a-z0-9_. -]{0,24}["\'\\x60\\])]{0,2}[ \\t]{0,2}(?:=>|:=|[:=|,>(]|[ \\t]is)?[ \\t]{0,2}["\'\\x60]?';

/** What a unit of each alphabet is called, and its class in a pattern. */
const UNITS: Readonly<Record<keyof typeof ALPHABET, readonly [name: string, characters: string]>> = {
  digits: ['digits', '[0-9]'],
  hex: ['hexadecimal digits', '[0-9a-f]'],
  upperHex: ['hexadecimal digits', '[0-9A-F]'],
  lower: ['small letters and digits', '[a-z0-9]'],
  upper: ['capitals and digits', '[A-Z0-9]'],
  letters: ['letters', '[A-Za-z]'],
  base32: ['base32 characters', '[A-Z2-7]'],
  base62: ['letters and digits', '[A-Za-z0-9]'],
  base64: ['base64 characters', '[A-Za-z0-9+/]'],
  base64url: ['base64url characters', '[A-Za-z0-9_-]'],
};

/** A row of a table of prefixed tokens: id, whose it is, the prefixes, the alphabet, how many characters follow. */
export type PrefixRow = readonly [
  id: string,
  whose: string,
  prefixes: string | readonly string[],
  units: keyof typeof ALPHABET,
  count: number,
  most?: number,
];

/** Longer ones than stated are found too, up to `most` characters, by default without end: formats grow. */
export function prefixed([id, whose, prefix, units, count, most]: PrefixRow): Detector {
  const prefixes = typeof prefix === 'string' ? [prefix] : prefix;
  const [name, characters] = UNITS[units];
  const heads = prefixes.map((head) => head.replace(/[.+|$^()[\]{}*?\\]/g, '\\$&')).join('|');
  const least = Math.min(...prefixes.map((head) => head.length));
  const boundary = /^\w/.test(prefixes[0]!) ? '\\b' : '';
  return token({
    id,
    about: `${whose}: ${prefixes.map((head) => `\`${head}\``).join(', ')} and ${count}${most === undefined ? ' or more' : most > count ? ` to ${most}` : ''} ${name}.`,
    patterns: [
      `${boundary}(?:${heads})${characters}{${count},${most ?? ''}}${/[-_/+]/.test(characters) ? '' : '\\b'}`,
    ],
    head: least,
    // A drawn body of any length has a digit or both cases; an identifier of words has neither.
    check: ({ text }) => (/\d|[a-z][A-Z]|[A-Z]{2}[a-z]/.test(text.slice(least)) ? 0.9 : false),
    samples: prefixes.slice(0, 2).map((head) => head + sample(units, count, head)),
  });
}

export interface ContextRow {
  readonly id: string;
  readonly kind?: string;
  readonly about: string;
  readonly source?: string;
  /** What the value looks like, without boundaries. */
  readonly shape: string;
  /**
   * For a value in which dashes may stand: the names as a pattern, which the match then begins with. A word boundary
   * alone would let a match begin in many places of one run, and the automaton would grow with all of them.
   */
  readonly names?: string;
  /** Names of the provider that must stand on the left. */
  readonly near: RegExp;
  /** How people write the provider's setting, for the examples: `DATADOG_API_KEY`. */
  readonly setting: string;
  readonly samples: readonly string[];
}

/** A token without a format of its own: found only where the words on its left name the provider and a credential. */
export function contextual(row: ContextRow): Detector {
  const { id, kind = `secret.${id}`, about, source, shape, names, near, setting, samples } = row;
  const { length } = samples[0]!;
  const start = ({ text }: Match): number => text.length - length;
  const words = setting.toLowerCase().replaceAll('_', ' ');
  return {
    id,
    kind,
    about,
    misses: 'Values without the name on their left, within 96 characters.',
    ...(source === undefined ? {} : { source }),
    family: names === undefined ? 'digits' : 'word',
    ignoreCase: names !== undefined,
    patterns: [names === undefined ? `\\b${shape}\\b` : `(?:${names})${ASSIGNED}${shape}`],
    check: (match) => {
      const value = match.text.slice(start(match));
      if (isPlaceholder(value) || isSequence(value) || !/\d/.test(value)) return false;
      return namesCredential(match.left + match.text.slice(0, start(match)), near) ? 0.8 : false;
    },
    trim: (match) => [start(match), match.text.length],
    examples: {
      positive: samples.flatMap((value) => [
        `${setting}=‹${value}›`,
        `"${setting.toLowerCase()}": "‹${value}›"`,
        `Our ${words} is ‹${value}›.`,
      ]),
      negative: [
        ...samples.map((value) => `checksum ${value}`),
        `${setting}=${samples[0]!.replace(/[A-Za-z0-9]/g, 'x')}`,
        `${setting}=<your-key>`,
      ],
      evasive: [
        { text: `${setting}=${samples[0]!.slice(0, 6)}\u200b${samples[0]!.slice(6)}`, view: 'folded' },
      ],
    },
  };
}
