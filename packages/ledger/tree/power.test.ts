// The tree after a loss of power: what SQLite had not flushed since the last checkpoint was signed is gone, in part or in
// whole, sector by sector; the journal has what was confirmed. No receipt is lost, and no checkpoint is contradicted.
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { logKey } from '../checkpoint/keys.ts';
import { stepEntry } from '../entry.ts';
import { leafData } from '../leaf.ts';
import { SqliteStore } from '../store/sqlite/store.ts';
import { testHome } from '../testing/home.ts';
import { naiveRoot } from '../testing/naive-tree.ts';
import { checkTree } from './check.ts';
import { TransparencyLog } from './log.ts';

const SECTOR = 512;
const key = logKey('sluice.local/power', Buffer.alloc(32, 5));

/** What the disk has: everything flushed, and of what came after, any sectors. */
function cut(from: string, to: string, flushed: number, keeps: () => boolean): void {
  mkdirSync(`${to}.journal`, { recursive: true });
  cpSync(`${from}.journal`, `${to}.journal`, { recursive: true });
  cpSync(from, to);
  const log = readFileSync(`${from}-wal`);
  for (let at = flushed; at < log.length; at += SECTOR)
    if (!keeps()) log.fill(0, at, Math.min(log.length, at + SECTOR));
  writeFileSync(`${to}-wal`, log);
}

it('is again the tree of the entries, and continues every checkpoint that was signed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 200 }),
      fc.infiniteStream(fc.boolean()),
      async (batches, after, keep) => {
        const home = testHome();
        try {
          const store = await SqliteStore.open({ path: home.path, segmentBytes: 1 << 20 });
          const log = new TransparencyLog({ store: store.tree, key });
          await checkTree(store.tree, key.vkey);
          let confirmed = 0;
          const fill = (count: number) =>
            Promise.all(
              Array.from({ length: count }, (_, n) =>
                store.append(stepEntry(`ses_${n}`, n, 'forward', {}), 'now').then(() => confirmed++),
              ),
            );
          for (const count of batches) {
            await fill(count);
            await log.advance();
          }
          const signed = (await log.checkpoint())!;
          const flushed = statSync(`${home.path}-wal`).size;
          await fill(after);
          // Applied, and not flushed.
          await store.exchanges({ limit: 1 });
          const image = join(home.directory, 'after', 'sluice.db');
          cut(home.path, image, flushed, () => keep.next().value);
          await store.close();

          const found = await SqliteStore.open({ path: image, segmentBytes: 1 << 20 });
          await checkTree(found.tree, key.vkey);
          expect((await found.tree.checkpoints({ limit: 1 }))[0]).toEqual(signed);
          const { size, root } = await found.tree.integrate(10_000);
          const leaves = (await found.tree.headers(0, size)).map(leafData);
          expect(size).toBe(confirmed);
          expect(root).toEqual(naiveRoot(leaves));
          expect(signed.root).toEqual(naiveRoot(leaves.slice(0, signed.size)));
          await found.close();
        } finally {
          home.remove();
        }
      },
    ),
    { numRuns: 8 },
  );
}, 120_000);
