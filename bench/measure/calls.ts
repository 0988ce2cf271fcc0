// Whole answers: latency added, calls a second on one core, CPU a call.
import { fsyncCost } from '../machine/disk.ts';
import { type Bench, figure, interleave, type Row } from './bench.ts';
import { type Aim, against, type Column, type Section, type Table } from './section.ts';

const PEERS = ['direct', 'nginx', 'haproxy', 'blind', 'portkey', 'sluice'];
const CALLERS = [1, 16, 64] as const;
const FSYNCS = 200;

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'calls/s', digits: 0 },
  { key: 'first50', title: 'first byte p50 ms', digits: 3 },
  { key: 'first99', title: 'p99 ms', digits: 2 },
  { key: 'added', title: 'added p50 ms', digits: 3 },
  { key: 'whole50', title: 'last byte p50 ms', digits: 3 },
  { key: 'cpu', title: 'CPU µs/call', digits: 0 },
  { key: 'ofBlind', title: 'CPU ÷ blind', digits: 2 },
];

export async function calls(bench: Bench): Promise<Section> {
  const tables: Table[] = [];
  for (const callers of CALLERS) {
    bench.progress(`whole answers, ${callers} ${callers === 1 ? 'caller' : 'callers'}`);
    tables.push(await table(bench, callers));
  }
  const fsync = fsyncCost(bench.around.folder, FSYNCS);
  return {
    name: 'calls',
    title: 'Whole answers',
    about:
      'A prompt of 2 KB, an answer of 1 KB, keep-alive, every caller sends its next call when the last is answered; ' +
      'one word in each prompt and each answer is new. ' +
      `One append of 4 KB with fsync on the file system of the record took ${fsync.p50.toFixed(3)} ms (p50) ` +
      `and ${fsync.p99.toFixed(2)} ms (p99) in this run.`,
    tables,
    aims: aims(tables, fsync.p50),
  };
}

async function table(bench: Bench, callers: number): Promise<Table> {
  const ms = bench.quick ? 300 : 500;
  const rows = await interleave(bench, PEERS, bench.quick ? 2 : 6, async ({ running }) => {
    const order = {
      kind: 'calls',
      target: running.target,
      model: 'bench-whole-0',
      connections: callers,
      ms,
    } as const;
    const figures = await bench.driver.calls(order);
    return (cpu) => ({
      failed: figures.failed,
      failure: figures.failure,
      figures: {
        rate: figures.calls / figures.seconds,
        first50: figures.first.p50,
        first99: figures.first.p99,
        whole50: figures.whole.p50,
        cpu: running.pid === undefined ? Number.NaN : (cpu / figures.calls) * 1e6,
        load: figures.load,
      },
    });
  });
  const title = callers === 1 ? 'One caller' : `${callers} callers`;
  return { title, columns: COLUMNS, rows: derived(rows) };
}

function derived(rows: readonly Row[]): Row[] {
  return against(
    against(rows, 'direct', 'first50', 'added', 'difference'),
    'blind',
    'cpu',
    'ofBlind',
    'ratio',
  );
}

function aims(tables: readonly Table[], fsyncMs: number): Aim[] {
  const [one = [], sixteen = [], many = []] = tables.map((table) => table.rows);
  const all = [sixteen, many] as const;
  const rate = (rows: readonly Row[]): number =>
    figure(rows, 'sluice', 'rate') / figure(rows, 'portkey', 'rate');
  const aboveBlind = figure(one, 'sluice', 'first50') - figure(one, 'blind', 'first50');
  return [
    {
      text: 'first byte over direct, p50, one caller',
      value: figure(one, 'sluice', 'added'),
      bound: 0.5,
      unit: 'ms',
      sense: 'at most',
    },
    {
      text: 'first byte over direct, p99, one caller',
      value: figure(one, 'sluice', 'first99') - figure(one, 'direct', 'first99'),
      bound: 3,
      unit: 'ms',
      sense: 'at most',
    },
    {
      text: 'first byte over blind: one fsync and 0.1 ms',
      value: aboveBlind,
      bound: fsyncMs + 0.1,
      unit: 'ms',
      sense: 'at most',
    },
    ...all.map((rows, i): Aim => {
      return {
        text: `calls/s ÷ portkey, ${CALLERS[i + 1]} callers`,
        value: rate(rows),
        bound: 4,
        unit: '×',
        sense: 'at least',
      };
    }),
    ...all.map((rows, i): Aim => {
      return {
        text: `CPU a call, ${CALLERS[i + 1]} callers`,
        value: figure(rows, 'sluice', 'cpu'),
        bound: 250,
        unit: 'µs',
        sense: 'at most',
      };
    }),
    ...all.map((rows, i): Aim => {
      const share = figure(rows, 'portkey', 'cpu') / figure(rows, 'sluice', 'cpu');
      return {
        text: `CPU of portkey ÷ CPU of sluice, ${CALLERS[i + 1]} callers`,
        value: share,
        bound: 6,
        unit: '×',
        sense: 'at least',
      };
    }),
  ];
}
