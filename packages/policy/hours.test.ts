// Hours of the week, checked against plain arithmetic in zones that never change their clocks, and by hand in one that does.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hours, isWithin, parseHours } from './hours.ts';

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function hoursOf(text: string): Hours {
  const hours = parseHours(text);
  if (typeof hours === 'string') throw new Error(hours);
  return hours;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

describe('hours', () => {
  test('hold exactly when the minute of the week lies in one of the spans', () => {
    const zones = fc.constantFrom(
      { name: 'UTC', offset: 0 },
      { name: 'Etc/GMT-9', offset: 9 },
      { name: 'Etc/GMT+8', offset: -8 },
    );
    fc.assert(
      fc.property(
        zones,
        fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        fc.nat(1439),
        fc.integer({ min: 0, max: 1440 }),
        fc.nat(2e9),
        (zone, days, from, to, seconds) => {
          const now = seconds * 1000;
          const hours = hoursOf(
            `${days.map((day) => DAY_NAMES[day]).join(',')} ${clock(from)}-${clock(to)} ${zone.name}`,
          );
          // 1 January 1970 was a Thursday, three days after a Monday.
          const minuteOfWeek = (Math.floor(now / 60_000) + zone.offset * 60 + 3 * 1440) % 10_080;
          const length = to > from ? to - from : to + 1440 - from;
          const inside = days.some(
            (day) => (minuteOfWeek - (day * 1440 + from) + 10_080 * 2) % 10_080 < length,
          );
          expect(isWithin(hours, now)).toBe(inside);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['winter, before seven', '2026-01-05T05:59:00Z', false],
    ['winter, from seven on', '2026-01-05T06:00:00Z', true],
    ['summer, from seven on', '2026-07-06T05:00:00Z', true],
    ['summer, until before eight in the evening', '2026-07-06T17:59:59Z', true],
    ['summer, from eight in the evening on', '2026-07-06T18:00:00Z', false],
    ['Saturday', '2026-07-04T10:00:00Z', false],
    ['the Sunday on which clocks change', '2026-03-29T10:00:00Z', false],
    ['the Monday after', '2026-03-30T05:00:00Z', true],
  ])('Mon-Fri 07:00-20:00 Europe/Berlin, %s', (_, instant, within) => {
    expect(isWithin(hoursOf('Mon-Fri 07:00-20:00 Europe/Berlin'), Date.parse(instant))).toBe(within);
  });

  test('a span over midnight belongs to the day on which it starts', () => {
    const friday = hoursOf('Fri 22:00-06:00 UTC');
    expect(
      [
        Date.UTC(2026, 6, 3, 23),
        Date.UTC(2026, 6, 4, 5, 59),
        Date.UTC(2026, 6, 4, 6),
        Date.UTC(2026, 6, 3, 5),
      ].map((now) => isWithin(friday, now)),
    ).toEqual([true, true, false, false]);
  });

  test.each([
    'Mon-Fri 7:00-20:00 UTC',
    'Mon-Fri 07:00-20:00',
    'Mo-Fr 07:00-20:00 UTC',
    'Mon 24:00-07:00 UTC',
    'Mon 07:60-08:00 UTC',
    'Mon 07:00-25:00 UTC',
    'Mon 07:00-20:00 Europe/Berlln',
    '',
  ])('%j is refused', (text) => {
    expect(typeof parseHours(text)).toBe('string');
  });
});
