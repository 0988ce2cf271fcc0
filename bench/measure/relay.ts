// What relaying an event of four characters costs: paced as models write, and as fast as the model server can write.
import { type Bench, figure, interleave, type Row } from './bench.ts';
import { against, type Section } from './section.ts';

const PEERS = ['direct', 'nginx', 'haproxy', 'blind', 'blind, gathered', 'portkey', 'sluice'];
const PACED_STREAMS = 200;
const POURED_STREAMS = 16;

export async function relay(bench: Bench): Promise<Section> {
  bench.progress(`${PACED_STREAMS} streams of 50 tokens a second`);
  const paced = await rows(
    bench,
    PACED_STREAMS,
    `bench-paced-${bench.quick ? 50 : 100}`,
    bench.quick ? 1 : 3,
  );
  bench.progress(`${POURED_STREAMS} streams as fast as they can be written`);
  const poured = await rows(bench, POURED_STREAMS, 'bench-fast-2000', bench.quick ? 2 : 6);
  const cost = [
    { key: 'cpu', title: 'CPU µs/event', digits: 1 },
    { key: 'ofBlind', title: 'CPU ÷ blind', digits: 2 },
    { key: 'ofGathered', title: 'CPU ÷ blind, gathered', digits: 2 },
  ];
  const rate = { key: 'rate', title: 'events/s', digits: 0 };
  const lag = [
    { key: 'lag50', title: 'text late p50 ms', digits: 1 },
    { key: 'lag99', title: 'p99 ms', digits: 1 },
  ];
  return {
    name: 'relay',
    title: 'Streamed: cost of an event',
    about:
      `Events of four characters of prose, one write each by the model server: ${PACED_STREAMS} streams of 50 a second, which is ` +
      `10,000 events a second, and ${POURED_STREAMS} streams as fast as they can be written. Late is from the moment at which the model server wrote an event until its text was visible.`,
    tables: [
      { title: `Paced, ${PACED_STREAMS} streams`, columns: [rate, ...cost, ...lag], rows: paced },
      { title: `Saturated, ${POURED_STREAMS} streams`, columns: [rate, ...cost], rows: poured },
    ],
    aims: [
      {
        text: 'CPU an event ÷ blind, paced',
        value: figure(paced, 'sluice', 'ofBlind'),
        bound: 1.3,
        unit: '×',
        sense: 'at most',
      },
      {
        text: 'CPU an event ÷ blind, saturated',
        value: figure(poured, 'sluice', 'ofBlind'),
        bound: 1.3,
        unit: '×',
        sense: 'at most',
      },
      {
        text: '200 streams of 50 tokens a second on one core: share of the rate kept',
        value: figure(paced, 'sluice', 'rate') / figure(paced, 'direct', 'rate'),
        bound: 0.97,
        unit: '×',
        sense: 'at least',
      },
    ],
  };
}

async function rows(bench: Bench, streams: number, model: string, rounds: number): Promise<Row[]> {
  const measured = await interleave(bench, PEERS, rounds, async ({ running }) => {
    const figures = await bench.driver.streams({
      kind: 'streams',
      target: running.target,
      model,
      streams,
      upstream: bench.around.upstream,
    });
    return (cpu) => ({
      failed: figures.failed,
      failure: figures.failure,
      figures: {
        rate: figures.events / figures.seconds,
        cpu: running.pid === undefined ? Number.NaN : (cpu / figures.events) * 1e6,
        lag50: figures.lag.p50,
        lag99: figures.lag.p99,
      },
    });
  });
  return against(
    against(measured, 'blind', 'cpu', 'ofBlind', 'ratio'),
    'blind, gathered',
    'cpu',
    'ofGathered',
    'ratio',
  );
}
