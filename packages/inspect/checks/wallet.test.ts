// Checksums of wallet addresses agree with the platform's digest and with published vectors.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';
import { isBase58Address, isBech32 } from './wallet.ts';

test('SHA-256 of one block is the platform’s', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 55 }), (bytes) => {
      expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(
        createHash('sha256').update(bytes).digest('hex'),
      );
    }),
  );
  expect(() => sha256(new Uint8Array(56))).toThrow(RangeError);
});

test.each([
  ['1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', true],
  ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', true],
  ['rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh', true],
  ['1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3', false],
  ['1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN0', false],
  ['', false],
])('base58check of %s: %s', (text, holds) => expect(isBase58Address(text)).toBe(holds));

test.each([
  ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', true],
  ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', true],
  ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0', true],
  ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', false],
  ['bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', false],
  ['1qqqqqqqqqq', false],
  ['bc', false],
])('bech32 of %s: %s', (text, holds) => expect(isBech32(text)).toBe(holds));

test('a bech32 address with one other character is none', () => {
  const address = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: address.length - 1 }),
      fc.constantFrom(...'qpzry9x8gf2tvdw0'),
      (at, unit) => address[at] === unit || !isBech32(address.slice(0, at) + unit + address.slice(at + 1)),
    ),
  );
});
