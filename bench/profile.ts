// Where the gateway spends its time: runs the load against it with Node's profiler on, and lists functions by self time,
// grouped by file. `node scripts/run.mjs bench/profile.ts [calls | first | relay | paced] [--seconds N] [--callers N] [--peer blind]`
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Driver } from './load/driver.ts';
import type { Order, Target } from './load/orders.ts';
import { forkServer } from './peers/fork.ts';
import { LOAD_CORE } from './peers/peer.ts';
import { sluice } from './peers/sluice.ts';
import { functionsByFile, type Profile, render } from './report/profile.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '5' },
    callers: { type: 'string', default: '16' },
    files: { type: 'string', default: '25' },
    folder: { type: 'string', default: join(root, 'data') },
  },
});
const seconds = Number(flags.seconds);

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
  relay: (target) => ({ kind: 'streams', target, model: 'bench-fast-2000', streams: 16 }),
  paced: (target) => ({ kind: 'streams', target, model: 'bench-paced-50', streams: 200 }),
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
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) await driver.order(load(running.target));
  await running.stop();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
    process.stdout.write(`${render(functionsByFile(profile, root), Number(flags.files))}\n`);
  }
}
driver.stop();
upstream.child.disconnect();
rmSync(folder, { recursive: true, force: true });
