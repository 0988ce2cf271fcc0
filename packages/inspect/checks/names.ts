// Whether a word is a given name or a family name. Tables are read when the first capitalised words are met, not at start.
import { AMBIGUOUS, GIVEN } from '../detectors/tables/given-names.ts';
import { NOT_NAMES } from '../detectors/tables/not-names.ts';
import { SURNAME_ENDINGS, SURNAMES } from '../detectors/tables/surnames.ts';

/** Cyrillic and Greek small letters without marks, and what Latin writes for them. */
const LATIN = new Map<string, string>();
for (const [letters, latin] of [
  ['абвгдезиклмнопрстуфыэіґђјљњћџәһү', 'a b v g d e z i k l m n o p r s t u f y e i g d j lj nj c dz a h u'],
  ['жхцчшщюяєї', 'zh h ts ch sh sht yu ya ye i'],
  ['αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'],
] as const) {
  const parts = latin.split(' ');
  for (const [i, letter] of [...letters].entries()) LATIN.set(letter, parts[i]!);
}

const toLatin = (word: string): string =>
  word
    .replace(/ου/g, 'ou')
    .replace(/ь|ъ/g, '')
    .replace(/[\u0370-\u04ff]/g, (letter) => LATIN.get(letter) ?? letter)
    .replace(/ii$/, 'y');

/** A word in small Latin letters without marks, as the tables have it; Cyrillic and Greek transcribed. */
export function plain(word: string): string {
  const lower = word.toLowerCase();
  if (/^[a-z'’-]*$/.test(lower)) return lower.replace(/['’]/g, '');
  return toLatin(lower.normalize('NFD').replace(/[\p{M}'’]/gu, ''))
    .replace(/ß/g, 'ss')
    .replace(/[łøđıæœə]/g, (c) => ({ ł: 'l', ø: 'o', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe', ə: 'a' })[c]!);
}

const table = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(plain));

/** Made on first use. */
function lazily(text: string): (word: string) => boolean {
  let words: ReadonlySet<string> | undefined;
  return (word) => {
    words ??= table(text);
    return words.has(word);
  };
}

const given = lazily(GIVEN);
const surname = lazily(SURNAMES);
/** Words in capitals that are no names: beginnings of sentences, days, offices, places, makers. */
const isOther = lazily(NOT_NAMES);
const ambiguous = lazily(AMBIGUOUS);

/** `word` for one that is an everyday word as well. */
export type Standing = 'name' | 'word' | 'none';

/** Of a plain word. Of a double name, its first part decides. */
export function givenName(word: string): Standing {
  const first = word.includes('-') ? word.slice(0, word.indexOf('-')) : word;
  if (ambiguous(first)) return 'word';
  return given(first) ? (isOther(first) ? 'word' : 'name') : 'none';
}

/** Of a plain word: in the table, or with an ending that family names have. */
export function familyName(word: string): boolean {
  return word.split('-').some((part) => surname(part) || SURNAME_ENDINGS.test(part));
}

/** Of a plain word: in the table, though it may be an everyday word as well, such as `hall`. */
export const listedFamilyName = (word: string): boolean => surname(word);

/** Of a plain word: in the table, and so long that nothing else is written so. Tells a name beside an unknown word. */
export const rareFamilyName = (word: string): boolean => word.length > 5 && surname(word) && !isOther(word);

/** True for a plain word that could be somebody's name as far as it is known: no everyday word in capitals. */
export function couldBeName(word: string): boolean {
  return word.length > 1 && !isOther(word);
}

/** Alternatives of a pattern, each with a small or a capital first letter. */
export const eitherCase = (alternatives: string): string =>
  alternatives.replace(
    /(^|[|(]|\?:)(\p{Ll})/gu,
    (_, before: string, letter: string) => `${before}[${letter.toUpperCase()}${letter}]`,
  );
