// Streamed answers: when the head and the first event are there.
import { type Bench, figure, interleave } from './bench.ts';
import { against, type Section } from './section.ts';

const PEERS = ['direct', 'nginx', 'haproxy', 'blind', 'portkey', 'sluice'];

export async function firstEvent(bench: Bench): Promise<Section> {
  bench.progress('streamed answers, first event');
  const ms = bench.quick ? 300 : 500;
  const measured = await interleave(bench, PEERS, bench.quick ? 2 : 6, async ({ running }) => {
    const order = {
      kind: 'calls',
      target: running.target,
      model: 'bench-fast-8',
      connections: 1,
      ms,
    } as const;
    const figures = await bench.driver.calls(order);
    return (cpu) => ({
      failed: figures.failed,
      failure: figures.failure,
      figures: {
        first50: figures.first.p50,
        first99: figures.first.p99,
        whole50: figures.whole.p50,
        cpu: running.pid === undefined ? Number.NaN : (cpu / figures.calls) * 1e6,
      },
    });
  });
  const rows = against(
    against(measured, 'direct', 'first50', 'added', 'difference'),
    'blind',
    'first50',
    'ofBlind',
    'ratio',
  );
  return {
    name: 'first-event',
    title: 'Streamed: head and first event',
    about:
      'One caller; a stream of eight events that the model server sends at once. The last byte waits for the durable end record.',
    tables: [
      {
        title: 'One caller',
        columns: [
          { key: 'first50', title: 'first event p50 ms', digits: 3 },
          { key: 'first99', title: 'p99 ms', digits: 2 },
          { key: 'added', title: 'added p50 ms', digits: 3 },
          { key: 'ofBlind', title: '÷ blind', digits: 2 },
          { key: 'whole50', title: 'last byte p50 ms', digits: 3 },
          { key: 'cpu', title: 'CPU µs/stream', digits: 0 },
        ],
        rows,
      },
    ],
    aims: [
      {
        text: 'head and first event over direct, p50',
        value: figure(rows, 'sluice', 'added'),
        bound: 0.7,
        unit: 'ms',
        sense: 'at most',
      },
    ],
  };
}
