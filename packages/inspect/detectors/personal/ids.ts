// Personal numbers of many countries behind a few shared patterns: a match is read as every row of the tables whose shape
// it has, and the one with the best evidence wins. It must not know any country.
import { tail } from '../../checks/context.ts';
import type { Detector, Match, Verdict } from '../../detector.ts';
import { america } from '../tables/ids-america.ts';
import { elsewhere } from '../tables/ids-asia.ts';
import { documents } from '../tables/ids-documents.ts';
import { europe } from '../tables/ids-europe.ts';
import { vat } from '../tables/ids-vat.ts';
import type { IdRow } from './id-row.ts';

export const IDS: readonly IdRow[] = [...europe, ...america, ...elsewhere, ...documents, ...vat];

/** Code units on the left in which words may name the number. */
const REACH = 56;
const SEPARATORS = /[\s\u00a0./()-]/g;

/** Words that say that some personal number follows, whatever country's; a check digit must then agree. */
const PERSONAL =
  /\b(?:national|personal|citizen|identi(?:ty|fication)|tax(?:payer)?|fiscal|social|insurance|health|resident|civil|passport|licen[cs]e|patient|member|ssn|tin|vat|nin)\b|id[ _-]?(?:no|num|card|nr)|[a-z]_?id["']?[:=]|steuer|ausweis|document|identit|c[ée]dula|nummer|n[úu]mero|num[ée]ro|código|numer\b|номер|番号|号码|번호/i;

/** Words after which a bare run of digits is some other number. */
const OTHER =
  /\b(?:orders?|invoice|ticket|tracking|serial|sku|isbn|issn|doi|ean|upc|gtin|part|build|commit|hash|time(?:stamp)?|ts|epoch|offset|size|length|bytes|rev(?:ision)?|version|port|pid|seed|issue|pull|bug|amount|price|total|batch|row|line|lot|phone|tel|fax|mobile|call|width|height|count|duration|trace|span|request|session)\b[^a-z]{0,6}(?:id|no|number|#)?[^a-z]{0,4}$/i;

/** What a number does not follow: a fraction, another number's dash, a hash, a path, money. */
const GLUED = /[\w.+$€£%/\\@&=-]$|\d[ :]$|(?:^|\D)0,$/;

/** A day, or a day and an hour, as it is written. */
const DAY =
  /^(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d{2}|(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2})(?:[ -]\d{1,4})?$/;

/** Seconds or milliseconds since 1970, until 2050. */
const isInstant = (compact: string): boolean => /^(?:1\d|2[0-4])\d{8}(?:\d{3})?$/.test(compact);

/** Words of any row: most numbers have none of them before, which is asked once and not a hundred times. */
const NAMES = new RegExp(IDS.map(({ words }) => words.source).join('|'), 'i');

/** By length, the rows that count without words, and all. */
const unnamedRows = new Map<number, readonly IdRow[]>();
const allRows = new Map<number, readonly IdRow[]>();

/** Shapes are tried once against runs of each length, so that a number meets only the rows that it could be of. */
function rowsFor(length: number, before: Before): readonly IdRow[] {
  const hasWords = before.isNamed || before.isPersonal;
  const rowsOfLength = hasWords ? allRows : unnamedRows;
  const known = rowsOfLength.get(length);
  if (known) return known;
  const rows = IDS.filter(
    ({ shape, alone, aloneWritten }) =>
      (hasWords || (alone ?? aloneWritten) !== undefined) && mayHaveLength(shape, length),
  );
  rowsOfLength.set(length, rows);
  return rows;
}

/** Least and most characters that a shape takes: counts of its atoms. */
function mayHaveLength(shape: RegExp, length: number): boolean {
  const alternatives = shape.source.split(/\|(?=\^)/);
  return alternatives.some((one) => {
    const [least, most] = lengthsOf(one);
    return length >= least && length <= most;
  });
}

function lengthsOf(source: string): [number, number] {
  // Alternatives within a group may differ in length; such shapes are tried against any run.
  if (/\(\?:|\(\?=/.test(source)) return [4, 24];
  let [least, most] = [0, 0];
  for (const [, count] of source
    .replace(/^\^|\$$|\(\?![^)]*\)/g, '')
    .matchAll(/(?:\[[^\]]*\]|\\d|[A-Z0-9])(\{\d+(?:,\d*)?\}|\?)?/g)) {
    const [low, high] =
      count === undefined
        ? [1, 1]
        : count === '?'
          ? [0, 1]
          : (/(\d+),?(\d*)/.exec(count)!.slice(1).map(Number) as [number, number]);
    least += low;
    most += high || low;
  }
  return [least, most];
}

interface Reading {
  readonly row: IdRow;
  readonly confidence: number;
}

/** What stands before a number, looked at once for all rows and endings that ask. */
class Before {
  private readonly left: string;
  private readonly said: string;
  private readonly named = new Map<RegExp, boolean>();
  private other: boolean | undefined;
  /** Whether words of some row stand within reach. */
  readonly isNamed: boolean;
  private personal: boolean | undefined;

  constructor(left: string) {
    this.left = left;
    this.said = tail(left, REACH);
    this.isNamed = NAMES.test(this.said);
  }

  /** Whether words of a row stand within reach. */
  has(words: RegExp): boolean {
    if (!this.isNamed) return false;
    const known = this.named.get(words);
    if (known !== undefined) return known;
    const found = words.test(this.said);
    this.named.set(words, found);
    return found;
  }

  /** Whether some personal number is said to follow. */
  get isPersonal(): boolean {
    this.personal ??= PERSONAL.test(this.said);
    return this.personal;
  }

  /** Whether the number is part of something, or said to be another one. */
  get isOther(): boolean {
    this.other ??= GLUED.test(tail(this.left, 2)) || OTHER.test(tail(this.left, 32));
    return this.other;
  }
}

/** If its check digits agree. */
function likelihood(row: IdRow, text: string, compact: string, before: Before): number {
  if (before.has(row.words)) return row.valid || row.alone || row.aloneWritten ? 0.95 : 0.7;
  const bare = !/[^A-Za-z0-9]/.test(text);
  if (!bare && row.written?.test(text) !== true) return 0;
  if (row.valid && before.isPersonal) return 0.7;
  if (before.isOther || /[a-z]/.test(text)) return 0;
  if (!bare) return row.aloneWritten ?? row.alone ?? 0;
  return isInstant(compact) ? 0 : (row.alone ?? 0);
}

function confidenceOf(row: IdRow, text: string, compact: string, before: Before): number {
  if (!row.shape.test(compact)) return 0;
  const confidence = likelihood(row, text, compact, before);
  return confidence > 0 && (!row.valid || row.valid(compact)) ? confidence : 0;
}

function read(text: string, before: Before): Reading | undefined {
  const isDay = DAY.test(text);
  const compact = text.replace(SEPARATORS, '').toUpperCase();
  let best: Reading | undefined;
  for (const row of rowsFor(compact.length, before)) {
    if (isDay && row.written?.test(text) !== true) continue;
    const confidence = confidenceOf(row, text, compact, before);
    if (confidence > (best?.confidence ?? 0)) best = { row, confidence };
  }
  return best;
}

/** Where a number may end in a match that went on: at its end, or after a whole group before it. */
function* endings(text: string): Generator<number> {
  yield text.length;
  for (let end = text.length - 1; end > 4; end -= 1) if (/[^A-Za-z0-9]/.test(text[end]!)) yield end;
}

function check({ text, left }: Match): Verdict | false {
  if (/\d[./:-]$|(?:^|\D)0,$/.test(left)) return false;
  const before = new Before(left);
  if (!before.isNamed && !before.isPersonal && before.isOther) return false;
  for (const end of endings(text)) {
    const found = read(text.slice(0, end), before);
    if (found) return { confidence: found.confidence, kind: `pii.${found.row.kind}`, span: [0, end] };
  }
  return false;
}

const SEP = '[ \\u00a0./-]';

/** Example without context is found only where the row needs none. */
const positives = IDS.flatMap(({ label, samples }) => samples.map((sample) => `${label}: ‹${sample}›.`));

export const ids: readonly Detector[] = [
  {
    id: 'personal-number',
    kind: 'pii.national-id',
    about: 'Personal numbers of many countries, told apart by shape, check digits and the words before them.',
    kinds: Object.fromEntries(
      [...IDS]
        .reverse()
        .map(({ kind, what, verified, alone, aloneWritten }) => [
          `pii.${kind}`,
          `${what}; ${verified === '' ? 'shape only, after words that name it' : `${verified}${alone === undefined ? (aloneWritten === undefined ? '; after words that name it' : '; without its separators only after words that name it') : ''}`}.`,
        ]),
    ),
    misses:
      'Numbers without a check digit where no word names them, words in other languages than those listed, and names of a column that stand further off than half a line.',
    family: 'digits',
    patterns: [
      // Digits in groups, a letter or two behind them.
      `\\b[0-9](?:${SEP}?[0-9]){4,18}(?:[ -]?[A-Za-z]{1,2}[ -]?[0-9]{0,3})?\\b`,
      // A few letters, then digits, in one run.
      '\\b[A-Za-z]{1,7}[0-9][0-9A-Za-z]{3,17}\\b',
      // A few capitals, then groups.
      '\\b[A-Z]{1,4}[ .-]?[0-9]{1,9}(?:[ .-]?[0-9A-Z]{1,9}){0,5}\\b',
      '\\b[A-Z]{1,2}[0-9]{6}\\([0-9A]\\)',
      // Letters among the first digits.
      '\\b[0-9]{1,8}[A-Za-z][0-9A-Za-z]{3,15}\\b',
      // Plates that begin with digits.
      '\\b[0-9]{2,4}[ -][A-Z]{2,4}(?:[ -]?[0-9]{1,4})?\\b',
      '\\b[0-9]{1,4}[A-Z]{1,3}[ -][0-9]{2,4}\\b',
      '\\b[0-9][A-Z][0-9A-Z][0-9]-[A-Z][0-9A-Z][0-9]-[A-Z]{2}[0-9]{2}\\b',
    ],
    check,
    maxLength: 64,
    examples: {
      positive: positives,
      negative: [
        'order 44051401359',
        '1700000000',
        '1700000000123',
        'at 2024-01-02 10:11:12',
        '0.44051401359',
        'f47ac10b-58cc-4372-a567-0e02b2c3d479',
        '2024-01-02T03:04:05Z INFO call took 1234567 us',
        'SSN: none; version 10.12.2024',
        'commit 12345678a',
        '943 476 5918',
      ],
      evasive: [{ text: 'PESEL 4405140\u200b1359 ok', view: 'folded' }],
    },
  },
];
