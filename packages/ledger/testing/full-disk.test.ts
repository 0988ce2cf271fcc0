// A disk that is really full: a small file system in memory, mounted for the test.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangeId, type Ledger, openLedger, RecordUnavailable } from '../index.ts';
import { sampleEnd, sampleKey, sampleStart } from './samples.ts';

/** Undefined, or why a file system cannot be mounted here. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'mounting a small file system is only tried on Linux';
  const directory = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory], { stdio: 'ignore' });
    execFileSync('umount', [directory], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'this user may not mount a file system';
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const skipped = obstacle();

describe.skipIf(skipped !== undefined)(
  `a full disk${skipped === undefined ? '' : ` (skipped: ${skipped})`}`,
  () => {
    let directory: string;
    let ledger: Ledger | undefined;
    const open = () =>
      openLedger({
        path: join(directory, 'sluice.db'),
        keyFile: join(directory, 'sluice.key'),
        segmentBytes: 512 << 10,
        maxSegments: 4,
        retryMs: 20,
        starvedMs: 300,
      });
    const ballast = () => join(directory, 'ballast');
    const confirmed: string[] = [];

    beforeEach(async () => {
      directory = mkdtempSync(join(tmpdir(), 'sluice-full-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', directory]);
      confirmed.length = 0;
      ledger = await open();
    });
    afterEach(async () => {
      await ledger?.close();
      execFileSync('umount', ['-l', directory]);
      rmSync(directory, { recursive: true, force: true });
    });

    function fillDisk(): void {
      for (let n = 0; ; n++) {
        try {
          writeFileSync(`${ballast()}${n}`, Buffer.alloc(64 << 10, 1));
        } catch (error) {
          expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
          return;
        }
      }
    }

    async function exchange(): Promise<void> {
      const id = exchangeId(Date.now());
      await ledger!.begin(sampleStart(id, { at: Date.now() }), { received: Buffer.alloc(20_000, id) });
      await ledger!.finish(id, sampleEnd({ at: Date.now() }));
      confirmed.push(id);
    }

    async function writeUntilRefused(): Promise<unknown> {
      for (let n = 0; n < 5000; n++) {
        try {
          await exchange();
        } catch (error) {
          return error;
        }
      }
      return undefined;
    }

    const states = async () =>
      new Map((await ledger!.list({ limit: 1000 })).map(({ id, state }) => [id, state]));

    it('refuses calls, keeps every receipt, and recovers by itself when there is room', async () => {
      for (let n = 0; n < 5; n++) await exchange();
      fillDisk();
      expect(await writeUntilRefused()).toBeInstanceOf(RecordUnavailable);
      expect(ledger!.available).toBe(false);
      await expect(
        ledger!.begin(sampleStart('ses_refused'), { received: Buffer.from('x') }),
      ).rejects.toBeInstanceOf(RecordUnavailable);

      execFileSync('sh', ['-c', `rm -f ${ballast()}*`]);
      await expect.poll(() => ledger!.available, { timeout: 20_000 }).toBe(true);
      await exchange();
      // What could not be closed when the disk was full is closed now.
      await expect
        .poll(async () => [...(await states()).values()].includes('open'), { timeout: 20_000 })
        .toBe(false);
      const found = await states();
      for (const id of confirmed.slice(-900)) expect(found.get(id)).toBe('ended');
      await ledger!.close();
      ledger = await open();
      const again = await states();
      for (const id of confirmed.slice(-900)) expect(again.get(id)).toBe('ended');
    }, 120_000);

    it('refuses changes of the state too, and takes them again when there is room', async () => {
      fillDisk();
      const insert = async () => {
        // A change may still find room in pages that the database has; many do not.
        for (let n = 0; n < 2000; n++)
          await ledger!.keys.insert(sampleKey(`k${n}`, { name: 'x'.repeat(10_000) }));
      };
      await expect(insert()).rejects.toBeInstanceOf(RecordUnavailable);
      execFileSync('sh', ['-c', `rm -f ${ballast()}*`]);
      await ledger!.keys.insert(sampleKey('after'));
      expect((await ledger!.keys.byHash('hash of after'))?.id).toBe('after');
    }, 120_000);
  },
);
