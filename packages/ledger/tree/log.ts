// The transparency log over a store: takes entries into the tree, signs checkpoints at an interval, has them witnessed and
// copied, and answers with tiles and proofs. It must not know which store keeps the tree, nor what entries say.
import { signCheckpoint } from '../checkpoint/checkpoint.ts';
import type { LogKey } from '../checkpoint/keys.ts';
import { signNote } from '../checkpoint/note.ts';
import { cosignature, type Witness } from '../checkpoint/witness.ts';
import { entryBundle } from '../leaf.ts';
import { consistencyRanges, inclusionRanges, type Range, TileHashes, tilesFor } from '../merkle/proof.ts';
import { TILE_WIDTH, type TileRef, tileWidth } from '../merkle/tiles.ts';
import { writeCopy } from './copy.ts';
import type { StoredCheckpoint, TreeStore } from './store.ts';

export interface LogOptions {
  readonly store: TreeStore;
  readonly key: LogKey;
  /** A file outside that holds the newest checkpoint: what tells a later check that nothing was cut off since. */
  readonly copy?: string | undefined;
  readonly witnesses?: readonly Witness[];
  /** Told of what fails, once until it works again: signing, copying, witnessing go on by themselves. */
  readonly onProblem?: (what: 'tree' | 'copy' | 'witness', error: unknown) => void;
  readonly now?: () => number;
  /** Milliseconds between looking for new entries; a checkpoint follows at once. */
  readonly every?: number;
  readonly witnessEvery?: number;
}

/** With the 100 ms that entries take to the tables at most, a receipt is under a signed checkpoint well within a second. */
const EVERY_MS = 500;
const WITNESS_MS = 60_000;
/** Entries taken in at once: about 30 ms of the store's thread. */
const BATCH = 8192;
/** Tiles that are kept for proofs: 8 KiB each, and as much again of nodes. */
const KEPT_TILES = 512;

export class TransparencyLog {
  readonly #options: LogOptions;
  readonly #store: TreeStore;
  readonly #now: () => number;
  readonly #failing = new Set<string>();
  /** By witness: the size that it has cosigned last, as far as is known here. */
  readonly #cosigned = new Map<string, number>();
  #hashes = new TileHashes();
  #newest: StoredCheckpoint | undefined;
  #timer: NodeJS.Timeout | undefined;
  #advancing: Promise<StoredCheckpoint | undefined> | undefined;
  #next: Promise<StoredCheckpoint | undefined> | undefined;
  #witnessing: Promise<void> | undefined;
  #witnessedAt = Number.NEGATIVE_INFINITY;
  readonly #closing = new AbortController();

  constructor(options: LogOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#now = options.now ?? Date.now;
  }

  /** What verifiers need: the line of the public key. Its name is the log's origin. */
  get vkey(): string {
    return this.#options.key.vkey;
  }

  /** Takes in and signs from now on, until it is closed. */
  start(): void {
    const tick = async () => {
      await this.#attempt('tree', () => this.advance());
      if (this.#closing.signal.aborted) return;
      this.#witnessing ??= this.#witness().finally(() => (this.#witnessing = undefined));
      this.#timer = setTimeout(tick, this.#options.every ?? EVERY_MS);
    };
    this.#timer = setTimeout(tick, 0);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#attempt('tree', () => this.advance());
  }

  /**
   * Takes every entry that is durable into the tree and signs what it then is. Undefined for a log without entries, or when
   * another gateway is at it and has signed nothing yet.
   */
  advance(): Promise<StoredCheckpoint | undefined> {
    if (this.#advancing === undefined) return this.#begin();
    // The one under way may have begun before the newest entries were there: the next one is for all who ask meanwhile.
    this.#next ??= this.#advancing
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#advancing ?? this.#begin();
      });
    return this.#next;
  }

