// When ordinary prose becomes visible: how many tokens late, and how much of it is held back.
import { type Bench, figure, interleave } from './bench.ts';
import type { Section } from './section.ts';

const PEERS = ['direct', 'nginx', 'blind', 'portkey', 'sluice'];
const STREAMS = 20;

export async function prose(bench: Bench): Promise<Section> {
  bench.progress('ordinary prose, word by word');
  const model = `bench-prose-${bench.quick ? 60 : 150}`;
  const rows = await interleave(bench, PEERS, bench.quick ? 1 : 2, async ({ running }) => {
    const figures = await bench.driver.streams({
      kind: 'streams',
      target: running.target,
      model,
      streams: STREAMS,
      upstream: bench.around.upstream,
    });
    return () => ({
      failed: figures.failed,
      failure: figures.failure,
      figures: {
        late50: figures.tokensLate.p50,
        late99: figures.tokensLate.p99,
        lateMax: figures.tokensLate.max,
        held50: figures.held.p50,
        held99: figures.held.p99,
        heldMax: figures.held.max,
      },
    });
  });
  return {
    name: 'prose',
    title: 'Streamed: visible text',
    about:
      `${STREAMS} streams of prose in word tokens, 50 a second. A token is as many tokens late as the model server has written ` +
      'after it by the time its last character is visible; held back is what has been written and is not visible when the ' +
      'next token is written.',
    tables: [
      {
        title: 'Ordinary prose',
        columns: [
          { key: 'late50', title: 'tokens late p50', digits: 0 },
          { key: 'late99', title: 'p99', digits: 0 },
          { key: 'lateMax', title: 'most', digits: 0 },
          { key: 'held50', title: 'characters held p50', digits: 0 },
          { key: 'held99', title: 'p99', digits: 0 },
          { key: 'heldMax', title: 'most', digits: 0 },
        ],
        rows,
      },
    ],
    aims: [
      {
        text: 'tokens late, p99',
        value: figure(rows, 'sluice', 'late99'),
        bound: 1,
        unit: 'tokens',
        sense: 'at most',
      },
      {
        text: 'held back, median: a word',
        value: figure(rows, 'sluice', 'held50'),
        bound: 8,
        unit: 'characters',
        sense: 'at most',
      },
      {
        text: 'held back, p99',
        value: figure(rows, 'sluice', 'held99'),
        bound: 40,
        unit: 'characters',
        sense: 'at most',
      },
    ],
  };
}
