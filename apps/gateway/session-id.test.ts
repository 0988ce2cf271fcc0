// Session ids sort by time and do not repeat.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionId } from './session-id.ts';

/** The last moment that 48 bits can say: in the year 10889. */
const LATEST = 2 ** 48 - 1;

describe('a session id', () => {
  it('is a ULID: 26 characters of Crockford base32, the first at most 7', () => {
    fc.assert(
      fc.property(fc.nat({ max: LATEST }), (now) => {
        expect(sessionId(now)).toMatch(/^ses_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      }),
    );
  });

  it('begins with the time, so that ids sort by it', () => {
    // The example of the specification.
    expect(sessionId(1_469_918_176_385).slice(4, 14)).toBe('01ARYZ6S41');
    fc.assert(
      fc.property(fc.nat({ max: LATEST }), fc.nat({ max: LATEST }), (a, b) => {
        fc.pre(a !== b);
        expect(sessionId(a) < sessionId(b)).toBe(a < b);
      }),
    );
  });

  it('is another each time, also when many are made in one moment', () => {
    const made = new Set(Array.from({ length: 2000 }, () => sessionId(1_700_000_000_000)));
    expect(made.size).toBe(2000);
    // Over so many, every place of the random part takes many values.
    for (let at = 14; at < 30; at++) expect(new Set([...made].map((id) => id[at])).size).toBe(32);
  });
});
