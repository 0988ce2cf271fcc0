// The first run, as a stranger has it: start in an empty folder, paste what it prints, line by line, into a shell.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Folder, newFolder, type Ran, type Running, until } from './testing/sluice.ts';

/** The first run's ports are fixed, so that every command finds it without a file. */
const PORTS = [8080, 8081, 8090];

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)))
      .listen(port, '127.0.0.1');
  });
}

const free = (await Promise.all(PORTS.map(isFree))).every(Boolean);
const curl = spawnSync('curl', ['--version']).status === 0;

describe.skipIf(!free || !curl)(`the first run (needs curl, and ports ${PORTS.join(', ')} free)`, () => {
  let folder: Folder;
  let gateway: Running;

  const start = () => folder.start([], /Ctrl-C stops\.\n/);
  /** The lines to paste that begin so. */
  const lines = (begin: string) =>
    gateway
      .out()
      .split('\n')
      .filter((line) => line.startsWith(begin));

  beforeAll(async () => {
    folder = newFolder();
    gateway = await start();
  });
  afterAll(async () => {
    await gateway.stop();
    folder.remove();
  });

  it('prints a masked stream to paste', async () => {
    const { code, out } = await folder.sh(lines('curl')[0]!);
    expect(code).toBe(0);
    expect(out).toContain('data: [DONE]');
    expect(out).toContain('****1111');
    expect(out).not.toMatch(/4111|customer-mail/);
  });

  it('prints a blocked prompt to paste', async () => {
    const { out } = await folder.sh(lines('curl')[1]!);
    expect(JSON.parse(out).error).toMatchObject({ code: 'prompt_blocked' });
  });

  it('prints a held prompt to paste, and how to let it through and to read of it', async () => {
    const call = folder.sh(lines('curl')[2]!);
    const [list, approve, sessions, replay] = lines('npx sluice') as [string, string, string, string];
    const row = await until(async () => /^([0-9a-f]{8}) +pending/m.exec((await folder.sh(list)).out)?.[1]);
    const approved: Ran = await folder.sh(approve.replace('<id>', row));
    expect(approved).toMatchObject({ code: 0, out: `Approved ${row}.\n` });
    expect(JSON.parse((await call).out).choices[0].message.content).toContain('[REDACTED:secret.');
    const listed = (await folder.sh(sessions)).out.split('\n');
    expect(listed[1]).toMatch(/ hold +answered /);
    const { code, out } = await folder.sh(replay.replace('<id>', listed[1]!.split(' ')[0]!));
    expect(code).toBe(0);
    expect(out).toContain('AWS_ACCESS_KEY_ID=[REDACTED:secret.aws-access-key-id]');
  });

  it('ends with 0 when it is told to stop, and starts again with the same key', async () => {
    const [before] = lines('curl');
    expect(await gateway.stop()).toBe(0);
    gateway = await start();
    expect(lines('curl')[0]).toBe(before);
    expect((await folder.sh(lines('curl')[1]!)).out).toContain('prompt_blocked');
  });

  it('says which port is taken when another one runs', async () => {
    const other = newFolder();
    expect(await other.sluice(['start'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Port 80\d\d is in use already\./),
    });
    other.remove();
  });
});
