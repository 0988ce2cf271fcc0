// Rounds: who gets figures, and which rounds count.
import { describe, expect, test } from 'vitest';
import { type Bench, type Entrant, figure, interleave } from './bench.ts';
import { against, aimMet } from './section.ts';

function entrant(name: string): Entrant {
  const target = { port: 0, path: '/', headers: {} };
  return { name, pids: [], running: { target, pid: undefined, stop: async () => {} } };
}

/** `thefts` are what the hypervisor takes in one round after another, in milliseconds. */
function bench(said: string[], thefts: number[] = []): Bench {
  const entrants = [entrant('a'), entrant('b')];
  let total = 0;
  let asked = 0;
  const stolenMs = (): number => {
    if (asked++ % 2 === 1) total += thefts.shift() ?? 0;
    return total;
  };
  return { entrants, quick: true, progress: (text: string) => said.push(text), stolenMs } as unknown as Bench;
}

describe('rounds', () => {
  test('go forth and back over the peers', async () => {
    const order: string[] = [];
    await interleave(bench([]), ['a', 'b'], 3, async ({ name }) => {
      order.push(name);
      return () => ({ failed: 0, figures: { x: 1 } });
    });
    expect(order.join('')).toBe('abbaab');
  });

  test('give no figures to a peer whose calls fail, and say so', async () => {
    const said: string[] = [];
    const rows = await interleave(bench(said), ['a', 'b'], 2, async ({ name }) => () => {
      return { failed: name === 'a' ? 1 : 0, failure: 'HTTP/1.1 500', figures: { x: 5 } };
    });
    expect(figure(rows, 'a', 'x')).toBeNaN();
    expect(figure(rows, 'b', 'x')).toBe(5);
    expect(said).toEqual(['a: 2 calls failed, so it has no figures here: HTTP/1.1 500']);
  });
});

test('the rounds in which the hypervisor took most are left out', async () => {
  const samples = [9, 3, 6, 4];
  const rows = await interleave(bench([], [1_000, 0, 0, 1_000]), ['a'], 4, async () => {
    const value = samples.shift() ?? 0;
    return () => ({ failed: 0, figures: { cpu: value, rate: value } });
  });
  // CPU is the least of what is left, everything else its median.
  expect(rows[0]?.figures).toEqual({
    cpu: { value: 3, low: 3, high: 6 },
    rate: { value: 4.5, low: 3, high: 6 },
  });
});

describe('figures', () => {
  const rows = [
    { peer: 'a', figures: { x: { value: 2, low: 1, high: 3 } } },
    { peer: 'b', figures: { x: { value: 8, low: 6, high: 10 } } },
  ];

  test('are put against one peer', () => {
    expect(against(rows, 'a', 'x', 'ratio', 'ratio')[1]?.figures.ratio).toEqual({
      value: 4,
      low: 3,
      high: 5,
    });
    expect(figure(against(rows, 'a', 'x', 'more', 'difference'), 'b', 'more')).toBe(6);
  });

  test.each([
    { value: 1, sense: 'at most', met: true },
    { value: 3, sense: 'at most', met: false },
    { value: 3, sense: 'at least', met: true },
    { value: 1, sense: 'at least', met: false },
    { value: Number.NaN, sense: 'at most', met: undefined },
  ] as const)('of $value against 2, $sense, read as met: $met', ({ value, sense, met }) => {
    expect(aimMet({ text: '', value, bound: 2, unit: '', sense })).toBe(met);
  });
});
