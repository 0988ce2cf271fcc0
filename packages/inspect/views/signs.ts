// What views look for, unit by unit, in one table: so that one look at a unit answers for all of them, and a further view
// costs nothing on text that says nothing to it. It must not know what a view does with what it finds.
import { VIEWS } from './index.ts';
import type { Alphabet } from './view.ts';

/** Not looked at yet. No sign uses the highest bit, so that this is no set of signs. */
const UNKNOWN = -1;
const MOST_SIGNS = 31;

const alphabets = [
  ...new Set(VIEWS.flatMap((view) => (view.kind === 'extract' && view.alphabet ? [view.alphabet] : []))),
];
const tests = [
  ...VIEWS.flatMap((view) => (view.kind === 'sparse' ? [view.mayChange] : [])),
  ...alphabets.map(({ holds }) => holds),
];
if (tests.length > MOST_SIGNS) throw new RangeError(`more than ${MOST_SIGNS} kinds of units to look for`);

/** Of each code unit its signs, or all bits as long as they are not known: whoever finds a sign here asks `signsOf`. */
const SIGNS = new Int32Array(0x1_0000).fill(UNKNOWN);

function learn(unit: number): number {
  const signs = tests.reduce((sum, test, index) => (test(unit) ? sum | (1 << index) : sum), 0);
  SIGNS[unit] = signs;
  return signs;
}

/** The signs of a code unit: of each sparse view that it may begin a change for, and of each alphabet that has it. */
export function signsOf(unit: number): number {
  const signs = SIGNS[unit]!;
  return signs === UNKNOWN ? learn(unit) : signs;
}

/** Whether a code unit has a sign. */
export const has = (unit: number, sign: number): boolean =>
  (SIGNS[unit]! & sign) !== 0 && (SIGNS[unit] !== UNKNOWN || (learn(unit) & sign) !== 0);

/** Units that are looked at one by one before the run time's own search is worth its call. */
const STEP = 48;
const searches = new Map<number, RegExp>();

/** Finds ASCII units that have one of the signs, and all other units. */
function searchFor(signs: number): RegExp {
  const known = searches.get(signs);
  if (known) return known;
  let units = '';
  for (let unit = 0; unit < 0x80; unit += 1)
    if (has(unit, signs)) units += `\\x${unit.toString(16).padStart(2, '0')}`;
  const search = new RegExp(`[${units}\\x80-\\uffff]`, 'g');
  searches.set(signs, search);
  return search;
}

/** Index of the first unit in [from, to) that has one of the signs, or `to`. */
export function nextSign(text: string, from: number, to: number, signs: number): number {
  for (let i = from; ; ) {
    // The run time's search knows no end but the text's.
    for (const until = to < text.length ? to : Math.min(to, i + STEP); i < until; i += 1)
      if ((SIGNS[text.charCodeAt(i)]! & signs) !== 0 && has(text.charCodeAt(i), signs)) return i;
    if (i >= to) return to;
    const search = searchFor(signs);
    search.lastIndex = i;
    if (!search.test(text)) return to;
    i = Math.min(to, search.lastIndex - 1);
  }
}

/** The sign of a sparse view: that a unit may begin something that it reads differently. */
export const signOfView = (name: string): number =>
  1 << VIEWS.filter(({ kind }) => kind === 'sparse').findIndex((view) => view.name === name);

/** The sign of an alphabet: that a unit belongs to it. */
export const signOfAlphabet = (alphabet: Alphabet): number =>
  1 << (tests.length - alphabets.length + alphabets.indexOf(alphabet));
