// The tree's tables in SQLite. Hashes are kept in runs of 64 and not in whole tiles: a page holds seven runs, but of whole
// tiles one, and half of it would be empty. The tree moves in transactions of its own after the entries'; SQLite's log keeps
// that order through a crash, so that the tree is never ahead.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LedgerDamaged } from '../../errors.ts';
import { entryHash } from '../../leaf.ts';
import { type Edge, edgeRoot, grow } from '../../merkle/grow.ts';
import { HASH_BYTES } from '../../merkle/hash.ts';
import { edgeTiles, MAX_LEVEL, type TileRef, tileWidth } from '../../merkle/tiles.ts';
import { policyIn } from '../../policy-text.ts';
import { extendRuns, runsOf } from '../../tree/runs.ts';
import type { StoredCheckpoint, TreeHead, TreeStore } from '../../tree/store.ts';
import { asBuffer, Chunks } from './chunks.ts';
import { transaction } from './schema.ts';

const RUN = 64;
/** Lower levels after higher ones: the level that grows most grows at the table's end, where pages are filled whole. */
const runId = (level: number, run: number): number => (MAX_LEVEL - level) * 2 ** 45 + run;
const HOUR = 3_600_000;
const hourOf = (at: number): number => Math.floor(at / HOUR) * HOUR;
const MAX_PAGE = 10_000;

/** What `TreeStore` asks for, answered at once; the store's stubs make promises of it. */
export type SqliteTree = {
  readonly [name in Exclude<keyof TreeStore, 'alone'>]: (
    ...args: Parameters<TreeStore[name]>
  ) => Awaited<ReturnType<TreeStore[name]>>;
};

/** `db`: a connection whose commits are durable, since a checkpoint must not outlive the tree that it is of. */
export function sqliteTree(db: DatabaseSync): SqliteTree {
  const chunks = new Chunks(db);
  const sql = statements(db);
  const sizeOf = () => Number(sql.size.get()!.size);

  const tile = ({ level, index, width }: TileRef, size: number): Buffer | undefined => {
    if (tileWidth(level, index, size) < width) return undefined;
    const [from, to] = runsOf(RUN, { level, index, width });
    const rows = sql.runs.all(runId(level, from), runId(level, to));
    const hashes = Buffer.concat(rows.map((row) => asBuffer(row.hashes)));
    if (hashes.length < width * HASH_BYTES)
      throw new LedgerDamaged(`Tile ${level}/${index} of the tree is incomplete.`);
    return hashes.subarray(0, width * HASH_BYTES);
  };

  const edgeOf = (size: number): Edge => {
    const edge: Buffer[] = [];
    for (const ref of edgeTiles(size)) {
      while (edge.length < ref.level) edge.push(Buffer.alloc(0));
      edge.push(tile(ref, size)!);
    }
    return edge;
  };

  const headers = (from: number, limit: number): Buffer[] => {
    const read = chunks.reader(false);
    const found: Buffer[] = [];
    for (let seq = from; found.length < Math.min(limit, MAX_PAGE); seq++) {
      const entry = read(seq);
      if (!entry) break;
      found.push(entry.header);
    }
    return found;
  };

  const extend = (level: number, first: number, hashes: Buffer): void => {
    const last = first % RUN === 0 ? undefined : sql.run.get(runId(level, Math.floor(first / RUN)));
    for (const { run, hashes: part } of extendRuns(RUN, first, hashes, last && asBuffer(last.hashes)))
      sql.putRun.run(runId(level, run), part);
  };

  return {
    integrate(limit): TreeHead {
      return transaction(db, () => {
        const size = sizeOf();
        const found = headers(size, limit);
        if (found.length === 0) return { size, root: edgeRoot(edgeOf(size)), more: false };
        const grown = grow(size, edgeOf(size), Buffer.concat(found.map(entryHash)));
        for (const { level, first, hashes } of grown.additions) extend(level, first, hashes);
        for (const [n, header] of found.entries()) {
          const policy = policyIn(header);
          if (policy !== undefined) sql.putPolicy.run(policy, size + n);
        }
        sql.grown.run(grown.size);
        return { size: grown.size, root: edgeRoot(grown.edge), more: found.length === limit };
      });
    },
    tiles(refs) {
      const size = sizeOf();
      return refs.map((ref) => tile(ref, size));
    },
    headers,
    policy(hash) {
      const seq = sql.policy.get(hash)?.seq;
      return seq === undefined ? undefined : Number(seq);
    },
    keep({ size, root, at, note, witnessed }) {
      transaction(db, () => {
        const last = sql.newest.get();
        sql.putCheckpoint.run(size, root, at, note, Number(witnessed));
        // The last of each hour stays: with the first of a new one, those of the hour that has ended are thinned.
        if (last !== undefined && hourOf(Number(last.at)) < hourOf(at))
          sql.thin.run(hourOf(Number(last.at)), hourOf(at), last.size!);
      });
    },
    checkpoints({ below, witnessed, limit }) {
      return sql.checkpoints
        .all(below ?? Number.MAX_SAFE_INTEGER, witnessed ? 1 : 0, Math.min(limit, MAX_PAGE))
        .map(checkpointOf);
    },
    vkey(own) {
      if (own !== undefined) sql.putVkey.run(own);
      const found = sql.vkey.get()?.value;
      return found === undefined ? undefined : String(found);
    },
  };
}

