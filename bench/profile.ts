// Where the gateway spends its time: runs the load against it with Node's profiler on, and lists files and functions by
// self time, and the project's functions with what they call. `node scripts/run.mjs bench/profile.ts [calls | first | relay | paced] [--seconds N] [--callers N]`
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Driver } from './load/driver.ts';
import type { Answer, Order, Target } from './load/orders.ts';
import { cpuByThread } from './machine/cpu.ts';
import { forkServer } from './peers/fork.ts';
import { LOAD_CORE } from './peers/peer.ts';
import { sluice } from './peers/sluice.ts';
import { functionsByFile, functionsByTotal, type Profile, render, renderTotals } from './report/profile.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '8' },
    callers: { type: 'string', default: '16' },
    files: { type: 'string', default: '25' },
    folder: { type: 'string', default: join(root, 'data') },
  },
});
const seconds = Number(flags.seconds);
/** So that what is compiled once is not counted. */
const WARM_ROUNDS = 5;

/** One second or so of each load. */
const LOADS: Readonly<Record<string, (target: Target) => Order>> = {
  calls: (target) => ({
    kind: 'calls',
    target,
    model: 'bench-whole-0',
    connections: Number(flags.callers),
    ms: 1_000,
  }),
  first: (target) => ({
    kind: 'calls',
    target,
    model: 'bench-fast-8',
    connections: Number(flags.callers),
    ms: 1_000,
  }),
  relay: (target) => ({
    kind: 'streams',
    target,
    model: 'bench-fast-2000',
    streams: 16,
    upstream: upstream.port,
  }),
  paced: (target) => ({
    kind: 'streams',
    target,
    model: 'bench-paced-50',
    streams: 200,
    upstream: upstream.port,
  }),
};
const load = LOADS[positionals[0] ?? 'calls'];
if (load === undefined) {
  process.stderr.write(`there are ${Object.keys(LOADS).join(', ')}\n`);
  process.exit(2);
}

mkdirSync(flags.folder, { recursive: true });
const folder = mkdtempSync(join(flags.folder, 'profile-'));
const upstream = await forkServer(LOAD_CORE, new URL('./load/upstream.ts', import.meta.url), []);
const driver = new Driver();
const running = await sluice.start({
  upstream: upstream.port,
  folder,
  nodeFlags: ['--cpu-prof', `--cpu-prof-dir=${folder}`],
});
if ('absent' in running) {
  process.stderr.write(`${running.absent}\n`);
} else {
  for (let i = 0; i < WARM_ROUNDS; i++) await driver.order(load(running.target));
  const since = Number(process.hrtime.bigint() / 1_000n);
  const until = performance.now() + seconds * 1_000;
  const before = cpuByThread(running.pid ?? 0);
  let done = 0;
  while (performance.now() < until) done += count(await driver.order(load(running.target)));
  for (const [thread, spent] of cpuByThread(running.pid ?? 0)) {
    const each = ((spent - (before.get(thread) ?? 0)) / done) * 1e6;
    process.stdout.write(
      `${each.toFixed(1).padStart(8)} µs a call or event  ${thread} (the profiler's own share in it)\n`,
    );
  }
  await running.stop();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
    // The profiler names files `CPU.<day>.<time>.<process>.<thread>.<number>`; thread 0 is the main one.
    const thread = file.split('.')[4];
    process.stdout.write(`\n${thread === '0' ? 'main thread' : `worker ${thread}`}\n`);
    process.stdout.write(`${render(functionsByFile(profile, root, since), Number(flags.files))}\n`);
    process.stdout.write(
      `${renderTotals(functionsByTotal(profile, root, since), 2 * Number(flags.files))}\n`,
    );
  }
}
driver.stop();
upstream.child.disconnect();
rmSync(folder, { recursive: true, force: true });

/** Calls, or events of streams. */
function count(answer: Answer): number {
  if ('calls' in answer) return answer.calls.calls;
  return 'streams' in answer ? answer.streams.events : 0;
}
