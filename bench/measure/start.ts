// Time from starting the process to the first ready answer, and of the first call, which must not have to compile a policy.
import { quantiles } from '../load/quantiles.ts';
import { startSluice } from '../peers/sluice.ts';
import type { Bench, Figure } from './bench.ts';
import type { Section } from './section.ts';

const LONGEST_CALL_MS = 10_000;

export async function start(bench: Bench): Promise<Section> {
  bench.progress('start-up');
  const ready: number[] = [];
  const call: number[] = [];
  for (let i = 0; i < (bench.quick ? 1 : 5); i++) {
    const running = await startSluice(bench.around, `start-${i}`);
    if ('absent' in running) break;
    const { target } = running;
    const one = { kind: 'calls', target, model: 'bench-whole-0', connections: 1, calls: 1 } as const;
    const figures = await bench.driver.calls({ ...one, ms: LONGEST_CALL_MS });
    ready.push(running.startMs / 1000);
    call.push(figures.failed > 0 ? Number.NaN : figures.whole.p50 / 1000);
    await running.stop();
  }
  const figures = { ready: figureOf(ready), call: figureOf(call) };
  return {
    name: 'start',
    title: 'Start',
    about:
      'From starting the process, in an empty folder, to the first ready answer on the data port; and then the first call.',
    tables: [
      {
        title: 'Start',
        columns: [
          { key: 'ready', title: 'ready s', digits: 2 },
          { key: 'call', title: 'first call s', digits: 2 },
        ],
        rows: ready.length === 0 ? [] : [{ peer: 'sluice', figures }],
      },
    ],
    aims: [
      {
        text: 'ready, and the first call answered, after',
        value: figures.ready.value + figures.call.value,
        bound: 1,
        unit: 's',
        sense: 'at most',
      },
    ],
  };
}

function figureOf(samples: number[]): Figure {
  return { value: quantiles(samples).p50, low: Math.min(...samples), high: Math.max(...samples) };
}
