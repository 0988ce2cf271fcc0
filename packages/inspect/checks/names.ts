// Whether a word is a given name or a family name. Tables are read when the first capitalised words are met, not at start.
import { AMBIGUOUS, GIVEN } from '../detectors/tables/given-names.ts';
import { NOT_NAMES } from '../detectors/tables/not-names.ts';
import { SURNAME_ENDINGS, SURNAMES } from '../detectors/tables/surnames.ts';

/** A word in small letters without marks, as the tables have it. */
export function plain(word: string): string {
  const lower = word.toLowerCase();
  if (/^[a-z'’-]*$/.test(lower)) return lower.replace(/['’]/g, '');
  return lower
    .normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[łøđıæœ]/g, (c) => ({ ł: 'l', ø: 'o', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe' })[c]!);
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
