// Time from starting the process to the first ready answer, with the standard policy compiled.
import { quantiles } from '../load/quantiles.ts';
import { startSluice } from '../peers/sluice.ts';
import type { Bench } from './bench.ts';
import type { Section } from './section.ts';

export async function start(bench: Bench): Promise<Section> {
  bench.progress('start-up');
  const samples: number[] = [];
  for (let i = 0; i < (bench.quick ? 1 : 5); i++) {
    const running = await startSluice(bench.around, `start-${i}`);
    if ('absent' in running) break;
    samples.push(running.startMs / 1000);
    await running.stop();
  }
  const { p50, max } = quantiles(samples);
  const low = Math.min(...samples);
  const rows =
    samples.length === 0 ? [] : [{ peer: 'sluice', figures: { seconds: { value: p50, low, high: max } } }];
  return {
    name: 'start',
    title: 'Start',
    about: 'From starting the process, in an empty folder, to the first ready answer on the data port.',
    tables: [{ title: 'Ready', columns: [{ key: 'seconds', title: 'seconds', digits: 2 }], rows }],
    aims: [{ text: 'ready after', value: p50, bound: 1, unit: 's', sense: 'at most' }],
  };
}
