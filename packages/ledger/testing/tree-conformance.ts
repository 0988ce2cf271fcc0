// What every store must do for the tree over its entries. A store passes by calling `treeConformance` from its test with a
// way to open it. It knows the seams alone: no tables, no files.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { logKey, parseVkey } from '../checkpoint/keys.ts';
import { actEntry, type EntryDraft, stepEntry } from '../entry.ts';
import { LedgerDamaged } from '../errors.ts';
import { leafData } from '../leaf.ts';
import { hashAt } from '../merkle/hash.ts';
import { policyAct } from '../policy-text.ts';
import type { Store } from '../store.ts';
import { checkTree } from '../tree/check.ts';
import { TransparencyLog } from '../tree/log.ts';
import type { StoredCheckpoint } from '../tree/store.ts';
import { begins, includes, naiveRoot } from './naive-tree.ts';
import { NOON } from './samples.ts';
import { startWitness } from './witness.ts';

export interface TreeHome {
  /** Opens the store, which an earlier opening may have left; the test closes it before the next opening. */
  open(): Promise<Store>;
  remove(): Promise<void>;
}

const key = logKey('sluice.local/test', Buffer.alloc(32, 3));

export function treeConformance(name: string, home: () => TreeHome): void {
  describe(`${name} as the store of a tree`, () => {
    let place: TreeHome | undefined;
    let store: Store | undefined;
    afterEach(async () => {
      await store?.close();
      await place?.remove();
      store = undefined;
    });
    const open = async () => {
      await store?.close();
      store = await place!.open();
      return store;
    };
    const fresh = async () => {
      await store?.close();
      store = undefined;
      place = home();
      return open();
    };
    const fill = (
      into: Store,
      count: number,
      draft = (n: number): EntryDraft => stepEntry(`ses_${n}`, NOON, 'forward', {}),
    ) => Promise.all(Array.from({ length: count }, (_, n) => into.append(draft(n), 'now')));
    const leavesOf = async (from: Store, size: number) => (await from.tree.headers(0, size)).map(leafData);

    it('is empty at first', async () => {
      const { tree } = await fresh();
      expect(await tree.integrate(10)).toEqual({ size: 0, root: naiveRoot([]), more: false });
      expect(await tree.tiles([{ level: 0, index: 0, width: 1 }])).toEqual([undefined]);
      expect(await tree.checkpoints({ limit: 5 })).toEqual([]);
      expect(await tree.vkey(undefined)).toBeUndefined();
    });

    it('takes entries in by batches of any size, through openings, and is the tree of their headers', async () => {
      let opened = await fresh();
      for (const [appended, limit] of [
        [3, 2],
        [300, 100],
        [0, 7],
        [500, 1000],
      ] as const) {
        await fill(opened, appended);
        let head = await opened.tree.integrate(limit);
        while (head.more) head = await opened.tree.integrate(limit);
        expect(head.root).toEqual(naiveRoot(await leavesOf(opened, head.size)));
        opened = await open();
      }
      const leaves = await leavesOf(opened, 803);
      expect((await opened.tree.integrate(0)).root).toEqual(naiveRoot(leaves));
      const [full, edge, above, wide] = await opened.tree.tiles([
        { level: 0, index: 1, width: 256 },
        { level: 0, index: 3, width: 35 },
        { level: 1, index: 0, width: 3 },
        { level: 0, index: 3, width: 36 },
      ]);
      expect(full!.length).toBe(256 * 32);
      expect(hashAt(full!, 5)).toEqual(naiveRoot([leaves[261]!]));
      expect(hashAt(edge!, 34)).toEqual(naiveRoot([leaves[802]!]));
      expect(hashAt(above!, 2)).toEqual(naiveRoot(leaves.slice(512, 768)));
      expect(wide).toBeUndefined();
    });

    it('proves any entry in any tree that was signed, and that each continues those before', async () => {
      const opened = await fresh();
      const log = new TransparencyLog({ store: opened.tree, key });
      const signed: StoredCheckpoint[] = [];
      for (const count of [1, 6, 300, 513]) {
        await fill(opened, count);
        signed.push((await log.advance())!);
      }
      const leaves = await leavesOf(opened, 820);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...signed),
          fc.constantFrom(...signed),
          fc.nat(),
          async (a, b, n) => {
            const index = n % a.size;
            const [proof] = await log.inclusion([index], a.size);
            expect(includes(a.root, a.size, index, leaves[index]!, proof!)).toBe(true);
            const [old, now] = a.size < b.size ? [a, b] : [b, a];
            const continues = await log.consistency(old.size, now.size);
            expect(begins(old.root, old.size, now.root, now.size, continues)).toBe(true);
          },
        ),
        { numRuns: 40 },
      );
      expect(await log.root(300)).toEqual(naiveRoot(leaves.slice(0, 300)));
      expect(await log.advance()).toEqual(signed.at(-1));
      expect(await log.tile({ level: 0, index: 3, width: 53 })).toBeUndefined();
      expect((await log.entries({ level: 0, index: 3, width: 52 }))!.readUInt16BE(0)).toBe(
        leaves[768]!.length,
      );
    });

    it('covers an entry with a checkpoint as soon as it is asked to', async () => {
      const opened = await fresh();
      const log = new TransparencyLog({ store: opened.tree, key });
      for (const count of [1, 2, 3]) {
        const positions = await fill(opened, count);
        expect((await log.covering(positions.at(-1)! + 1)).size).toBe(positions.at(-1)! + 1);
      }
      await expect(log.covering(100)).rejects.toThrow(RangeError);
    });

    it('finds the text of a policy by its hash, the first entry of it', async () => {
      const opened = await fresh();
      const { tree } = opened;
      const append = (draft: EntryDraft) => opened.append(draft, 'now');
      const act = policyAct(NOON, 'standard', '{"name":"standard"}');
      await append(actEntry({ at: NOON, act: 'key.create', by: 'ada', on: act.on }));
      const first = await append(actEntry(act));
      await append(actEntry(act));
      expect(await tree.policy(act.on)).toBeUndefined();
      await tree.integrate(100);
      expect(await tree.policy(act.on)).toBe(first);
      expect(await tree.policy('none')).toBeUndefined();
    });

    it('takes in headers that are too long for an entry bundle', async () => {
      const opened = await fresh();
      const text = 'x'.repeat(100_000);
      await opened.append(actEntry(policyAct(NOON, 'long', text)), 'now');
      const log = new TransparencyLog({ store: opened.tree, key });
      const { size, root } = (await log.advance())!;
      const [header] = await opened.tree.headers(0, 1);
      expect(header!.length).toBeGreaterThan(100_000);
      const bundle = (await log.entries({ level: 0, index: 0, width: 1 }))!;
      expect(bundle.subarray(2).toString()).toMatch(/^sluice-long-entry 100\d\d\d \S{44}\n$/);
      expect(root).toEqual(naiveRoot([bundle.subarray(2)]));
      expect(size).toBe(1);
    });

    it('keeps checkpoints through openings, the largest first, and one an hour of old ones', async () => {
      let { tree } = await fresh();
      const at = (hour: number, minute: number) => Date.UTC(2026, 0, 1, hour, minute);
      const put = (size: number, when: number, witnessed = false) =>
        tree.keep({ size, root: randomBytes(32), at: when, note: `note ${size}`, witnessed });
      for (const [size, when, witnessed] of [
        [1, at(1, 0)],
        [2, at(1, 10), true],
        [3, at(1, 20)],
        [4, at(1, 30)],
        [5, at(3, 0)],
        [6, at(3, 1)],
        [6, at(3, 1)],
      ] as const)
        await put(size, when, witnessed);
      ({ tree } = await open());
      const sizes = async (filter: Parameters<typeof tree.checkpoints>[0]) =>
        (await tree.checkpoints(filter)).map(({ size }) => size);
      expect(await sizes({ limit: 10 })).toEqual([6, 5, 4, 2]);
      expect(await sizes({ limit: 2, below: 6 })).toEqual([5, 4]);
      expect(await sizes({ limit: 9, witnessed: true })).toEqual([2]);
    });

    it('is bound to the first key it is signed with', async () => {
      let { tree } = await fresh();
      expect(await tree.vkey(key.vkey)).toBe(key.vkey);
      ({ tree } = await open());
      expect(await tree.vkey('another')).toBe(key.vkey);
      expect(parseVkey((await tree.vkey(undefined))!)?.name).toBe(key.name);
      await expect(checkTree(tree, logKey('b', Buffer.alloc(32, 4)).vkey)).rejects.toThrow('another key');
    });

    it('is looked at before it goes on: a checkpoint that its tree does not have stops the start', async () => {
      const opened = await fresh();
      const log = new TransparencyLog({ store: opened.tree, key });
      await fill(opened, 10);
      const signed = (await log.advance())!;
      await checkTree(opened.tree, key.vkey);
      await opened.tree.keep({ ...signed, size: 11 });
      await expect(checkTree(opened.tree, key.vkey)).rejects.toBeInstanceOf(LedgerDamaged);
    });

    it('has its checkpoints cosigned, and is told when a witness knows another history', async () => {
      const opened = await fresh();
      const witness = await startWitness('witness.local/w', Buffer.alloc(32, 6), [key.vkey]);
      const problems: unknown[] = [];
      const logOver = (from: Store) =>
        new TransparencyLog({
          store: from.tree,
          key,
          witnesses: [{ url: witness.url, key: parseVkey(witness.vkey)! }],
          every: 5,
          witnessEvery: 0,
          onProblem: (_what, error) => problems.push(error),
        });
      const cosigned = async (size: number) => {
        while (
          witness.known < size ||
          (await opened.tree.checkpoints({ witnessed: true, limit: 1 }))[0]?.size !== size
        )
          await new Promise((resolve) => setTimeout(resolve, 5));
      };
      let log = logOver(opened);
      log.start();
      await fill(opened, 3);
      await cosigned(3);
      await fill(opened, 300);
      await cosigned(303);
      await log.close();
      // A gateway that was started anew knows nothing of what the witness knows, and asks.
      log = logOver(opened);
      log.start();
      await fill(opened, 5);
      await cosigned(308);
      await log.close();
      expect(witness.requests).toContain(409);
      expect(problems).toEqual([]);

      await store!.close();
      store = undefined;
      await place!.remove();
      const forged = await fresh();
      await fill(forged, 400, (n) => stepEntry(`ses_forged_${n}`, NOON, 'forward', {}));
      log = logOver(forged);
      log.start();
      while (problems.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await log.close();
      await witness.close();
      expect(problems[0]).toMatchObject({ name: 'WitnessError', refused: true });
      expect((await forged.tree.checkpoints({ limit: 9 })).some(({ witnessed }) => witnessed)).toBe(false);
    });
  });
}
