// What a view is: a reading of a text, unit by unit, each unit with the place it stands for in the lane's own text.
// Views know nothing of detectors, findings or masks; they read units and write units.

/**
 * A stretch of UTF-16 code units of some reading, with the lane offsets that each stands for.
 * Without `starts` it is the lane's own text from offset `base` on, each unit standing for itself.
 */
export interface Run {
  readonly text: string;
  readonly base: number;
  readonly starts: readonly number[] | undefined;
  readonly ends: readonly number[] | undefined;
}

/** Lane offset of the first code unit that the unit stands for. */
export const startOf = (run: Run, index: number): number =>
  run.starts ? run.starts[index]! : run.base + index;
/** Lane offset after the last code unit that the unit stands for. */
export const endOf = (run: Run, index: number): number =>
  run.ends ? run.ends[index]! : run.base + index + 1;

/** A run that is being written. */
export class Units implements Run {
  text = '';
  readonly base = 0;
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  /** Every unit of `text` stands for the same place. */
  put(text: string, start: number, end: number): void {
    this.text += text;
    for (let i = 0; i < text.length; i += 1) {
      this.starts.push(start);
      this.ends.push(end);
    }
  }

  /** Units [from, to) of another run, unchanged. */
  copy(run: Run, from: number, to: number): void {
    if (from >= to) return;
    this.text += run.text.slice(from, to);
    for (let i = from; i < to; i += 1) {
      this.starts.push(startOf(run, i));
      this.ends.push(endOf(run, i));
    }
  }

  append(units: Units): void {
    this.copy(units, 0, units.text.length);
  }

  clone(): Units {
    const copy = new Units();
    copy.append(this);
    return copy;
  }
}

/** No place is waited for. */
export const NOWHERE = Number.POSITIVE_INFINITY;

/**
 * A reading that is the same as what it reads but for a few units (escapes, look-alikes). While nothing changes it costs
 * only the search for the first unit that might.
 */
export interface SparseView {
  readonly name: string;
  readonly kind: 'sparse';
  /** Whether a unit may read differently. */
  mayChange(unit: number): boolean;
  /** Index of the first unit at or after `from` that may read differently, given what is known of those after it, or -1. */
  trigger(text: string, from: number): number;
  open(): Transducer;
}

export interface Transducer {
  /** Reads all of `run` and writes what is decided. */
  read(run: Run, out: Units): void;
  /** No more will come: writes the rest as it stands. */
  end(out: Units): void;
  /** Lane offset of the first unit read but not yet written, or NOWHERE. */
  readonly pending: number;
  /** Units written since the last one that differs from what was read. */
  readonly sameFor: number;
  clone(): Transducer;
}

/** Takes the texts that an extracting view finds. Each is a text of its own: nothing matches across two of them. */
export interface Segment {
  push(run: Run): void;
  end(): void;
  /** Lane offset from which something may still be found, or NOWHERE. */
  readonly hold: number;
}

/** Opens a text; with `from`, one that goes on independently from where that one is. */
export type Opener = (from?: Segment) => Segment;

/** A reading of stretches hidden in what it reads, each decoded into a text of its own (base64). */
export interface ExtractView {
  readonly name: string;
  readonly kind: 'extract';
  open(): Extractor;
}

export interface Extractor {
  read(run: Run, open: Opener): void;
  end(): void;
  /** Lane offset from which something may still be found, or NOWHERE. */
  readonly hold: number;
  /** True when nothing is being read: a fresh extractor would do the same from here on. */
  readonly idle: boolean;
  clone(open: Opener): Extractor;
}

export type View = SparseView | ExtractView;
