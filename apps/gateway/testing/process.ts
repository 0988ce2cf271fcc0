// The gateway as a process of its own, started by the command line, for tests that stop, kill or starve it. Test code only.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Leaky } from '@sluice/leaky';
import { configText, type HarnessOptions } from './harness.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const HIDE_WARNINGS = '--disable-warning=ExperimentalWarning';

export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly dataUrl: string;
  readonly adminUrl: string;
  admin(
    method: string,
    route: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
}

/** Writes what the process needs into `directory`, once. */
export function prepare(directory: string, leaky: Leaky, options: HarnessOptions = {}): string {
  const configFile = path.join(directory, 'sluice.yaml');
  writeFileSync(path.join(directory, 'credential'), `${leaky.credential}\n`, { mode: 0o600 });
  writeFileSync(configFile, configText(leaky.url, options));
  return configFile;
}

/** Issues a key with the command line, as an operator does. */
export async function createKey(configFile: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      HIDE_WARNINGS,
      MAIN,
      'keys',
      'create',
      '--name',
      'test',
      '--groups',
      'engineering',
      '--json',
      '--config',
      configFile,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let out = '';
  for await (const piece of child.stdout) out += piece;
  return (JSON.parse(out) as { key: string }).key;
}

/** Resolves once it has said where it listens. */
export async function startProcess(configFile: string): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [HIDE_WARNINGS, MAIN, 'start', '--config', configFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [dataUrl, adminUrl] = await addresses(child);
  const token = readFileSync(path.join(path.dirname(configFile), 'data', 'admin.token'), 'utf8').trim();
  return {
    child,
    dataUrl,
    adminUrl,
    admin: async (method, route, body) => {
      const response = await fetch(`${adminUrl}/api/v1${route}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
}

/** Its output stays open: a process whose output nobody takes would be ended by its own last words. */
function addresses(child: ChildProcess): Promise<readonly [string, string]> {
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout!.on('data', (piece) => {
      out += piece;
      const data = /calls\s+(http:\S+)/.exec(out)?.[1];
      const admin = /admin\s+(http:\S+)/.exec(out)?.[1];
      if (data !== undefined && admin !== undefined) resolve([data, admin]);
    });
    child.once('exit', () => reject(new Error('The gateway ended before it listened.')));
  });
}

export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}
