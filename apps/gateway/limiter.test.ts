// Limits over time: counted, full, and forgotten with their window.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter, type Limits } from './limiter.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** The beginning of an hour. */
const START = 1_800_000 * HOUR;

describe('a limit on requests', () => {
  const limits: Limits = { minute: { requests: 3 } };

  it('lets so many in, and says how many seconds are left of the minute', () => {
    const limiter = new Limiter();
    for (let i = 0; i < 3; i++) expect(limiter.admit('ada', limits, START + 15_000)).toBe(0);
    expect(limiter.admit('ada', limits, START + 15_000)).toBe(45);
    expect(limiter.admit('ada', limits, START + 59_001)).toBe(1);
    expect(limiter.admit('ada', limits, START + MINUTE)).toBe(0);
  });

  it('counts each caller by itself', () => {
    const limiter = new Limiter();
    for (let i = 0; i < 3; i++) limiter.admit('ada gpt', limits, START);
    expect(limiter.admit('ada claude', limits, START)).toBe(0);
    expect(limiter.admit('bob gpt', limits, START)).toBe(0);
    expect(limiter.admit('ada gpt', limits, START)).toBeGreaterThan(0);
  });

  it('does not count a request that another limit refuses', () => {
    const limiter = new Limiter();
    const both: Limits = { minute: { requests: 1 }, hour: { requests: 2 } };
    expect(limiter.admit('ada', both, START)).toBe(0);
    for (let i = 0; i < 10; i++) expect(limiter.admit('ada', both, START + 1000)).toBe(59);
    expect(limiter.admit('ada', both, START + MINUTE)).toBe(0);
    expect(limiter.admit('ada', both, START + 2 * MINUTE)).toBe((HOUR - 2 * MINUTE) / 1000);
  });

  it('of nothing at all is none', () => {
    const limiter = new Limiter();
    for (let i = 0; i < 1000; i++) expect(limiter.admit('ada', {}, START)).toBe(0);
  });

  it('never lets more in than it says, whenever they come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(5 * MINUTE), { maxLength: 60 }),
        (requests, times) => {
          const limiter = new Limiter();
          const admitted = times
            .sort((a, b) => a - b)
            .filter((time) => limiter.admit('ada', { minute: { requests } }, START + time) === 0);
          for (let minute = 0; minute <= 5; minute++) {
            const asked = times.filter((time) => Math.floor(time / MINUTE) === minute).length;
            const passed = admitted.filter((time) => Math.floor(time / MINUTE) === minute).length;
            expect(passed).toBe(Math.min(asked, requests));
          }
        },
      ),
    );
  });
});

describe('a limit on bytes', () => {
  const limits: Limits = { hour: { response_bytes: 1000 } };

  it('lets calls begin until so much was answered', () => {
    const limiter = new Limiter();
    expect(limiter.admit('ada', limits, START)).toBe(0);
    limiter.spend('ada', limits, 999, START + 1000);
    expect(limiter.admit('ada', limits, START + 2000)).toBe(0);
    limiter.spend('ada', limits, 1, START + 3000);
    expect(limiter.admit('ada', limits, START + 3000)).toBe(HOUR / 1000 - 3);
    expect(limiter.admit('ada', limits, START + HOUR)).toBe(0);
  });

  it('counts an answer in the hour in which it ended', () => {
    const limiter = new Limiter();
    limiter.admit('ada', limits, START);
    limiter.spend('ada', limits, 5000, START + HOUR);
    expect(limiter.admit('ada', limits, START + HOUR + 1000)).toBeGreaterThan(0);
  });
});

it('forgets callers of times that are over', () => {
  const limiter = new Limiter();
  const limits: Limits = { minute: { requests: 1 } };
  for (let i = 0; i < 100_001; i++) limiter.admit(`caller ${i}`, limits, START);
  expect(limiter.admit('caller 7', limits, START)).toBeGreaterThan(0);
  expect(limiter.admit('one more', limits, START + MINUTE)).toBe(0);
  expect(limiter.size).toBe(1);
});
