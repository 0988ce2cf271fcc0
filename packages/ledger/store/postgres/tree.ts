// The tree's tables in PostgreSQL. Hashes are kept in runs of 32, which a page holds beside others; longer values would be
// moved out of line. Whoever takes entries in holds the row of the tree's size, so that gateways never grow it together.
import { LedgerDamaged } from '../../errors.ts';
import { entryHash } from '../../leaf.ts';
import { type Edge, edgeRoot, grow } from '../../merkle/grow.ts';
import { HASH_BYTES } from '../../merkle/hash.ts';
import { edgeTiles, type TileRef, tileWidth } from '../../merkle/tiles.ts';
import { policyIn } from '../../policy-text.ts';
import { extendRuns, runsOf } from '../../tree/runs.ts';
import type { StoredCheckpoint, TreeHead, TreeStore } from '../../tree/store.ts';
import type { Database, Queryable, Row } from './database.ts';
import type { Lease } from './lease.ts';

const RUN = 32;
const HOUR = 3_600_000;
const hourOf = (at: number): number => Math.floor(at / HOUR) * HOUR;
const MAX_PAGE = 10_000;
/** Milliseconds before asking again whether the signer is gone: asking takes a connection. */
const ASK_AGAIN_MS = 2000;

/** `lease`: the one for signing; undefined while another gateway has it. */
export function postgresTree(
  db: Database,
  lease: () => Promise<Lease | undefined>,
): { readonly tree: TreeStore; release(): Promise<void> } {
  const signer = new Signer(lease);
  const tree: TreeStore = {
    integrate: (limit) => db.transaction((tx) => integrate(tx, limit)),
    tiles: async (refs) => {
      const size = await sizeOf(db);
      return Promise.all(refs.map((ref) => tile(db, ref, size)));
    },
    headers: (from, limit) => headers(db, from, limit),
    policy: async (hash) => {
      const [row] = await db.prepared('select seq from tree_policies where hash = $1', [hash]);
      return row === undefined ? undefined : Number(row.seq);
    },
    keep: (checkpoint) => db.transaction((tx) => keep(tx, checkpoint)),
    checkpoints: async ({ below, witnessed, limit }) => {
      const rows = await db.prepared(
        'select * from checkpoints where size < $1 and (witnessed or not $2) order by size desc limit $3',
        [below ?? Number.MAX_SAFE_INTEGER, witnessed === true, Math.min(limit, MAX_PAGE)],
      );
      return rows.map(toCheckpoint);
    },
    vkey: async (own) => {
      if (own !== undefined)
        await db.query("insert into meta values ('log key', $1) on conflict do nothing", [own]);
      const [row] = await db.query("select value from meta where name = 'log key'");
      return row === undefined ? undefined : String(row.value);
    },
    alone: (work) => signer.run(work),
  };
  return { tree, release: () => signer.release() };
}

/** Keeps the lease for signing as long as it can: another gateway takes over when the connection of this one ends. */
class Signer {
  readonly #lease: () => Promise<Lease | undefined>;
  #held: Lease | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(lease: () => Promise<Lease | undefined>) {
    this.#lease = lease;
  }

  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (!this.#held?.held) {
      if (performance.now() - this.#askedAt < ASK_AGAIN_MS) return undefined;
      this.#askedAt = performance.now();
      this.#held = await this.#lease();
    }
    return this.#held?.held ? work() : undefined;
  }

  async release(): Promise<void> {
    await this.#held?.release();
    this.#held = undefined;
  }
}

async function sizeOf(db: Queryable): Promise<number> {
  return Number((await db.prepared('select size from tree', []))[0]!.size);
}

async function headers(db: Queryable, from: number, limit: number): Promise<Buffer[]> {
  const rows = await db.prepared('select header from entries where seq >= $1 and seq < $2 order by seq', [
    from,
    from + Math.min(limit, MAX_PAGE),
  ]);
  return rows.map(({ header }) => header as Buffer);
}

async function tile(db: Queryable, ref: TileRef, size: number): Promise<Buffer | undefined> {
  if (tileWidth(ref.level, ref.index, size) < ref.width) return undefined;
  const rows = await db.prepared(
    'select hashes from tree_runs where level = $1 and run >= $2 and run < $3 order by run',
    [ref.level, ...runsOf(RUN, ref)],
  );
  const hashes = Buffer.concat(rows.map((row) => row.hashes as Buffer));
  if (hashes.length < ref.width * HASH_BYTES)
    throw new LedgerDamaged(`Tile ${ref.level}/${ref.index} of the tree is incomplete.`);
  return hashes.subarray(0, ref.width * HASH_BYTES);
}

async function edgeOf(db: Queryable, size: number): Promise<Edge> {
  const edge: Buffer[] = [];
  for (const ref of edgeTiles(size)) {
    while (edge.length < ref.level) edge.push(Buffer.alloc(0));
    edge.push((await tile(db, ref, size))!);
  }
  return edge;
}

async function integrate(tx: Queryable, limit: number): Promise<TreeHead> {
  const size = Number((await tx.prepared('select size from tree for update', []))[0]!.size);
  const found = limit === 0 ? [] : await headers(tx, size, limit);
  const edge = await edgeOf(tx, size);
  if (found.length === 0) return { size, root: edgeRoot(edge), more: false };
  const grown = grow(size, edge, Buffer.concat(found.map(entryHash)));
  for (const { level, first, hashes } of grown.additions) {
    const into = (first % RUN) * HASH_BYTES;
    const last = edge[level]?.subarray(edge[level].length - into);
    const runs = extendRuns(RUN, first, hashes, last);
    await tx.prepared(
      `insert into tree_runs select $1, * from unnest($2::bigint[], $3::bytea[])
       on conflict (level, run) do update set hashes = excluded.hashes`,
      [level, runs.map(({ run }) => run), runs.map((run) => run.hashes)],
    );
  }
  for (const [n, header] of found.entries()) {
    const policy = policyIn(header);
    if (policy !== undefined)
      await tx.prepared('insert into tree_policies values ($1, $2) on conflict do nothing', [
        policy,
        size + n,
      ]);
  }
  await tx.prepared('update tree set size = $1', [grown.size]);
  return { size: grown.size, root: edgeRoot(grown.edge), more: found.length === limit };
}

async function keep(tx: Queryable, { size, root, at, note, witnessed }: StoredCheckpoint): Promise<void> {
  const [last] = await tx.prepared('select size, at from checkpoints order by size desc limit 1', []);
  await tx.prepared(
    `insert into checkpoints values ($1, $2, $3, $4, $5) on conflict (size) do update set
       root = excluded.root, at = excluded.at, note = excluded.note, witnessed = excluded.witnessed`,
    [size, root, at, note, witnessed],
  );
  // The last of each hour stays: with the first of a new one, those of the hour that has ended are thinned.
  if (last !== undefined && hourOf(Number(last.at)) < hourOf(at))
    await tx.prepared('delete from checkpoints where not witnessed and at >= $1 and at < $2 and size < $3', [
      hourOf(Number(last.at)),
      hourOf(at),
      last.size,
    ]);
}

const toCheckpoint = (row: Row): StoredCheckpoint => ({
  size: Number(row.size),
  root: row.root as Buffer,
  at: Number(row.at),
  note: String(row.note),
  witnessed: row.witnessed === true,
});
