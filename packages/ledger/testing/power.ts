// Files that lose power: what was not flushed may be gone, in part or in whole, sector by sector. A replacement for the
// file layer under the journal that keeps, beside what a running process sees, what the disk would have after a cut.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DurableFile, Files } from '../journal/files.ts';

const SECTOR = 512;

interface Platter {
  durable: Buffer;
  readonly inFlight: Set<{ readonly bytes: Buffer; readonly position: number }>;
}

export class PowerFiles implements Files {
  readonly #platters = new Map<string, Platter>();
  readonly #delay: () => number;
  /** Set to refuse writes and allocations, as a full or failing disk would; a failed write may leave anything behind. */
  failure: Error | undefined;
  /** Chooses what a failed or cut write leaves: true keeps a sector. */
  readonly keeps: () => boolean;

  constructor(options: { readonly delay: () => number; readonly keeps: () => boolean }) {
    this.#delay = options.delay;
    this.keeps = options.keeps;
  }

  async directory(): Promise<string[]> {
    return [...this.#platters.keys()];
  }

  async allocate(path: string, size: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#delay()));
    if (this.failure) throw this.failure;
    this.#platters.set(basename(path), { durable: Buffer.alloc(size), inFlight: new Set() });
  }

  async open(path: string): Promise<DurableFile> {
    const platter = this.#platters.get(basename(path))!;
    return {
      write: (bytes, position, done) => {
        const write = { bytes: Buffer.from(bytes), position };
        platter.inFlight.add(write);
        setTimeout(() => {
          platter.inFlight.delete(write);
          const { failure } = this;
          if (failure) this.#tear(platter, write);
          else platter.durable = put(platter.durable, write.bytes, position);
          done(failure ?? null);
        }, this.#delay());
      },
      close: async () => undefined,
    };
  }

  /** What the disk has if power is cut now: everything flushed, and any sectors of what was being written. */
  cut(directory: string): void {
    mkdirSync(directory, { recursive: true });
    for (const [name, { durable, inFlight }] of this.#platters) {
      const after: Platter = { durable: Buffer.from(durable), inFlight: new Set() };
      for (const write of inFlight) this.#tear(after, write);
      writeFileSync(join(directory, name), after.durable);
    }
  }

  #tear(platter: Platter, { bytes, position }: { readonly bytes: Buffer; readonly position: number }): void {
    for (let from = 0; from < bytes.length; ) {
      const to = Math.min(bytes.length, from + SECTOR - ((position + from) % SECTOR));
      if (this.keeps()) platter.durable = put(platter.durable, bytes.subarray(from, to), position + from);
      from = to;
    }
  }
}

function put(into: Buffer, bytes: Buffer, position: number): Buffer {
  const needed = position + bytes.length;
  const grown = needed > into.length ? Buffer.concat([into, Buffer.alloc(needed - into.length)]) : into;
  bytes.copy(grown, position);
  return grown;
}
