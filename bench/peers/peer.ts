// What a peer is: something between the load generator and the fake model server. It must not know what is measured.
import type { ChildProcess } from 'node:child_process';
import type { Target } from '../load/orders.ts';

/** Where the proxies run; the load generator and the upstream share the other core. */
export const PROXY_CORE = 0;
export const LOAD_CORE = 1;

export interface Surroundings {
  /** Port of the fake model server. */
  readonly upstream: number;
  /** An empty folder of this run, on a disk. */
  readonly folder: string;
  /** More of Node's own flags, for a profile. */
  readonly nodeFlags?: readonly string[];
}

export interface Running {
  readonly target: Target;
  /** Process whose CPU and memory, with its children's, are the peer's; undefined for direct. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** A peer that cannot run here says why. */
export interface Absent {
  readonly absent: string;
}

export interface Peer {
  readonly name: string;
  readonly about: string;
  start(around: Surroundings): Promise<Running | Absent>;
}

export const CHAT_PATH = '/v1/chat/completions';

/** Ends a process and waits until it has gone; by force after five seconds. */
export function stopProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Polls until something answers with 200. Throws when the process ends or `withinMs` pass. */
export async function untilReady(child: ChildProcess, url: string, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`ended with code ${child.exitCode} before it was ready`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`not ready within ${withinMs} ms`);
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
