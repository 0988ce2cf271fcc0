// What the tree costs: taking in an entry, a proof in a tree of ten million leaves, making and verifying a bundle of a
// thousand sessions. `node scripts/run.mjs bench/tree.ts [--json FILE] [--leaves N] [--sessions N]`
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exchangeId, openLedger } from '@sluice/ledger';
import { type Edge, grow } from '@sluice/ledger/merkle/grow';
import { inclusionRanges, TileHashes, tilesFor } from '@sluice/ledger/merkle/proof';
import { sampleEnd, sampleStart } from '@sluice/ledger/testing/samples';
import { verifyBundle } from '@sluice/verify/bundle';
import { readKey } from '@sluice/verify/note';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'string' },
    leaves: { type: 'string', default: '10000000' },
    sessions: { type: 'string', default: '1000' },
  },
});

const BATCH = 8192;
const ms = (value: number): number => Math.round(value * 100) / 100;

/** A tree in memory: what a store would have read, without its reading. */
function proofTimes(size: number): { growMicros: number; p50: number; p99: number } {
  const levels: Buffer[][] = [];
  let edge: Edge = [];
  const began = process.cpuUsage();
  for (let at = 0; at < size; at += BATCH) {
    const grown = grow(at, edge, randomBytes(Math.min(BATCH, size - at) * 32));
    ({ edge } = grown);
    for (const { level, hashes } of grown.additions) (levels[level] ??= []).push(hashes);
  }
  const { user, system } = process.cpuUsage(began);
  const all = levels.map((parts) => Buffer.concat(parts));
  const times: number[] = [];
  for (let n = 0; n < 400; n++) {
    const index = Math.floor(Math.random() * size);
    const from = performance.now();
    const ranges = inclusionRanges(index, size);
    const hashes = new TileHashes();
    for (const tile of tilesFor(ranges, size)) {
      const first = tile.index * 256 * 32;
      hashes.add(tile, all[tile.level]!.subarray(first, first + tile.width * 32));
    }
    for (const range of ranges) hashes.hash(range);
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return {
    growMicros: ms((user + system) / size),
    p50: ms(times[200]!),
    p99: ms(times[395]!),
  };
}

async function bundleTimes(sessions: number) {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const ledger = await openLedger({
    path: join(directory, 'sluice.db'),
    keyFile: join(directory, 'sluice.key'),
  });
  try {
    const since = Date.now();
    for (let n = 0; n < sessions; n++) {
      const id = exchangeId(Date.now());
      await ledger.begin(sampleStart(id, { at: Date.now() }), { received: Buffer.from(`prompt ${n}`) });
      await ledger.finish(id, sampleEnd({ at: Date.now() }), { original: Buffer.from(`answer ${n}`) });
    }
    const began = performance.now();
    const bundle = await ledger.evidence({ at: Date.now(), by: 'bench', filter: { since } });
    const made = performance.now();
    const { ok } = verifyBundle(bundle, readKey(ledger.log.vkey)!);
    const verified = performance.now();
    if (!ok) throw new Error('the bundle does not verify');
    return { makeMs: ms(made - began), verifyMs: ms(verified - made), bytes: bundle.length };
  } finally {
    await ledger.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const proof = proofTimes(Number(flags.leaves));
const bundle = await bundleTimes(Number(flags.sessions));
process.stdout.write(
  `a leaf is taken in for ${proof.growMicros} µs of CPU besides its own hash; a proof among ${flags.leaves} takes ` +
    `${proof.p50} ms (p50), ${proof.p99} ms (p99)\n` +
    `a bundle of ${flags.sessions} sessions (${bundle.bytes} bytes) is made in ${bundle.makeMs} ms and verified in ${bundle.verifyMs} ms\n`,
);
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify({ proof, bundle }, null, 2)}\n`);
