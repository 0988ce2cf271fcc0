// The named sets: \d \w \s, POSIX classes and Unicode properties. Table rows; knows nothing of how they are written.
import { type CharSet, normalize } from './charset.ts';

const range = (...pairs: string[]): CharSet =>
  normalize(pairs.flatMap((p) => [p.charCodeAt(0), p.charCodeAt(p.length - 1)]));

export const DIGIT = range('09');
export const WORD = range('09', 'AZ', '__', 'az');
export const NEWLINE: CharSet = [0x0a, 0x0a];
/** As RE2 has it: ASCII, without vertical tab. */
const SPACE = range('\t\n', '\f\r', '  ');

/** \d \s \w; the capital letter is the complement. */
export const PERL: Readonly<Record<string, CharSet>> = { d: DIGIT, s: SPACE, w: WORD };

/** [:name:] within a class. */
export const POSIX: Readonly<Record<string, CharSet>> = {
  alnum: range('09', 'AZ', 'az'),
  alpha: range('AZ', 'az'),
  ascii: [0, 0x7f],
  blank: range('\t\t', '  '),
  cntrl: [0, 0x1f, 0x7f, 0x7f],
  digit: DIGIT,
  graph: range('!~'),
  lower: range('az'),
  print: range(' ~'),
  punct: range('!/', ':@', '[`', '{~'),
  space: range('\t\r', '  '),
  upper: range('AZ'),
  word: WORD,
  xdigit: range('09', 'AF', 'af'),
};

const known = new Map<string, CharSet>();

const propertyTest = (name: string): RegExp | undefined => {
  for (const source of [`\\p{${name}}`, `\\p{Script=${name}}`]) {
    try {
      return new RegExp(`(?:${source})+`, 'gu');
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
};

/** A general category, script or binary property, by the run time's Unicode data; undefined when there is none such. */
export function unicodeProperty(name: string): CharSet | undefined {
  if (!/^[A-Za-z_]+(=[A-Za-z_]+)?$/.test(name)) return undefined;
  const cached = known.get(name);
  if (cached) return cached;
  const test = propertyTest(name);
  if (!test) return undefined;
  const pairs: number[] = [];
  for (let block = 0; block < 0x110000; block += 0x1000) {
    // Surrogates are of category Cs and of no script; written side by side they would be read as pairs.
    if (block >= 0xd000 && block < 0xe000) {
      scanBlock(test, block, block + 0x7ff, pairs);
      if (/^(Cs|Surrogate|C|Other)$/.test(name)) pairs.push(0xd800, 0xdfff);
    } else scanBlock(test, block, block + 0xfff, pairs);
  }
  const set = normalize(pairs);
  known.set(name, set);
  return set;
}

function scanBlock(test: RegExp, first: number, last: number, pairs: number[]): void {
  const units = first > 0xffff ? 2 : 1;
  let text = '';
  for (let cp = first; cp <= last; cp++) text += String.fromCodePoint(cp);
  for (const match of text.matchAll(test)) {
    const lo = first + match.index / units;
    pairs.push(lo, lo + match[0].length / units - 1);
  }
}
