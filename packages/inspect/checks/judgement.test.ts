// Checks that judge: entropy, randomness, stand-ins, addresses, numbers, URLs.
import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeKey, judgePassword } from './assigned.ts';
import { cardNetwork, isCard } from './card.ts';
import { entropy } from './entropy.ts';
import { ipv4Scope, ipv6Scope, parseIpv4, parseIpv6 } from './ip.ts';
import { callingCode, isNationalShape } from './phone.ts';
import { isPlaceholder, isSequence } from './placeholder.ts';
import { randomness } from './randomness.ts';
import { isSsn } from './ssn.ts';
import { carriesData, urlParts } from './url.ts';

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

test('entropy lies between nothing and the logarithm of the length', () => {
  fc.assert(
    fc.property(
      fc.string(),
      (text) => entropy(text) >= 0 && entropy(text) <= Math.log2(Math.max(1, text.length)) + 1e-9,
    ),
  );
  expect(entropy('aaaa')).toBeCloseTo(0);
  expect(entropy('abcd')).toBeCloseTo(2);
});

describe('randomness', () => {
  test('of drawn characters is above that of names and words', () => {
    const drawn = fc.string({ unit: fc.constantFrom(...BASE62), minLength: 24, maxLength: 40 });
    fc.assert(
      fc.property(drawn, (text) => randomness(text) > 0.5),
      { numRuns: 300, seed: 1 },
    );
    for (const name of [
      'getUserPasswordFromRequest',
      'application/json',
      'text-embedding-3-small',
      'com.example.app.MainActivity',
      'INVALID_PASSWORD_ERROR',
      'correcthorsebatterystaple',
      'claude-3-5-sonnet-20241022',
    ])
      expect(randomness(name), name).toBeLessThan(0);
  });
  test('of a text too short to tell is none', () => {
    expect(randomness('')).toBe(0);
    expect(randomness('x')).toBe(0);
  });
});

test('stand-ins are known, drawn values are none', () => {
  for (const value of [
    'your-api-key-here',
    '<TOKEN>',
    'xxxxxxxx',
    '$SECRET',
    '{{ key }}',
    '********',
    'changeme',
    'REPLACE_WITH_KEY',
    'process.env.KEY',
    '$(cat key)',
    'abc...xyz',
  ])
    expect(isPlaceholder(value), value).toBe(true);
  for (const value of ['h7Gf4kLm29QwErTy', 'Tr0ub4dor&3', 'a8f5f167f44f4964e6c998dee827110c'])
    expect(isPlaceholder(value), value).toBe(false);
  for (const value of ['abcdefghijklmnop', '1234567890', 'qwertyuiop', 'abcdef0123456789'])
    expect(isSequence(value), value).toBe(true);
  expect(isSequence('k3Jd92mXqLs8')).toBe(false);
});

test('what is assigned to a key is judged by its characters', () => {
  for (const value of [
    'h7Gf4kLm29QwErTyUi',
    'a8f5f167f44f4964e6c998dee827110c',
    '9f86d081-884c-4d63-a0b1-1f2e3d4c5b6a'.replace('-', '-'),
  ])
    expect(judgeKey(value), value).toBeGreaterThan(0.5);
  for (const value of [
    'config.apiKey',
    'my-app-secret-v2',
    'application/json',
    'https://acme.com/token1234',
    '/run/secrets/key1',
    'string',
    'true',
    '2024-01-02T03:04:05',
    'bedrock-2023-05-31',
    '12345678901234',
  ])
    expect(judgeKey(value), value).toBe(false);
});

test('what is assigned to a password may be what a person would choose', () => {
  for (const value of ['hunter2', 'Tr0ub4dor&3', 'P@ssw0rd!', 'S3cret#99', 'letmein!42'])
    expect(judgePassword(value, true), value).toBeGreaterThan(0.4);
  for (const value of [
    'string',
    'password',
    'required',
    'user.password',
    'getPassword',
    '********',
    'your_password1',
    'password1',
  ])
    expect(judgePassword(value, false), value).toBe(false);
});

