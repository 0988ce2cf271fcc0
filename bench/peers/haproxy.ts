// haproxy with one thread and keep-alive on both sides, where it is installed.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinned, succeeds } from '../machine/cpu.ts';
import { CHAT_PATH, freePort, type Peer, PROXY_CORE, stopProcess, untilReady } from './peer.ts';

const READY_MS = 5_000;

function configuration(port: number, upstream: number): string {
  return `
global
  nbthread 1
  maxconn 8192
defaults
  mode http
  timeout connect 5s
  timeout client 120s
  timeout server 120s
  http-reuse always
  option http-no-delay
frontend model
  bind 127.0.0.1:${port}
  monitor-uri /ready
  default_backend model
backend model
  server model 127.0.0.1:${upstream} maxconn 8192
`;
}

export const haproxy: Peer = {
  name: 'haproxy',
  about: 'haproxy, one thread, keep-alive on both sides',
  start: async ({ upstream, folder }) => {
    if (!succeeds('haproxy', ['-v'])) return { absent: 'haproxy is not installed' };
    const port = await freePort();
    const file = join(folder, `haproxy-${port}.cfg`);
    writeFileSync(file, configuration(port, upstream));
    const [command, args] = pinned(PROXY_CORE, 'haproxy', ['-db', '-f', file]);
    const child = spawn(command, args, { stdio: 'ignore' });
    await untilReady(child, `http://127.0.0.1:${port}/ready`, READY_MS);
    return {
      target: { port, path: CHAT_PATH, headers: { authorization: 'Bearer bench' } },
      pid: child.pid,
      stop: () => stopProcess(child),
    };
  },
};
