// The page that a run renders.
import { expect, test } from 'vitest';
import { number, spread } from './number.ts';
import { page } from './page.ts';
import type { Report } from './report.ts';

const REPORT: Report = {
  day: '2026-01-02',
  machine: { cores: 2, cpu: 'a processor', system: 'Linux', node: '24.0.0', pinned: true, stolen: 0.051 },
  disk: { fsync: 0.2, commit: 0.3 },
  peers: [
    { name: 'direct', about: 'no proxy' },
    { name: 'nginx', about: 'nginx', absent: 'nginx is not installed' },
  ],
  sections: [
    {
      name: 'calls',
      title: 'Whole answers',
      about: 'How.',
      tables: [
        {
          title: 'One caller',
          columns: [{ key: 'rate', title: 'calls/s', digits: 0 }],
          rows: [
            { peer: 'direct', figures: { rate: { value: 12_345, low: 12_000, high: 13_000 } } },
            { peer: 'sluice', figures: {} },
          ],
        },
      ],
      aims: [
        { text: 'fast', value: 2, bound: 1, unit: 'ms', sense: 'at most' },
        { text: 'unknown', value: Number.NaN, bound: 1, unit: 'ms', sense: 'at most' },
      ],
    },
  ],
  parts: [{ name: 'ledger', text: 'receipts\n' }],
  seconds: 1,
  quick: false,
};

test('it shows medians with their range, what was aimed at, and who was not there', () => {
  const text = page(REPORT);
  expect(text).toContain('| direct | 12,345 (12,000–13,000) |');
  expect(text).toContain('| sluice | – |');
  expect(text).toContain('| fast | 2.00 ms | at most 1.00 ms | not reached |');
  expect(text).toContain('| unknown | – ms | at most 1.00 ms | not measured |');
  expect(text).toContain('**nginx**: nginx — not measured: nginx is not installed');
  expect(text).toContain('## ledger\n\n```\nreceipts\n```');
});

test.each([
  [1_234.5, 1, '1,234.5'],
  [-0.0001, 2, '0.00'],
  [Number.NaN, 2, '–'],
  [undefined, 2, '–'],
])('%s with %s digits reads %s', (value, digits, text) => {
  expect(number(value, digits)).toBe(text);
});

test('a range that cannot be told from the median is left out', () => {
  expect(spread({ value: 1, low: 1.001, high: 1.002 }, 1)).toBe('1.0');
});
