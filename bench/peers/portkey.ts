// The npm package `@portkey-ai/gateway`, as published, with no guard, no cache and no log: the best-known gateway of this kind.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pinned } from '../machine/cpu.ts';
import { CHAT_PATH, freePort, type Peer, PROXY_CORE, stopProcess, untilReady } from './peer.ts';

const script = fileURLToPath(
  new URL('../../node_modules/@portkey-ai/gateway/build/start-server.js', import.meta.url),
);
const preload = new URL('./portkey-headers.ts', import.meta.url).href;
const READY_MS = 20_000;

export const portkey: Peer = {
  name: 'portkey',
  about:
    '@portkey-ai/gateway from npm, no guard (its streams need the headers of fetched responses copied, so that is done)',
  start: async ({ upstream }) => {
    if (!existsSync(script)) return { absent: '@portkey-ai/gateway is not installed' };
    const port = await freePort();
    const [command, args] = pinned(PROXY_CORE, process.execPath, [
      '--import',
      preload,
      script,
      '--headless',
      `--port=${port}`,
    ]);
    const child = spawn(command, args, {
      stdio: 'ignore',
      // It refuses hosts on the loopback interface unless they are named.
      env: { ...process.env, NODE_ENV: 'production', TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
    });
    await untilReady(child, `http://127.0.0.1:${port}/`, READY_MS);
    return {
      target: {
        port,
        path: CHAT_PATH,
        headers: {
          authorization: 'Bearer bench',
          'x-portkey-provider': 'openai',
          'x-portkey-custom-host': `http://127.0.0.1:${upstream}/v1`,
        },
      },
      pid: child.pid,
      stop: () => stopProcess(child),
    };
  },
};
