// Check digit schemes obey their laws and agree with published vectors.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossSum, hasDay, isDay, mod1110, sum731, two, verhoeff, weighted } from './check-digits.ts';

const DIGITS = [...'0123456789'];
const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength: min, maxLength: max });

describe.each([
  ['MOD 11,10', mod1110, '794623'],
  ['Verhoeff', verhoeff, '2363'],
] as const)('%s', (_, holds, vector) => {
  test('agrees with its published vector', () => expect(holds(vector)).toBe(true));
  test('every number has exactly one check digit', () => {
    fc.assert(
      fc.property(digits(1, 20), (body) => DIGITS.filter((digit) => holds(body + digit)).length === 1),
    );
  });
  test('a wrong digit is noticed', () => {
    fc.assert(
      fc.property(digits(1, 15), fc.nat(), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const full = body + DIGITS.find((digit) => holds(body + digit))!;
        const place = at % full.length;
        return !holds(full.slice(0, place) + ((Number(full[place]) + by) % 10) + full.slice(place + 1));
      }),
    );
  });
});

test('Verhoeff notices two neighbours that changed places', () => {
  fc.assert(
    fc.property(digits(2, 15), fc.nat(), (body, at) => {
      const full = body + DIGITS.find((digit) => verhoeff(body + digit))!;
      const place = at % (full.length - 1);
      const [a, b] = [full[place]!, full[place + 1]!];
      return a === b || !verhoeff(full.slice(0, place) + b + a + full.slice(place + 2));
    }),
  );
});

test('the weights 7, 3, 1 agree with the specimen of ICAO 9303', () => {
  expect([sum731('L898902C3'), sum731('740812'), sum731('120415')]).toEqual([6, 2, 9]);
});

test('weights meet the digits from a place on', () => {
  expect(weighted('1234', [1, 10, 100])).toBe(321);
  expect(weighted('1234', [1, 10], 2)).toBe(43);
  expect([crossSum(0), crossSum(9), crossSum(18)]).toEqual([0, 9, 9]);
});

test.each([
  [2, 29, true],
  [2, 30, false],
  [4, 31, false],
  [12, 31, true],
  [0, 1, false],
  [13, 1, false],
  [1, 0, false],
])('month %i has a day %i: %s', (month, day, has) => expect(isDay(month, day)).toBe(has));

test('months may be raised, as some countries do for a century', () => {
  expect(two('0731', 2)).toBe(31);
  expect([hasDay('900101', 2, 4), hasDay('902101', 2, 4), hasDay('902101', 2, 4, [0, 20])]).toEqual([
    true,
    false,
    true,
  ]);
});