  #begin(): Promise<StoredCheckpoint | undefined> {
    this.#advancing = this.#advance().finally(() => (this.#advancing = undefined));
    return this.#advancing;
  }

  /** The newest checkpoint, of this or another gateway of the store. */
  async checkpoint(): Promise<StoredCheckpoint | undefined> {
    const [newest] = await this.#store.checkpoints({ limit: 1 });
    return newest;
  }

  /** A checkpoint over at least `size` entries, all durable. Throws when there are not that many. */
  async covering(size: number): Promise<StoredCheckpoint> {
    // Another gateway may be at it.
    for (let attempt = 0; attempt < 20; attempt++) {
      const found = (await this.advance()) ?? (await this.checkpoint());
      if (found && found.size >= size) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new RangeError(`The tree does not reach entry ${size - 1}.`);
  }

  /** Older checkpoints, the largest first. */
  checkpoints(filter: Parameters<TreeStore['checkpoints']>[0]): Promise<readonly StoredCheckpoint[]> {
    return this.#store.checkpoints(filter);
  }

  /** A tile's hashes; undefined when the newest checkpoint does not cover that much. */
  async tile(ref: TileRef): Promise<Buffer | undefined> {
    if (!(await this.#covers(ref))) return undefined;
    return (await this.#store.tiles([ref]))[0];
  }

  /** The entry bundle beside a tile of level 0. */
  async entries(ref: TileRef): Promise<Buffer | undefined> {
    if (!(await this.#covers(ref))) return undefined;
    const headers = await this.#store.headers(ref.index * TILE_WIDTH, ref.width);
    return headers.length === ref.width ? entryBundle(headers) : undefined;
  }

  /** For each position, the hashes from the leaf to the root of the tree of `size`. */
  async inclusion(positions: readonly number[], size: number): Promise<Buffer[][]> {
    const ranges = positions.map((position) => inclusionRanges(position, size));
    await this.#fetch(ranges.flat(), size);
    return ranges.map((proof) => proof.map((range) => this.#hashes.hash(range)));
  }

  async consistency(from: number, size: number): Promise<Buffer[]> {
    const ranges = consistencyRanges(from, size);
    await this.#fetch(ranges, size);
    return ranges.map((range) => this.#hashes.hash(range));
  }

  /** The root of the tree's beginning of `size` leaves. */
  async root(size: number): Promise<Buffer> {
    const whole = [{ start: 0, end: size }];
    await this.#fetch(whole, size);
    return this.#hashes.hash(whole[0]!);
  }

  /** Signs a text that is no checkpoint: its first line may not be the log's origin. */
  sign(text: string): string {
    const { name, id, private: key } = this.#options.key;
    if (text.startsWith(`${name}\n`)) throw new RangeError('Checkpoints are signed by advancing.');
    return signNote(text, name, id, key);
  }

  /** The text of the policy with this hash, as an entry: where it is. */
  policy(hash: string): Promise<number | undefined> {
    return this.#store.policy(hash);
  }

  async #advance(): Promise<StoredCheckpoint | undefined> {
    return this.#store.alone(async () => {
      let head = await this.#store.integrate(BATCH);
      while (head.more) head = await this.#store.integrate(BATCH);
      // Another gateway may have signed this tree already, and have had it witnessed.
      if (head.size !== this.#newest?.size) this.#newest = await this.checkpoint();
      if (head.size === 0 || head.size === this.#newest?.size) return this.#newest;
      const note = signCheckpoint(head.size, head.root, this.#options.key);
      const { size, root } = head;
      const signed = { size, root, at: this.#now(), note, witnessed: false };
      await this.#store.keep(signed);
      this.#newest = signed;
      const { copy } = this.#options;
      if (copy !== undefined) await this.#attempt('copy', () => writeCopy(copy, note));
      return signed;
    });
  }

  async #witness(): Promise<void> {
    const { witnesses = [], witnessEvery = WITNESS_MS } = this.#options;
    const now = this.#now();
    if (witnesses.length === 0 || now - this.#witnessedAt < witnessEvery) return;
    const head = await this.checkpoint();
    if (!head || head.witnessed) return;
    this.#witnessedAt = now;
    let { note } = head;
    for (const witness of witnesses) {
      const line = await this.#attempt('witness', () => this.#cosign(witness, head));
      if (line !== undefined) note += line;
    }
    if (note !== head.note)
      await this.#attempt('tree', () => this.#store.keep({ ...head, note, witnessed: true }));
  }

  async #cosign(witness: Witness, head: StoredCheckpoint): Promise<string> {
    const known = this.#cosigned.get(witness.url) ?? 0;
    const line = await cosignature(witness, head, known, this.#closing.signal, (from) =>
      this.consistency(from, head.size),
    );
    this.#cosigned.set(witness.url, head.size);
    return line;
  }

  async #covers({ level, index, width }: TileRef): Promise<boolean> {
    const size = (await this.checkpoint())?.size ?? 0;
    return tileWidth(level, index, size) >= width;
  }

  async #fetch(ranges: readonly Range[], size: number): Promise<void> {
    if (this.#hashes.count > KEPT_TILES) this.#hashes = new TileHashes();
    const wanted = tilesFor(ranges, size).filter((tile) => !this.#hashes.has(tile));
    if (wanted.length === 0) return;
    const found = await this.#store.tiles(wanted);
    for (const [n, tile] of wanted.entries()) {
      const hashes = found[n];
      if (!hashes) throw new RangeError(`The tree has no tile ${tile.level}/${tile.index} of that width.`);
      this.#hashes.add(tile, hashes);
    }
  }

  /** What fails is told of once, and again after it has worked in between. */
  async #attempt<T>(what: 'tree' | 'copy' | 'witness', work: () => Promise<T>): Promise<T | undefined> {
    try {
      const done = await work();
      this.#failing.delete(what);
      return done;
    } catch (error) {
      if (!this.#failing.has(what)) this.#options.onProblem?.(what, error);
      this.#failing.add(what);
      return undefined;
    }
  }
}
