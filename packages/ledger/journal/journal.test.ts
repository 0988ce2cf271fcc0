// The journal on files that lose power, fail and fill up: what was confirmed is read back, and nothing else is.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryDraft } from '../entry.ts';
import { LedgerDamaged, RecordUnavailable } from '../errors.ts';
import { PowerFiles } from '../testing/power.ts';
import { frameSize, SEGMENT_HEADER, writeFrame, writeSegmentHeader } from './frame.ts';
import { type Durable, Journal } from './journal.ts';
import { unapplied } from './scan.ts';

const entry = (text: string, bytes = 0): EntryDraft => ({
  header: Buffer.from(text),
  body: bytes === 0 ? undefined : Buffer.alloc(bytes, text),
  key: undefined,
});

const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });

/** Lets every write and allocation that is under way come to its end. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 60));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sluice-journal-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function journalOver(
  files: PowerFiles,
  options: { segmentBytes?: number; maxSegments?: number; slowMs?: number } = {},
) {
  const stretches: Durable[] = [];
  const journal = new Journal({
    directory: 'journal',
    files,
    segmentBytes: options.segmentBytes ?? 4096,
    maxSegments: options.maxSegments ?? 3,
    nextSeq: 0,
    behindMs: 1,
    retryMs: 5,
    starvedMs: 20,
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    onDurable: (stretch) => stretches.push(stretch),
  });
  await journal.start([]);
  return { journal, stretches };
}

const steady = () => new PowerFiles({ delay: () => 0, keeps: () => false });
const read = (from = 0) => [...unapplied(directory, from)].map(({ header }) => header.toString());

describe('the journal', () => {
  it('writes what arrives during a write as one batch', async () => {
    const { journal, stretches } = await journalOver(steady());
    const first = journal.append(entry('first'), 'now');
    await new Promise(setImmediate);
    const rest = ['second', 'third', 'fourth'].map((text) => journal.append(entry(text), 'now'));
    expect(await Promise.all([first, ...rest])).toEqual([0, 1, 2, 3]);
    expect(stretches.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])).toEqual([
      [0, 0],
      [1, 3],
    ]);
    await journal.close();
  });

  it('lets the batch after one with company wait for what the next turns bring, and a lone entry for nothing', async () => {
    const { journal, stretches } = await journalOver(steady(), { slowMs: 60_000 });
    const sizes = () => stretches.map(({ firstSeq, lastSeq }) => lastSeq - firstSeq + 1);
    await Promise.all(['a', 'b', 'c'].map((text) => journal.append(entry(text), 'now')));
    const waiting = [journal.append(entry('d'), 'now')];
    for (const text of ['e', 'f']) {
      await new Promise(setImmediate);
      waiting.push(journal.append(entry(text), 'now'));
    }
    await Promise.all(waiting);
    expect(sizes()).toEqual([3, 3]);
    await journal.append(entry('g'), 'now');
    const lone = journal.append(entry('h'), 'now');
    await new Promise(setImmediate);
    const late = journal.append(entry('i'), 'now');
    await Promise.all([lone, late]);
    expect(sizes()).toEqual([3, 3, 1, 1, 1]);
    await journal.close();
  });

  it('lets nobody wait for company where flushes are slow', async () => {
    const { journal, stretches } = await journalOver(steady(), { slowMs: 0 });
    await Promise.all(['a', 'b', 'c'].map((text) => journal.append(entry(text), 'now')));
    const first = journal.append(entry('d'), 'now');
    await new Promise(setImmediate);
    await Promise.all([first, journal.append(entry('e'), 'now')]);
    expect(stretches.map(({ firstSeq, lastSeq }) => lastSeq - firstSeq + 1)).toEqual([3, 1, 1]);
    await journal.close();
  });

  /** Writes that end when they are told to: `null` for durable. */
  const heldFiles = () => {
    const files = steady();
    const held: ((error: Error | null) => void)[] = [];
    const open = files.open.bind(files);
    files.open = async (path) => {
      const file = await open(path);
      return {
        close: () => file.close(),
        write: (bytes, position, done) =>
          void held.push((error) => (error ? done(error) : file.write(bytes, position, done))),
      };
    };
    return { files, held };
  };
  /** Two batches under way: one of two entries, one of one. */
  const twoUnderWay = async () => {
    const { files, held } = heldFiles();
    const { journal, stretches } = await journalOver(files, { slowMs: 0 });
    const confirmed: string[] = [];
    const send = (text: string, urgency: 'now' | 'behind' = 'now') =>
      journal.append(entry(text), urgency).then(
        () => confirmed.push(text),
        (error: unknown) => {
          expect(error).toBeInstanceOf(RecordUnavailable);
        },
      );
    void send('a');
    void send('b', 'behind');
    await settle();
    void send('c');
    await settle();
    expect(held.length).toBe(2);
    return { files, held, journal, stretches, confirmed, send };
  };

  it('where flushes are slow, writes on before the first is durable, and confirms in order', async () => {
    const { files, held, journal, stretches, confirmed, send } = await twoUnderWay();
    void send('d');
    await settle();
    expect(held.length).toBe(2);
    held[1]!(null);
    await settle();
    expect(confirmed).toEqual([]);
    files.cut(directory);
    expect(read()).toEqual([]);
    held[0]!(null);
    await settle();
    expect(confirmed).toEqual(['a', 'b', 'c']);
    held[2]!(null);
    await settle();
    expect(stretches.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])).toEqual([
      [0, 1],
      [2, 2],
      [3, 3],
    ]);
    files.cut(directory);
    expect(read()).toEqual(['a', 'b', 'c', 'd']);
    await journal.close();
  });

  it.each([
    ['the first fails, the second is durable before', [1, 0], [null, full]],
    ['the first fails, the second is durable after', [0, 1], [full, null]],
    ['both fail', [0, 1], [full, full]],
  ] as const)('refuses what is under way behind a failed write: %s', async (_, order, outcomes) => {
    const { files, held, journal, confirmed, send } = await twoUnderWay();
    for (const [n, which] of order.entries()) {
      held[which]!(outcomes[n]!);
      await settle();
    }
    expect(confirmed).toEqual([]);
    expect(journal.available).toBe(false);
    held[2]!(null);
    await settle();
    held[3]!(null);
    await settle();
    expect(confirmed).toEqual(['b']);
    files.cut(directory);
    expect(read()).toEqual(['b']);
    void send('d');
    await settle();
    held[4]!(null);
    await settle();
    files.cut(directory);
    expect(read()).toEqual(['b', 'd']);
    await journal.close();
  });

  it('keeps what a failed second write leaves away from what the first has confirmed', async () => {
    const { files, held, journal, confirmed } = await twoUnderWay();
    held[1]!(full);
    await settle();
    held[0]!(null);
    await settle();
    expect(confirmed).toEqual(['a', 'b']);
    expect(journal.available).toBe(false);
    held[2]!(null);
    await settle();
    files.cut(directory);
    expect(read()).toEqual(['a', 'b']);
    await journal.close();
  });

  it('turns to the next segment when one is full, and uses it again once it is released', async () => {
    const files = steady();
    const { journal, stretches } = await journalOver(files);
    for (let n = 0; n < 16; n++) {
      await journal.append(entry(`${n}`, 1000), 'now');
      journal.release(n);
      await settle();
    }
    await journal.close();
    const used = stretches.map(({ segment }) => segment);
    expect(new Set(used).size).toBeLessThanOrEqual(3);
    expect(used.filter((name, n) => name !== used[n - 1]).length).toBeGreaterThan(3);
  });

  it('uses no segment again before the last of its entries is released', async () => {
    const files = steady();
    const { journal, stretches } = await journalOver(files, { maxSegments: 2 });
    for (let n = 0; n < 6; n++) await journal.append(entry(`${n}`, 1000), 'now');
    const lastOfFirst = stretches.filter(({ segment }) => segment === stretches[0]!.segment).at(-1)!.lastSeq;
    expect(lastOfFirst).toBeLessThan(5);
    journal.release(lastOfFirst - 1);
    await expect(journal.append(entry('6', 1000), 'now')).rejects.toBeInstanceOf(RecordUnavailable);
    files.cut(directory);
    expect(read()).toEqual(['0', '1', '2', '3', '4', '5']);
    journal.release(lastOfFirst);
    await settle();
    expect(await journal.append(entry('7', 1000), 'now')).toBe(6);
    await journal.close();
  });

  it('takes an entry that is larger than a segment', async () => {
    const files = steady();
    const { journal } = await journalOver(files);
    await journal.append(entry('small'), 'now');
    await journal.append(entry('large', 3 << 20), 'now');
    await journal.append(entry('after'), 'now');
    files.cut(directory);
    expect(read()).toEqual(['small', 'large', 'after']);
    await journal.close();
  });

  it('refuses when the store never releases a segment, keeps what it confirmed, and goes on after a release', async () => {
    const files = steady();
    const { journal } = await journalOver(files, { maxSegments: 2 });
    const confirmed: string[] = [];
    const fill = async () => {
      for (let n = 0; n < 20; n++) {
        await journal.append(entry(`${n}`, 1000), 'now');
        confirmed.push(`${n}`);
      }
    };
    await expect(fill()).rejects.toBeInstanceOf(RecordUnavailable);
    expect(journal.available).toBe(false);
    files.cut(directory);
    expect(read()).toEqual(confirmed);
    journal.release(confirmed.length - 1);
    await settle();
    expect(journal.available).toBe(true);
    expect(await journal.append(entry('again'), 'now')).toBe(confirmed.length);
    await journal.close();
  });

  it('refuses those who wait when a write fails, keeps what nobody waits for, and recovers by itself', async () => {
    const files = steady();
    const { journal } = await journalOver(files);
    const recovered: boolean[] = [];
    journal.onRecovery(() => recovered.push(journal.available));
    expect(await journal.append(entry('before'), 'now')).toBe(0);

    files.failure = full;
    const behind = journal.append(entry('behind'), 'behind');
    await expect(journal.append(entry('refused'), 'now')).rejects.toBeInstanceOf(RecordUnavailable);
    expect(journal.available).toBe(false);
    await expect(journal.append(entry('refused at once'), 'now')).rejects.toBeInstanceOf(RecordUnavailable);

    files.failure = undefined;
    expect(await behind).toBe(1);
    expect(recovered).toEqual([true]);
    expect(await journal.append(entry('after'), 'now')).toBe(2);
    files.cut(directory);
    expect(read()).toEqual(['before', 'behind', 'after']);
    await journal.close();
  });

  it('has nothing of a failed write before what is written in its place, even where frames would line up', async () => {
    const files = new PowerFiles({ delay: () => 0, keeps: () => true });
    const { journal } = await journalOver(files);
    await journal.append(entry('0'), 'now');
    files.failure = full;
    const refused = ['a', 'b', 'c'].map((text) => journal.append(entry(text), 'now'));
    for (const one of refused) await expect(one).rejects.toBeInstanceOf(RecordUnavailable);
    files.failure = undefined;
    await settle();
    // As long as the first refused one, so that the second would follow on it but for the chain of checksums.
    expect(await journal.append(entry('x'), 'now')).toBe(1);
    files.cut(directory);
    expect(read()).toEqual(['0', 'x']);
    await journal.close();
  });

  it('has no refused entry behind a kept one that is written again as it was', async () => {
    const files = new PowerFiles({ delay: () => 0, keeps: () => true });
    const { journal } = await journalOver(files);
    await journal.append(entry('before'), 'now');
    files.failure = full;
    const kept = journal.append(entry('kept'), 'behind');
    await expect(journal.append(entry('refused'), 'now')).rejects.toBeInstanceOf(RecordUnavailable);
    files.failure = undefined;
    expect(await kept).toBe(1);
    files.cut(directory);
    expect(read()).toEqual(['before', 'kept']);
    await journal.close();
  });

  it('loses nothing confirmed, and has no gap, whenever power is cut', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            bytes: fc.integer({ min: 0, max: 3000 }),
            now: fc.boolean(),
            pause: fc.integer({ min: 0, max: 2 }),
          }),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        fc.infiniteStream(fc.boolean()),
        fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
        fc.integer({ min: 0, max: 40 }),
        fc.option(fc.record({ from: fc.nat(30), length: fc.integer({ min: 1, max: 10 }) })),
        fc.boolean(),
        async (appends, keep, delays, cutAfter, outage, slow) => {
          const files = new PowerFiles({ delay: () => delays.next().value, keeps: () => keep.next().value });
          const { journal } = await journalOver(files, { maxSegments: 50, slowMs: slow ? 0 : 1 });
          const confirmed = new Map<number, string>();
          const sent = new Set<string>();
          let image: Map<number, string> | undefined;
          for (const [n, { bytes, now, pause }] of appends.entries()) {
            if (outage)
              files.failure = n >= outage.from && n < outage.from + outage.length ? full : undefined;
            const text = `entry ${n}`;
            sent.add(text);
            journal.append(entry(text, bytes), now ? 'now' : 'behind').then(
              (seq) => confirmed.set(seq, text),
              (error: unknown) => expect(error).toBeInstanceOf(RecordUnavailable),
            );
            if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
            if (n === cutAfter) {
              files.cut(directory);
              image = new Map(confirmed);
            }
          }
          if (!image) {
            files.cut(directory);
            image = new Map(confirmed);
          }
          const found = read();
          for (const [seq, text] of image) expect(found[seq]).toBe(text);
          for (const text of found) expect(sent.has(text)).toBe(true);
          expect(new Set(found).size).toBe(found.length);
          files.failure = undefined;
          await journal.close();
          rmSync(directory, { recursive: true, force: true });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('reading a journal after a crash', () => {
  const nonce = Buffer.alloc(8, 1);
  const segment = (name: string, firstSeq: number, texts: readonly string[]) => {
    const drafts = texts.map((text) => entry(text, 10));
    const bytes = Buffer.alloc(
      SEGMENT_HEADER + drafts.reduce((sum, draft) => sum + frameSize(draft), 0) + 100,
    );
    let chain = writeSegmentHeader(bytes, nonce, firstSeq);
    let at = SEGMENT_HEADER;
    for (const [n, draft] of drafts.entries()) {
      chain = writeFrame(bytes, at, draft, firstSeq + n, chain);
      at += frameSize(draft);
    }
    writeFileSync(join(directory, name), bytes);
    return { bytes, end: at };
  };

  it('passes over what the store has', () => {
    segment('0001.seg', 0, ['a', 'b']);
    segment('0000.seg', 2, ['c', 'd']);
    expect(read(3)).toEqual(['d']);
    expect(read(4)).toEqual([]);
  });

  it('ends at a frame with any byte changed or cut off', () => {
    const { bytes, end } = segment('0000.seg', 0, ['a', 'b', 'c']);
    const third = frameSize(entry('c', 10));
    for (let at = end - third; at < end; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 0x40;
      writeFileSync(join(directory, '0000.seg'), changed);
      expect(read()).toEqual(['a', 'b']);
      writeFileSync(join(directory, '0000.seg'), bytes.subarray(0, at));
      expect(read()).toEqual(['a', 'b']);
    }
  });

  it('ignores files that are not segments, and segments that were never begun', () => {
    writeFileSync(join(directory, '0007.seg.new'), 'half made');
    writeFileSync(join(directory, '0008.seg'), Buffer.alloc(1000));
    writeFileSync(join(directory, '0009.seg'), 'x');
    segment('0000.seg', 0, ['a']);
    expect(read()).toEqual(['a']);
  });

  it('reports entries that are missing in between rather than going on without them', () => {
    segment('0000.seg', 0, ['a']);
    segment('0001.seg', 2, ['c']);
    expect(() => read()).toThrow(LedgerDamaged);
    expect(() => read(1)).toThrow(LedgerDamaged);
  });
});
