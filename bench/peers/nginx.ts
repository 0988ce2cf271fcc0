// nginx `proxy_pass` with one worker and keep-alive on both sides, where it is installed.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinned, succeeds } from '../machine/cpu.ts';
import { CHAT_PATH, freePort, type Peer, PROXY_CORE, stopProcess, untilReady } from './peer.ts';

const READY_MS = 5_000;

function configuration(folder: string, port: number, upstream: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr error;
events { worker_connections 8192; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_buffer_size 1m;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  upstream model { server 127.0.0.1:${upstream}; keepalive 512; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /ready { return 200; }
    location / {
      proxy_pass http://model;
      proxy_http_version 1.1;
      proxy_set_header connection "";
      proxy_buffering off;
    }
  }
}
`;
}

export const nginx: Peer = {
  name: 'nginx',
  about: 'nginx proxy_pass, one worker, keep-alive on both sides, proxy_buffering off',
  start: async ({ upstream, folder }) => {
    if (!succeeds('nginx', ['-v'])) return { absent: 'nginx is not installed' };
    const port = await freePort();
    const home = join(folder, `nginx-${port}`);
    mkdirSync(home);
    writeFileSync(join(home, 'nginx.conf'), configuration(home, port, upstream));
    const [command, args] = pinned(PROXY_CORE, 'nginx', [
      '-p',
      home,
      '-e',
      'stderr',
      '-c',
      join(home, 'nginx.conf'),
    ]);
    const child = spawn(command, args, { stdio: 'ignore' });
    await untilReady(child, `http://127.0.0.1:${port}/ready`, READY_MS);
    return {
      target: { port, path: CHAT_PATH, headers: { authorization: 'Bearer bench' } },
      pid: child.pid,
      stop: () => stopProcess(child),
    };
  },
};
