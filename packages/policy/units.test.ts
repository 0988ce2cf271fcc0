// Sizes, durations and percentages as people write them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration, parsePercent, parseSize } from './units.ts';

describe('units', () => {
  test.each([
    ['1MB', 1_000_000],
    ['200kB', 200_000],
    ['1KB', 1000],
    ['1.5MB', 1_500_000],
    ['4MiB', 4_194_304],
    ['7B', 7],
    ['0.5B', undefined],
    ['1.0001kB', undefined],
    ['1 MB', undefined],
    ['1mb', undefined],
    ['-1MB', undefined],
    ['1e3MB', undefined],
    ['', undefined],
  ])('the size %s is %s bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each([
    ['60s', 60_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['250ms', 250],
    ['1.5s', 1500],
    ['0.5ms', undefined],
    ['60', undefined],
    ['1h30m', undefined],
  ])('the duration %s is %s milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each([
    ['25%', 0.25],
    ['0%', 0],
    ['100%', 1],
    ['12.5%', 0.125],
    ['101%', undefined],
    ['25', undefined],
    ['-1%', undefined],
  ])('the percentage %s is %s', (text, share) => {
    expect(parsePercent(text)).toBe(share);
  });

  test('every whole number of a unit is that many of it', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (n) => {
        expect([parseSize(`${n}kB`), parseSize(`${n}MiB`), parseDuration(`${n}m`)]).toEqual([
          n * 1000,
          n * 1024 * 1024,
          n * 60_000,
        ]);
      }),
    );
  });
});