const checkpointOf = (row: Record<string, unknown>): StoredCheckpoint => ({
  size: Number(row.size),
  root: asBuffer(row.root),
  at: Number(row.at),
  note: String(row.note),
  witnessed: row.witnessed === 1,
});

const STATEMENTS = {
  size: 'select size from tree',
  grown: 'update tree set size = ?',
  runs: 'select hashes from tree_runs where id >= ? and id < ? order by id',
  run: 'select hashes from tree_runs where id = ?',
  putRun: 'insert or replace into tree_runs values (?, ?)',
  policy: 'select seq from tree_policies where hash = ?',
  putPolicy: 'insert or ignore into tree_policies values (?, ?)',
  putCheckpoint: 'insert or replace into checkpoints values (?, ?, ?, ?, ?)',
  newest: 'select size, at from checkpoints order by size desc limit 1',
  thin: 'delete from checkpoints where witnessed = 0 and at >= ? and at < ? and size < ?',
  checkpoints: 'select * from checkpoints where size < ? and witnessed >= ? order by size desc limit ?',
  putVkey: "insert or ignore into meta values ('log key', ?)",
  vkey: "select value from meta where name = 'log key'",
} as const;

function statements(db: DatabaseSync): Record<keyof typeof STATEMENTS, StatementSync> {
  return Object.fromEntries(
    Object.entries(STATEMENTS).map(([name, text]) => [name, db.prepare(text)]),
  ) as Record<keyof typeof STATEMENTS, StatementSync>;
}

/** `TreeStore` over calls to a worker. Between threads, Buffers arrive as plain byte arrays. */
export function treeOver(call: (method: string, args: readonly unknown[]) => Promise<unknown>): TreeStore {
  const ask = <T>(method: keyof SqliteTree, ...args: readonly unknown[]) =>
    call(`tree.${method}`, args) as Promise<T>;
  return {
    integrate: async (limit) => {
      const head = await ask<TreeHead>('integrate', limit);
      return { ...head, root: asBuffer(head.root) };
    },
    tiles: async (refs) =>
      (await ask<(Buffer | undefined)[]>('tiles', refs)).map((tile) => tile && asBuffer(tile)),
    headers: async (from, limit) => (await ask<Buffer[]>('headers', from, limit)).map(asBuffer),
    policy: (hash) => ask('policy', hash),
    keep: (checkpoint) => ask('keep', checkpoint),
    checkpoints: async (filter) =>
      (await ask<StoredCheckpoint[]>('checkpoints', filter)).map((found) => ({
        ...found,
        root: asBuffer(found.root),
      })),
    vkey: (own) => ask('vkey', own),
    // The writer is alone: it holds the lock of the ledger.
    alone: (work) => work(),
  };
}
