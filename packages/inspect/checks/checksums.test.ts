// Checksums obey their laws and agree with published vectors.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { base62, crc32, endsWithCrc } from './crc32.ts';
import { hasIbanLength, isIban } from './iban.ts';
import { luhn } from './luhn.ts';
import { mod97 } from './mod97.ts';

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
const COUNTRIES = ['DE', 'GB', 'FR', 'NO', 'MT', 'NL', 'ES', 'IT', 'CH', 'PL', 'BR', 'SA'] as const;

describe('Luhn', () => {
  test('every number has exactly one check digit', () => {
    fc.assert(
      fc.property(
        digits(1, 20),
        (body) => [...'0123456789'].filter((digit) => luhn(body + digit)).length === 1,
      ),
    );
  });
  test('a wrong digit is noticed', () => {
    fc.assert(
      fc.property(digits(2, 19), fc.nat(), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const full = body + [...'0123456789'].find((digit) => luhn(body + digit))!;
        const place = at % full.length;
        const wrong = full.slice(0, place) + ((Number(full[place]) + by) % 10) + full.slice(place + 1);
        return !luhn(wrong);
      }),
    );
  });
  test('letters and the empty text have none', () => {
    expect(luhn('')).toBe(false);
    expect(luhn('4111x111')).toBe(false);
  });
});

describe('MOD 97', () => {
  test('agrees with arithmetic on whole numbers', () => {
    fc.assert(fc.property(digits(1, 40), (text) => mod97(text) === Number(BigInt(text) % 97n)));
  });
  test('a letter counts as two digits', () => {
    expect(mod97('A')).toBe(10);
    expect(mod97('1Z')).toBe(135 % 97);
    expect(mod97('1-2')).toBeNaN();
  });
  test('each account number has exactly one pair of check digits from 02 to 98', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COUNTRIES), digits(35, 35), (country, body) => {
        const length = Array.from({ length: 35 }, (_, i) => i).find((n) => hasIbanLength(country, n))!;
        const account = body.slice(0, length - 4);
        const fitting = Array.from({ length: 97 }, (_, i) => String(i + 2).padStart(2, '0')).filter((pair) =>
          isIban(country + pair + account),
        );
        return fitting.length === 1;
      }),
    );
  });
  test('agrees with the examples of the registry', () => {
    for (const iban of [
      'DE89370400440532013000',
      'GB29NWBK60161331926819',
      'FR1420041010050500013M02606',
      'NO9386011117947',
      'MT84MALT011000012345MTLCAST001S',
      'BR1800360305000010009795493C1',
      'LC55HEMM000100010012001200023015',
      'SA0380000000608010167519',
    ])
      expect(isIban(iban), iban).toBe(true);
  });
});

describe('CRC-32', () => {
  test('has the check value of its catalogue entry', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    expect(crc32('')).toBe(0);
  });
  test('of two texts that differ in one character differs', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), fc.nat(), (text, at) => {
        const place = at % text.length;
        const other = text[place] === 'a' ? 'b' : 'a';
        return crc32(text) !== crc32(text.slice(0, place) + other + text.slice(place + 1));
      }),
    );
  });
  test('is the checksum of the token that GitHub documents', () => {
    expect(endsWithCrc('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ' + '0mLq17')).toBe(true);
    expect(endsWithCrc('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ' + '0mLq18')).toBe(false);
  });
  test('base 62 keeps order and value', () => {
    const value = (text: string) =>
      [...text].reduce(
        (sum, digit) =>
          sum * 62 + '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.indexOf(digit),
        0,
      );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffffffff }),
        (n) => base62(n, 6).length === 6 && value(base62(n, 6)) === n,
      ),
    );
  });
});

describe('base64', () => {
  const bytes = fc.uint8Array({ maxLength: 60 });
  test('is decoded as Node decodes it, in both alphabets, with and without padding', () => {
    fc.assert(
      fc.property(bytes, (raw) => {
        const buffer = Buffer.from(raw);
        const text = buffer.toString('latin1');
        return (
          [buffer.toString('base64'), buffer.toString('base64url')].every(
            (encoded) => decodeBase64(encoded) === text,
          ) && encodeBase64(text) === buffer.toString('base64')
        );
      }),
    );
  });
  test('other characters and impossible lengths are refused', () => {
    expect(decodeBase64('ab!d')).toBeUndefined();
    expect(decodeBase64('abcde')).toBeUndefined();
  });
});