describe('addresses', () => {
  test('IPv4 is parsed as Node parses it', () => {
    const part = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('00', '01', ''));
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 3, maxLength: 5 }),
        (parts) => (parseIpv4(parts.join('.')) !== undefined) === isIPv4(parts.join('.')),
      ),
    );
  });
  test('IPv6 is parsed as Node parses it', () => {
    fc.assert(fc.property(fc.ipV6(), (text) => parseIpv6(text)?.length === 8));
    const part = fc.constantFrom('', '0', '1f', 'abcd', '12345', 'g', '1.2.3.4');
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 2, maxLength: 9 }),
        (parts) => (parseIpv6(parts.join(':')) !== undefined) === isIPv6(parts.join(':')),
      ),
      { numRuns: 2000 },
    );
  });
  test('special ranges are told apart', () => {
    expect(
      ['8.8.8.8', '10.1.2.3', '203.0.113.9', '127.0.0.1', '255.255.255.0', '100.64.1.1'].map((text) =>
        ipv4Scope(parseIpv4(text)!),
      ),
    ).toEqual(['public', 'private', 'documentation', 'none', 'none', 'private']);
    expect(
      ['2a00:1450::1', 'fe80::1', '2001:db8::1', '::1', 'fd00::1'].map((text) => ipv6Scope(parseIpv6(text)!)),
    ).toEqual(['public', 'private', 'documentation', 'none', 'private']);
  });
});

describe('numbers', () => {
  test('cards are of a known network', () => {
    expect(cardNetwork('4111111111111111')).toBe('visa');
    expect(cardNetwork('2223003122003222')).toBe('mastercard');
    expect(cardNetwork('1234567812345670')).toBeUndefined();
    expect(isCard(['4111', '1111', '1111', '1111'])).toBe(true);
    expect(isCard(['411', '1111', '1111', '11111'])).toBe(false);
    expect(isCard(['0000000000000000'])).toBe(false);
  });
  test('social security numbers that cannot be issued are none', () => {
    expect(
      [
        '536221234',
        '000123456',
        '666123456',
        '900123456',
        '536001234',
        '536220000',
        '078051120',
        '53622123',
      ].map(isSsn),
    ).toEqual([true, false, false, false, false, false, false, false]);
  });
  test('calling codes need a national number of their length', () => {
    expect(
      ['14155552671', '4930901820', '35312345678', '999123456789', '141555', '33612345678', '3361234'].map(
        callingCode,
      ),
    ).toEqual([1, 2, 3, 0, 0, 2, 0]);
  });
  test('national groupings are known', () => {
    for (const text of [
      '(415) 555-2671',
      '415.555.2671',
      '06 12 34 56 78',
      '020 7946 0958',
      '98765 43210',
      '8 (912) 345-67-89',
      '(11) 91234-5678',
      '138 1234 5678',
    ])
      expect(isNationalShape(text), text).toBe(true);
    for (const text of ['2024-01-02', '1 234 567', '115-555-2671', '12345678', '00 12 34 56 78', '1.2.3.4'])
      expect(isNationalShape(text), text).toBe(false);
  });
});

describe('URLs', () => {
  test('hosts are those of the URL class', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true }),
        (url) => urlParts(url)?.host === new URL(url).hostname.toLowerCase(),
      ),
    );
  });
  test('what carries data is told from what names a place', () => {
    const score = (url: string) => carriesData(urlParts(url)!);
    for (const url of [
      'https://a.test/?d=dXNlcj1hbGljZSZwbGFuPWdvbGQmYmFsYW5jZT0xMjM0',
      'https://a.test/p?email=a%40b.com',
      'https://a.test/x?q=the+user+lives+in+berlin',
      'https://7573657220616c6963652c20706c616e20676f6c642c20313233.a.test/x',
      'https://a.test/{secret}',
    ])
      expect(score(url), url).toBeGreaterThanOrEqual(0.7);
    for (const url of [
      'https://a.test/docs/install',
      'https://a.test/logo.png?w=200&h=100',
      'https://a.test/search?lang=en&page=2',
      'https://a.test',
    ])
      expect(score(url), url).toBeLessThan(0.5);
  });
});
