// `npm run bench`: every measurement, or those that are named, over every peer in the same run.
// `node scripts/run.mjs bench/all.ts [NAME …] [--quick] [--json FILE] [--write] [--peers a,b] [--folder DIR]`
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Driver } from './load/driver.ts';
import { canPin, raisePriority, stolenMs } from './machine/cpu.ts';
import { commitCost, fsyncCost } from './machine/disk.ts';
import { type Bench, type Entrant, entrantOf } from './measure/bench.ts';
import { calls } from './measure/calls.ts';
import { conversation } from './measure/conversation.ts';
import { firstEvent } from './measure/first-event.ts';
import { memory } from './measure/memory.ts';
import { prose } from './measure/prose.ts';
import { relay } from './measure/relay.ts';
import type { Measurement, Section } from './measure/section.ts';
import { start } from './measure/start.ts';
import { PARTS, runPart } from './parts.ts';
import { OPTIONAL, PEERS } from './peers/all.ts';
import { forkServer } from './peers/fork.ts';
import { LOAD_CORE, type Surroundings } from './peers/peer.ts';
import { page } from './report/page.ts';
import type { Part, Report } from './report/report.ts';
import { terminal } from './report/terminal.ts';

const MEASUREMENTS: readonly Measurement[] = [
  { name: 'start', run: start },
  { name: 'memory', run: memory },
  { name: 'calls', run: calls },
  { name: 'first-event', run: firstEvent },
  { name: 'relay', run: relay },
  { name: 'prose', run: prose },
  { name: 'conversation', run: conversation },
];
const NAMES = [...MEASUREMENTS.map((measurement) => measurement.name), ...PARTS];
const root = fileURLToPath(new URL('..', import.meta.url));

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    peers: { type: 'string' },
    // Beside the project rather than in a temporary folder, which is often in memory, where fsync costs nothing.
    folder: { type: 'string', default: join(root, 'data') },
  },
});
const unknown = positionals.find((name) => !NAMES.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`no measurement is called ${unknown}; there are ${NAMES.join(', ')}\n`);
  process.exit(2);
}
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);

mkdirSync(flags.folder, { recursive: true });
const folder = mkdtempSync(join(flags.folder, 'bench-'));

async function run(): Promise<number> {
  raisePriority();
  const began = performance.now();
  const stolen = stolenMs();
  const upstream = await forkServer(LOAD_CORE, new URL('./load/upstream.ts', import.meta.url), []);
  const around: Surroundings = { upstream: upstream.port, folder };
  const { entrants, peers } = await enter(around);
  const bench: Bench = { driver: new Driver(), entrants, around, quick: flags.quick, progress, stolenMs };
  const disk = { fsync: fsyncCost(folder, 200).p50, commit: commitCost(folder, 200).p50 };

  const sections: Section[] = [];
  const parts: Part[] = [];
  try {
    const due = MEASUREMENTS.filter((measurement) => wanted(measurement.name));
    if (due.length > 0) await warm(bench);
    for (const measurement of due) sections.push(await measurement.run(bench));
  } finally {
    await Promise.all(entrants.map((entrant) => entrant.running.stop()));
    bench.driver.stop();
    upstream.child.disconnect();
  }
  for (const name of PARTS.filter(wanted)) {
    if (flags.quick && positionals.length === 0) continue;
    progress(name);
    parts.push(await runPart(name, folder));
  }
  const elapsed = performance.now() - began;
  show({
    day: new Date().toISOString().slice(0, 10),
    machine: {
      cores: cpus().length,
      cpu: cpus()[0]?.model ?? 'unknown processor',
      system: `${type()} ${release()}`,
      node: process.versions.node,
      pinned: canPin(),
      stolen: (stolenMs() - stolen) / elapsed,
    },
    disk,
    peers,
    sections,
    parts,
    seconds: elapsed / 1000,
    quick: flags.quick,
  });
  return 0;
}

async function enter(around: Surroundings): Promise<{ entrants: Entrant[]; peers: Report['peers'] }> {
  const named = flags.peers?.split(',');
  const entrants: Entrant[] = [];
  const peers: Report['peers'][number][] = [];
  for (const { name, about, start } of PEERS) {
    if (named === undefined ? OPTIONAL.has(name) : !named.includes(name)) continue;
    const running = await start(around);
    if ('absent' in running) {
      progress(`${name} is not available: ${running.absent}`);
      peers.push({ name, about, absent: running.absent });
    } else {
      entrants.push(entrantOf(name, running));
      peers.push({ name, about });
    }
  }
  return { entrants, peers };
}

/** Calls of each peer before anything counts, so that its code is compiled; a slow one is cut short. */
const WARM_CALLS = 5_000;
const WARM_STREAMS = 500;

async function warm(bench: Bench): Promise<void> {
  progress('warming up');
  const ms = bench.quick ? 1_000 : 8_000;
  for (const { running } of bench.entrants) {
    const order = { kind: 'calls', target: running.target, connections: 16 } as const;
    await bench.driver.calls({ ...order, model: 'bench-whole-0', ms, calls: WARM_CALLS });
    await bench.driver.calls({ ...order, model: 'bench-fast-20', ms: ms / 2, calls: WARM_STREAMS });
  }
}

function progress(text: string): void {
  process.stderr.write(`${text} …\n`);
}

function show(report: Report): void {
  process.stdout.write(terminal(report));
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(report, null, 2)}\n`);
  if (flags.write) writeFileSync(join(root, 'docs', 'benchmarks.md'), page(report));
}

process.exitCode = await run().finally(() => rmSync(folder, { recursive: true, force: true }));
