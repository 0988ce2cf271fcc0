// The share of callers in observe mode.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { observes } from './observe.ts';

describe('the share of observed callers', () => {
  test('keeps whom it has when it grows', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (subject, a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          if (observes({ observe: less }, subject)) expect(observes({ observe: more }, subject)).toBe(true);
        },
      ),
    );
  });

  test('is nobody at 0 and everybody at 100 per cent', () => {
    fc.assert(
      fc.property(fc.string(), (subject) => {
        expect([observes({ observe: 0 }, subject), observes({ observe: 1 }, subject)]).toEqual([false, true]);
      }),
    );
  });
});
