// The set of segment files: preallocated, written in turn, and used again once what they hold is safe in the store.
// It must not know frames or entries.
import { join } from 'node:path';
import type { DurableFile, Files } from './files.ts';

export interface Segment {
  readonly name: string;
  readonly file: DurableFile;
  /** Bytes that were allocated; a single larger entry may extend the file. */
  readonly size: number;
}

/** Why there is no free segment at the moment. */
export type Shortage = 'preparing' | 'all in use' | Error;

export interface SegmentOptions {
  readonly directory: string;
  readonly files: Files;
  readonly segmentBytes: number;
  /** Bounds the disk space of the journal, and how far the store may fall behind. At least 2. */
  readonly maxSegments: number;
}

export class Segments {
  readonly #options: SegmentOptions;
  readonly #onChange: () => void;
  readonly #free: Segment[] = [];
  readonly #full: { readonly segment: Segment; readonly lastSeq: number }[] = [];
  readonly #names = new Set<string>();
  #preparing: Promise<void> | undefined;
  #problem: Error | undefined;
  #closed = false;

  /** `onChange` is called when a segment became free, or when one could not be made. */
  constructor(options: SegmentOptions, onChange: () => void) {
    this.#options = options;
    this.#onChange = onChange;
  }

  /** Takes over the files of an earlier run, whose entries are all in the store, and sees to it that one is free. */
  async start(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#open(name);
    if (this.#free.length === 0) await this.#allocate();
  }

  take(): Segment | undefined {
    const segment = this.#free.shift();
    if (segment) this.prepare();
    return segment;
  }

  retire(segment: Segment, lastSeq: number): void {
    this.#full.push({ segment, lastSeq });
  }

  /** Everything up to `seq` is safe elsewhere. */
  release(seq: number): void {
    const before = this.#full.length;
    while (this.#full.length > 0 && this.#full[0]!.lastSeq <= seq)
      this.#free.push(this.#full.shift()!.segment);
    if (this.#full.length < before) this.#onChange();
  }

  shortage(): Shortage {
    if (this.#preparing) return 'preparing';
    return this.#problem ?? 'all in use';
  }

  /** Makes a spare in the background, if none is free and the bound allows it. */
  prepare(): void {
    if (
      this.#preparing ||
      this.#closed ||
      this.#free.length > 0 ||
      this.#names.size >= this.#options.maxSegments
    )
      return;
    this.#preparing = this.#allocate()
      .then(
        () => (this.#problem = undefined),
        (error: Error) => (this.#problem = error),
      )
      .then(() => {
        this.#preparing = undefined;
        this.#onChange();
      });
  }

  async close(current: Segment | undefined): Promise<void> {
    this.#closed = true;
    await this.#preparing;
    const all = [...this.#free, ...this.#full.map(({ segment }) => segment), ...(current ? [current] : [])];
    await Promise.all(all.map(({ file }) => file.close()));
  }

  async #allocate(): Promise<void> {
    const { files, directory, segmentBytes } = this.#options;
    let n = 0;
    while (this.#names.has(segmentName(n))) n++;
    await files.allocate(join(directory, segmentName(n)), segmentBytes);
    await this.#open(segmentName(n));
  }

  async #open(name: string): Promise<void> {
    const file = await this.#options.files.open(join(this.#options.directory, name));
    this.#names.add(name);
    this.#free.push({ name, file, size: this.#options.segmentBytes });
  }
}

const segmentName = (n: number): string => `${String(n).padStart(4, '0')}.seg`;

export const isSegment = (name: string): boolean => /^\d{4,}\.seg$/.test(name);
