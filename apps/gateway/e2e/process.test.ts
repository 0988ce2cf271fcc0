// The gateway as a process: told to stop, killed at random moments under load, and out of disk. What was confirmed stays.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Leaky, startLeaky } from '@sluice/leaky';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { killUnderLoad } from '../testing/kill.ts';
import { createKey, ended, type GatewayProcess, prepare, startProcess } from '../testing/process.ts';

let leaky: Leaky;
let directory: string;
let running: GatewayProcess | undefined;

beforeAll(async () => {
  leaky = await startLeaky();
});
afterAll(() => leaky.close());
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sluice-process-'));
});
afterEach(async () => {
  running?.child.kill('SIGKILL');
  if (running !== undefined) await ended(running.child);
  running = undefined;
  rmSync(directory, { recursive: true, force: true });
});

function chat(gateway: GatewayProcess, key: string, content: string, stream = false): Promise<Response> {
  return fetch(`${gateway.dataUrl}/gpt/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'leaky-1', stream, messages: [{ role: 'user', content }] }),
  });
}

describe('a gateway that is told to stop', () => {
  it('lets calls in flight end, takes no new ones, and exits with 0', async () => {
    const configFile = prepare(directory, leaky);
    const key = await createKey(configFile);
    running = await startProcess(configFile);
    const streaming = await chat(running, key, 'pace: 30\nprose: 60', true);
    const text = streaming.text();
    running.child.kill('SIGTERM');
    await sleep(200);
    await expect(chat(running, key, 'echo: late')).rejects.toThrow();
    expect((await text).trimEnd().endsWith('[DONE]')).toBe(true);
    expect(await ended(running.child)).toBe(0);
  });
});

describe('a gateway that is killed at random moments under load', () => {
  it('loses no answer that a caller has, and shows what was open as interrupted', async () => {
    const report = await killUnderLoad({ directory, leaky, kills: 3, callers: 8, longest: 600 });
    expect(report.answered).toBeGreaterThan(0);
    expect(report.missing).toEqual([]);
    expect(report.open).toBe(0);
  }, 120_000);
});

const mountable = process.platform === 'linux' && process.getuid?.() === 0;

describe('a gateway whose disk is full', () => {
  it.skipIf(!mountable)(
    'refuses calls with record_unavailable, forwards nothing, and recovers by itself (needs root to mount a small disk)',
    async () => {
      const data = path.join(directory, 'data');
      mkdirSync(data);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', data]);
      try {
        const configFile = prepare(directory, leaky);
        const key = await createKey(configFile);
        running = await startProcess(configFile);
        expect((await chat(running, key, 'echo: before')).status).toBe(200);
        fill(path.join(data, 'ballast'));
        let refused: Response | undefined;
        for (let i = 0; i < 400 && refused === undefined; i++) {
          const response = await chat(running, key, `echo: ${'filling the record '.repeat(2000)}`);
          if (response.status !== 200) refused = response;
          else await response.text();
        }
        expect(refused?.status).toBe(503);
        expect(await refused?.text()).toContain('record_unavailable');
        expect((await fetch(`${running.dataUrl}/readyz`)).status).toBe(503);
        rmSync(path.join(data, 'ballast'));
        await expect
          .poll(async () => (await chat(running!, key, 'echo: after')).status, { timeout: 20_000 })
          .toBe(200);
        expect((await fetch(`${running.dataUrl}/readyz`)).status).toBe(200);
        running.child.kill('SIGKILL');
        await ended(running.child);
      } finally {
        execFileSync('umount', [data]);
      }
    },
    120_000,
  );
});

/** Takes all the room there is. */
function fill(file: string): void {
  const block = Buffer.alloc(1 << 20);
  try {
    for (let i = 0; i < 200; i++) writeFileSync(file, block, { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
