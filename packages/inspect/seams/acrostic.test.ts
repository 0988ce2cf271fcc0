// Known values a letter at a time: found whatever the words around, told before an eighth letter goes out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AcrosticReader, Acrostics, LETTERS } from './acrostic.ts';

const VALUE = 'mauve-Kestrel-41-orchard';
const acrostics = new Acrostics([
  { kind: 'canary.own', value: VALUE },
  { kind: 'canary.low', value: 'aaaabaaaabaaa' },
  { kind: 'canary.number', value: '1234567890123456' },
]);
const letters = [...VALUE].filter((unit) => /[a-z]/i.test(unit));
const wordFrom = fc.string({ unit: fc.constantFrom(...'eiou'), minLength: 3, maxLength: 6 });
const words = fc.array(wordFrom, { minLength: letters.length, maxLength: letters.length });

const HIDDEN = {
  'first letters of lines': (tails: readonly string[]) =>
    letters.map((letter, at) => `${at + 1}. ${letter.toUpperCase()}${tails[at]} and more`).join('\n'),
  'first letters of words': (tails: readonly string[]) =>
    letters.map((letter, at) => `${letter}${tails[at]},`).join(' '),
  'last letters of lines': (tails: readonly string[]) =>
    letters.map((letter, at) => `so ${tails[at]}${letter}.`).join('\n'),
} as const;

describe.each(Object.entries(HIDDEN))('%s', (view, hide) => {
  it('are found in a whole text, from the first letter to the last', () => {
    fc.assert(
      fc.property(words, (tails) => {
        const text = hide(tails);
        const found = acrostics.in(text).filter((given) => given.view === view);
        expect(found).toHaveLength(1);
        const { start, end } = found[0]!;
        const first = text.search(/[a-z]/i);
        expect(start).toBe(view.startsWith('last') ? text.indexOf(`${letters[0]}.`) : first);
        expect(text.slice(end)).not.toContain('\n');
      }),
      { numRuns: 50 },
    );
  });

  it('are told in a text that grows with the eighth, however it is cut', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 9 }), (tails, size) => {
        const text = hide(tails);
        const whole = acrostics.in(text).find((given) => given.view === view)!;
        const reader = new AcrosticReader(acrostics);
        let gone = '';
        for (const piece of text.match(new RegExp(`[^]{1,${size}}`, 'g'))!) {
          if (reader.push(piece).some((given) => given.view === view)) break;
          gone += piece;
        }
        const before = new AcrosticReader(acrostics);
        expect(before.push(gone)).toEqual([]);
        expect(gone.length).toBeLessThan(whole.end);
        const lines = view === 'first letters of words' ? gone.split(' ') : gone.split('\n');
        expect(lines.length).toBeLessThanOrEqual(LETTERS);
      }),
      { numRuns: 50 },
    );
  });
});

it.each([
  ['prose', 'My aunt understands very exotic kites. She told Rita every lie.'],
  ['a refrain', 'a a a a b a a a a b a a a a b a a a a b '.repeat(4)],
  ['a numbered list', Array.from({ length: 16 }, (_, at) => `${(at + 1) % 10} of them`).join('\n')],
  ['seven letters', 'many apples under very elegant kites everywhere'],
  ['a value that is spelled out, which is read as that', letters.join(' ')],
])('nothing is found in %s', (_name, text) => {
  expect(acrostics.in(text)).toEqual([]);
});
