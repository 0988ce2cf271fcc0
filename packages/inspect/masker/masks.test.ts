// How a masked value reads, style by style.
import type { Finding, MaskStyle, Treatment } from '@sluice/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyed, treatment } from '../testing/lanes.ts';
import { MASKS, styleOf } from './masks.ts';

const finding: Finding = {
  kind: 'pii.card',
  detector: 'card',
  start: 0,
  end: 0,
  confidence: 1,
  view: 'raw',
  late: false,
  hash: '0123456789abcdef',
};

const masked = (style: MaskStyle, value: string): string =>
  MASKS[style]({ finding, value, original: value, keyed });

describe('a mask', () => {
  it.each<[MaskStyle, string, string]>([
    ['label', '4111111111111111', '[REDACTED:pii.card]'],
    ['last4', '4111111111111234', '****1234'],
    ['last4', '12345678', '****78'],
    ['last4', '123', '****'],
    ['last4', 'abcdefghijkl\ud83d\ude00xyz', '****xyz'],
    ['hash', '4111111111111111', '[pii.card:01234567]'],
    ['partial', 'correct-horse-battery-staple-horse', 'corr****orse'],
    ['partial', '1234567890123456', '12****56'],
    ['partial', 'short', '****'],
    ['partial', 'abc\ud83d\ude00efghijklmnopqrstuvwxyz01234567', 'abc****4567'],
    ['token', '4111111111111111', '<pii.card=16>'],
    ['remove', '4111111111111111', ''],
  ])('as %s of %s reads %s', (style, value, written) => {
    expect(masked(style, value)).toBe(written);
  });

  it('never shows more than a quarter of a value, nor half a character', () => {
    const value = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom<MaskStyle>('label', 'last4', 'partial', 'remove'), value, (style, text) => {
        const written = masked(style, text);
        const shown = style === 'label' ? '' : written.replace('****', '');
        expect(shown.length).toBeLessThanOrEqual(text.length / 4);
        expect(written.isWellFormed()).toBe(true);
      }),
    );
  });

  it.each<[Treatment, MaskStyle]>([
    [treatment('mask', 'last4'), 'last4'],
    [treatment('tokenize', 'label'), 'token'],
    [treatment('strip', 'label'), 'remove'],
    [treatment('block', 'hash'), 'hash'],
  ])('for %o is the style %s', (given, style) => {
    expect(styleOf(given)).toBe(style);
  });
});
