// Kills a writing process at random moments, over and over on the same ledger, and says what was lost.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseHeader } from '../entry.ts';
import { openLedger } from '../index.ts';
import { entryHash } from '../leaf.ts';
import { type Edge, edgeRoot, grow } from '../merkle/grow.ts';
import { SqliteStore } from '../store/sqlite/store.ts';
import type { TreeStore } from '../tree/store.ts';
import { testHome } from './home.ts';

export interface CrashReport {
  readonly kills: number;
  readonly receipts: number;
  /** Receipts whose entry is not where it was confirmed to be. */
  readonly lost: number;
  /** Exchanges that were open at a kill and are closed as interrupted. */
  readonly interrupted: number;
  /** Exchanges that are neither ended nor interrupted: must be none. */
  readonly stillOpen: number;
  /** Whether positions run from 0 without gaps and every replay opens. */
  readonly whole: boolean;
  /** Whether the tree is that of the entries, and every checkpoint that was signed is a beginning of it. */
  readonly tree: boolean;
}

interface Confirmed {
  readonly kind: string;
  readonly exchange: string;
  readonly seq: number;
}

/** Runs the child until `lifeMs` after it is ready, and kills it with SIGKILL. */
function runUntilKilled(path: string, keyFile: string, notes: string, lifeMs: number): Promise<void> {
  const program = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
  const child = spawn(process.execPath, [program, path, keyFile, notes], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), lifeMs));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`The child ended by itself (${code}).`));
    });
  });
}

/** Whole lines only: the last may have been cut by the kill. Each life starts its notes on a line of its own. */
function readNotes(notes: string): readonly Confirmed[] {
  const lines = readFileSync(notes, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const [kind, exchange, seq] = line.split(' ') as [string, string, string];
    return { kind, exchange, seq: Number(seq) };
  });
}

/** `random` gives 0 to 1. Each life is at most `longestMs` after the start; the last opening checks everything. */
export async function crash(kills: number, longestMs: number, random: () => number): Promise<CrashReport> {
  const home = testHome();
  try {
    const confirmed: Confirmed[] = [];
    for (let n = 0; n < kills; n++) {
      const notes = join(home.directory, `notes-${n}`);
      await runUntilKilled(home.path, home.keyFile, notes, random() * longestMs);
      confirmed.push(...readNotes(notes));
    }
    return await inspect(home.path, home.keyFile, kills, confirmed);
  } finally {
    home.remove();
  }
}

async function inspect(
  path: string,
  keyFile: string,
  kills: number,
  confirmed: readonly Confirmed[],
): Promise<CrashReport> {
  const ledger = await openLedger({ path, keyFile });
  const open = new Set<string>();
  let interrupted = 0;
  let whole = true;
  for (let after: string | undefined; ; ) {
    const page = await ledger.list({ limit: 1000, ...(after !== undefined && { after }) });
    for (const { id, state } of page) {
      if (state === 'open' || state === 'held') open.add(id);
      if (state === 'interrupted') interrupted++;
    }
    after = page.at(-1)?.id;
    if (after === undefined) break;
    const replay = await ledger.replay(after, { reveal: true });
    whole &&= replay?.forwarded?.toString().startsWith(`prompt of ${after} `) === true;
  }
  await ledger.close();

  const store = await SqliteStore.open({ path });
  const found: string[] = [];
  const headers: Buffer[] = [];
  for (;;) {
    const entries = await store.range(found.length, 5000);
    if (entries.length === 0) break;
    for (const { seq, header } of entries) {
      whole &&= seq === found.length;
      headers.push(header);
      const read = parseHeader(header);
      found.push(`${read.kind} ${read.kind === 'act' ? '' : read.exchange}`);
    }
  }
  const tree = await isTreeOf(store.tree, headers);
  await store.close();
  const lost = confirmed.filter(({ kind, exchange, seq }) => found[seq] !== `${kind} ${exchange}`).length;
  return { kills, receipts: confirmed.length, lost, interrupted, stillOpen: open.size, whole, tree };
}

async function isTreeOf(store: TreeStore, headers: readonly Buffer[]): Promise<boolean> {
  let head = await store.integrate(5000);
  while (head.more) head = await store.integrate(5000);
  const signed = await store.checkpoints({ limit: 10_000 });
  let [size, edge]: [number, Edge] = [0, []];
  const isRoot = (of: { readonly size: number; readonly root: Buffer }) => {
    ({ size, edge } = grow(size, edge, Buffer.concat(headers.slice(size, of.size).map(entryHash))));
    return size === of.size && edgeRoot(edge).equals(of.root);
  };
  return (
    signed.length > 0 && head.size === headers.length && signed.toReversed().every(isRoot) && isRoot(head)
  );
}
