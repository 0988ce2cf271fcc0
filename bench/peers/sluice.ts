// Sluice as anyone starts it: the command line, a configuration, a key made with it. Everything on: key check, the standard
// policy with all detectors and views on prompt and response, sealed recording that is durable before forward.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pinned } from '../machine/cpu.ts';
import {
  type Absent,
  CHAT_PATH,
  freePort,
  type Peer,
  PROXY_CORE,
  type Running,
  type Surroundings,
  stopProcess,
  untilReady,
} from './peer.ts';

const script = fileURLToPath(new URL('../../apps/cli/main.ts', import.meta.url));
const READY_MS = 30_000;
const CREDENTIAL = { SLUICE_BENCH_UPSTREAM: ['sk', 'bench', 'upstream'].join('-') };

/** Sluice running, with what only the benchmark of Sluice itself needs. */
export interface RunningSluice extends Running {
  /** Base address of the admin port, whose metrics need no credential. */
  readonly admin: string;
  /** From the start of the process to the first ready answer. */
  readonly startMs: number;
}

function configuration(home: string, data: number, admin: number, grpc: number, upstream: number): string {
  return `listen: { data: 127.0.0.1:${data}, admin: 127.0.0.1:${admin}, grpc: 127.0.0.1:${grpc} }
store: sqlite:${home}/sluice.db
seal: { key: file:${home}/sluice.key }
connections:
  bench: { protocol: openai, upstream: http://127.0.0.1:${upstream}, credential: env:SLUICE_BENCH_UPSTREAM, default: true }
access:
  - { groups: [engineering], connections: [bench], policy: standard }
`;
}

/** Starts a gateway whose data is in `<folder>/<name>`. */
export async function startSluice(around: Surroundings, name: string): Promise<RunningSluice | Absent> {
  if (!existsSync(script)) return { absent: 'apps/cli/main.ts is not there' };
  const home = join(around.folder, name);
  mkdirSync(home, { recursive: true });
  const file = join(home, 'sluice.yaml');
  const [data, admin, grpc] = await Promise.all([freePort(), freePort(), freePort()]);
  writeFileSync(file, configuration(home, data, admin, grpc, around.upstream));
  const env = { ...process.env, ...CREDENTIAL };

  const started = performance.now();
  const node = [...(around.nodeFlags ?? []), script, 'start', '--config', file];
  const [command, args] = pinned(PROXY_CORE, process.execPath, node);
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env, cwd: home });
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    if (complaint.length < 2_000) complaint += bytes.toString();
  });
  try {
    await untilReady(child, `http://127.0.0.1:${data}/readyz`, READY_MS);
  } catch (error) {
    await stopProcess(child);
    return {
      absent: `it does not start (${error instanceof Error ? error.message : String(error)}): ${complaint.trim()}`,
    };
  }
  const startMs = performance.now() - started;

  const create = [
    script,
    'keys',
    'create',
    '--name',
    'bench',
    '--groups',
    'engineering',
    '--json',
    '--config',
    file,
  ];
  const made = await promisify(execFile)(process.execPath, create, { env, cwd: home });
  const { key } = JSON.parse(made.stdout) as { key: string };
  return {
    target: { port: data, path: CHAT_PATH, headers: { authorization: `Bearer ${key}` } },
    pid: child.pid,
    admin: `http://127.0.0.1:${admin}`,
    startMs,
    stop: () => stopProcess(child),
  };
}

export const sluice: Peer = {
  name: 'sluice',
  about:
    'Sluice, everything on: key, standard policy, all detectors and views both ways, sealed durable record',
  start: (around) => startSluice(around, 'sluice'),
};

/** Count and sum of a histogram in the gateway's metrics. */
export async function histogram(admin: string, name: string): Promise<{ count: number; sum: number }> {
  const text = await (await fetch(`${admin}/metrics`)).text();
  const read = (suffix: string): number => {
    const lines = text.split('\n').filter((line) => line.startsWith(`${name}_${suffix}`));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  };
  return { count: read('count'), sum: read('sum') };
}
