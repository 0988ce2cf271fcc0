// What a process and the machine spent: CPU time, stolen time, resident memory, pinning. Linux only; elsewhere figures are NaN.
// It must not know peers.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, setPriority } from 'node:os';

const PROC = existsSync('/proc/self/schedstat');
const CLOCK_TICK_MS = 10;

/** The process and all that descend from it. */
export function family(pid: number): number[] {
  if (!PROC) return [pid];
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(entry);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found = [pid];
  for (const member of found) found.push(...(children.get(member) ?? []));
  return found;
}

/** CPU seconds of all threads, to the nanosecond, user and kernel together. */
export function cpuSeconds(pids: readonly number[]): number {
  if (!PROC) return Number.NaN;
  let nanoseconds = 0;
  for (const pid of pids) {
    for (const thread of list(`/proc/${pid}/task`)) {
      nanoseconds += Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] ?? 0);
    }
  }
  return nanoseconds / 1e9;
}

/** CPU seconds of each kind of thread of a process, by the name that the program gave it. */
export function cpuByThread(pid: number): Map<string, number> {
  const seconds = new Map<string, number>();
  for (const thread of list(`/proc/${pid}/task`)) {
    const name = Number(thread) === pid ? 'main' : read(`/proc/${pid}/task/${thread}/comm`).trim();
    const spent = Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] ?? 0) / 1e9;
    seconds.set(name, (seconds.get(name) ?? 0) + spent);
  }
  return seconds;
}

/** Resident bytes. */
export function residentBytes(pids: readonly number[]): number {
  if (!PROC) return Number.NaN;
  const kilobytes = pids.map((pid) => /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? '0');
  return kilobytes.reduce((sum, value) => sum + Number(value) * 1024, 0);
}

/** Milliseconds that the hypervisor took from all cores since boot; 0 where it does not say. */
export function stolenMs(): number {
  if (!PROC) return 0;
  return Number(read('/proc/stat').split('\n')[0]?.trim().split(/\s+/)[8] ?? 0) * CLOCK_TICK_MS;
}

/** Command and arguments that run a program on one core, where that can be done. */
export function pinned(core: number, command: string, args: readonly string[]): [string, string[]] {
  return canPin() ? ['taskset', ['-c', String(core), command, ...args]] : [command, [...args]];
}

let pinning: boolean | undefined;

/** True when there are two cores or more and `taskset` is there. */
export function canPin(): boolean {
  pinning ??= cpus().length > 1 && succeeds('taskset', ['--version']);
  return pinning;
}

const PRIORITY = -15;
const AUTOGROUP = '/proc/self/autogroup';

/**
 * Puts this process, and all that it starts from now on, before others of the machine: load, model server and every peer
 * alike. Without the right to do that it changes nothing.
 */
export function raisePriority(): void {
  if (process.getuid?.() !== 0) return;
  setPriority(PRIORITY);
  if (existsSync(AUTOGROUP)) writeFileSync(AUTOGROUP, String(PRIORITY));
}

export function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch (error) {
    return !(error instanceof Error);
  }
}

function parentOf(pid: string): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[1] === undefined ? undefined : Number(fields[1]);
}

/** Processes and threads end while they are read: then there is nothing to count. */
function read(path: string): string {
  return existsSync(path) ? readOr(path, () => readFileSync(path, 'utf8'), '') : '';
}

function list(path: string): string[] {
  return existsSync(path) ? readOr(path, () => readdirSync(path), []) : [];
}

function readOr<T>(path: string, look: () => T, gone: T): T {
  try {
    return look();
  } catch (error) {
    if (existsSync(path)) throw error;
    return gone;
  }
}
