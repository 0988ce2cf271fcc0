// What the tables of names say of a word, and how it is brought into their letters.
import { expect, test } from 'vitest';
import {
  couldBeName,
  eitherCase,
  familyName,
  givenName,
  listedFamilyName,
  plain,
  rareFamilyName,
} from './names.ts';

test.each([
  ['José', 'jose'],
  ["O'Brien", 'obrien'],
  ['Łukasz', 'lukasz'],
  ['Groß', 'gross'],
  ['Məmməd', 'mammad'],
  ['Томислав', 'tomislav'],
  ['Юрий', 'yury'],
  ['Γιώργος', 'giorgos'],
  ['Παπαδοπούλου', 'papadopoulou'],
  ['田中', '田中'],
  ['', ''],
])('%s is looked up as %s', (word, folded) => expect(plain(word)).toBe(folded));

test.each([
  ['melissa', 'name'],
  ['anna-maria', 'name'],
  ['tomislav', 'name'],
  ['may', 'word'],
  ['grant', 'word'],
  ['server', 'none'],
] as const)('%s is, as a given name, a %s', (word, standing) => expect(givenName(word)).toBe(standing));

test('family names are known by the table or by their ending, everyday words by neither', () => {
  for (const word of ['smith', 'kowalska', 'papadopoulos', 'lund-berg'])
    expect(familyName(word), word).toBe(true);
  expect(familyName('table')).toBe(false);
});

test('a family name that is an everyday word too is listed, and not rare', () => {
  expect([listedFamilyName('hall'), rareFamilyName('hall'), couldBeName('hall')]).toEqual([
    true,
    false,
    false,
  ]);
  expect([listedFamilyName('okonkwo'), rareFamilyName('okonkwo')]).toEqual([true, true]);
});

test('alternatives take either case at the beginning of each', () => {
  expect(eitherCase('rue|via|C/')).toBe('[Rr]ue|[Vv]ia|C/');
});
