// What an open stream takes: growth of resident memory over a thousand of them, once the first event of each has arrived.
import { residentBytes } from '../machine/cpu.ts';
import { blind } from '../peers/blind.ts';
import { nginx } from '../peers/nginx.ts';
import type { Peer, Surroundings } from '../peers/peer.ts';
import { portkey } from '../peers/portkey.ts';
import { startSluice } from '../peers/sluice.ts';
import { type Bench, entrantOf, figure, interleave } from './bench.ts';
import type { Section } from './section.ts';

const SETTLE_MS = 500;
const WARM_STREAMS = 20;

/** Fresh processes, since one that has worked before has grown already. */
const FRESH: readonly Peer[] = [
  nginx,
  blind,
  portkey,
  { name: 'sluice', about: '', start: (around: Surroundings) => startSluice(around, 'memory') },
];

export async function memory(bench: Bench): Promise<Section> {
  const streams = bench.quick ? 300 : 1_000;
  bench.progress(`${streams} open streams`);
  const names = bench.entrants.map((entrant) => entrant.name);
  const started = await Promise.all(
    FRESH.filter((peer) => names.includes(peer.name)).map(async (peer) => ({
      name: peer.name,
      running: await peer.start(bench.around),
    })),
  );
  const entrants = started.flatMap(({ name, running }) =>
    'absent' in running ? [] : [entrantOf(name, running)],
  );
  const rows = await interleave({ ...bench, entrants }, names, 1, async ({ running, pids }) => {
    const open = (count: number) =>
      bench.driver.order({ kind: 'open', target: running.target, model: 'bench-idle-1', streams: count });
    await open(WARM_STREAMS);
    await settle();
    const before = residentBytes(pids);
    const answer = await open(streams);
    await settle();
    const grown = residentBytes(pids) - before;
    await bench.driver.order({ kind: 'close' });
    const opened = 'opened' in answer ? answer.opened : 0;
    return () => ({
      failed: streams - opened,
      figures: { perStream: grown / streams / 1024, before: before / 2 ** 20 },
    });
  });
  await Promise.all(entrants.map((entrant) => entrant.running.stop()));
  const beyond = figure(rows, 'sluice', 'perStream') - figure(rows, 'blind', 'perStream');
  return {
    name: 'memory',
    title: 'Memory',
    about: `Growth of resident memory by ${streams} streams opened and kept open, on processes just started. The sockets' share is what the blind proxy takes.`,
    tables: [
      {
        title: `${streams} open streams`,
        columns: [
          { key: 'perStream', title: 'KB a stream', digits: 1 },
          { key: 'before', title: 'MB before', digits: 0 },
        ],
        rows,
      },
    ],
    aims: [
      {
        text: 'memory of an open stream beyond the blind proxy',
        value: beyond,
        bound: 64,
        unit: 'KB',
        sense: 'at most',
      },
    ],
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}
