// What a view is: a reading of a text, unit by unit, each unit with the place it stands for in the lane's own text.
// Views know nothing of detectors, findings or masks; they read units and write units.
import { Offsets } from './offsets.ts';

/**
 * A stretch of UTF-16 code units of some reading, with what each stands for in the lane.
 * Without `offsets` it is the lane's own text from offset `base` on, each unit standing for itself.
 */
export interface Run {
  readonly text: string;
  readonly base: number;
  readonly offsets: Offsets | undefined;
}

/** Lane offset of the first code unit that the unit stands for. */
export const startOf = (run: Run, index: number): number =>
  run.offsets ? run.offsets.start(index) : run.base + index;
/** Lane offset after the last code unit that the unit stands for. */
export const endOf = (run: Run, index: number): number =>
  run.offsets ? run.offsets.end(index) : run.base + index + 1;

/** Units [from, to) of a run, as a run. */
export function cut(run: Run, from: number, to: number): Run {
  const text = run.text.slice(from, to);
  if (!run.offsets) return { text, base: run.base + from, offsets: undefined };
  const offsets = new Offsets();
  offsets.copy(run.offsets, from, to);
  return { text, base: 0, offsets };
}

/** Units copied at once; fewer are cheaper one by one. */
const SLICE = 16;
/** Most arguments in one call. */
const ARGUMENTS = 4096;

/** A run that is being written. */
export class Units implements Run {
  readonly base = 0;
  readonly offsets = new Offsets();
  private written = '';
  private units: number[] = [];

  get text(): string {
    if (this.units.length > 0) this.write();
    return this.written;
  }

  get length(): number {
    return this.offsets.length;
  }

  /** Every unit of `text` stands for the same place. */
  put(text: string, start: number, end: number): void {
    if (text === '') return;
    this.offsets.all(start, end, text.length);
    for (let i = 0; i < text.length; i += 1) this.units.push(text.charCodeAt(i));
  }

  /** One unit. */
  unit(unit: number, start: number, end: number): void {
    this.offsets.all(start, end, 1);
    this.units.push(unit);
  }

  /** Units [from, to) of another run, unchanged. */
  copy(run: Run, from: number, to: number): void {
    if (from >= to) return;
    if (run.offsets) this.offsets.copy(run.offsets, from, to);
    else this.offsets.each(run.base + from, to - from);
    const { text } = run;
    if (to - from < SLICE) for (let i = from; i < to; i += 1) this.units.push(text.charCodeAt(i));
    else {
      this.write();
      this.written += text.slice(from, to);
    }
  }

  /** Units [from, to) of another run, each of which reads as one unit and stands for what it stood for. */
  copyAs(run: Run, from: number, to: number, read: (unit: number) => number): void {
    if (run.offsets) this.offsets.copy(run.offsets, from, to);
    else this.offsets.each(run.base + from, to - from);
    const { text } = run;
    for (let i = from; i < to; i += 1) this.units.push(read(text.charCodeAt(i)));
  }

  append(units: Units): void {
    this.copy(units, 0, units.length);
  }

  clone(): Units {
    const copy = new Units();
    copy.append(this);
    return copy;
  }

  private write(): void {
    for (let i = 0; i < this.units.length; i += ARGUMENTS)
      this.written += String.fromCharCode(...this.units.slice(i, i + ARGUMENTS));
    this.units = [];
  }
}

/** No place is waited for: after the end of every lane. A small integer, which costs least to compare and hand on. */
export const NOWHERE = 0x7fff_ffff;

/** Whether a unit may read differently in some view. */
export type Unsure = (text: string, at: number) => boolean;

/**
 * A reading that is the same as what it reads but for a few units (escapes, look-alikes). While nothing changes it costs
 * only the search for the first unit that might.
 */
export interface SparseView {
  readonly name: string;
  readonly kind: 'sparse';
  /** Whether something that reads differently may begin with this unit. Asked once for each unit there is. */
  mayChange(unit: number): boolean;
  /**
   * Whether something does, for all that is known, at a unit which may begin it. True when what comes next decides: the
   * next text, or a unit that is `unsure`, since another view may read it differently.
   */
  changesAt(text: string, at: number, unsure: Unsure): boolean;
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
  /** Whether any unit was written that differs from what was read. */
  readonly changed: boolean;
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

/**
 * Units that make up encoded runs, and how many in a row there have to be. One object for all views that share it: they are
 * then looked for once.
 */
export interface Alphabet {
  /** Asked once for each unit there is. */
  holds(unit: number): boolean;
  /** At most `LEFT_CONTEXT`. A shorter run is held from its start while it may still grow. */
  readonly shortest: number;
}

/**
 * A reading of stretches hidden in what it reads, each decoded into a text of its own (base64). Its extractor is handed
 * nothing but runs of its alphabet that are long enough, from their start, and what follows them until it is idle.
 */
export interface ExtractView {
  readonly name: string;
  readonly kind: 'extract';
  /** Undefined: its extractor is handed all of the text. */
  readonly alphabet: Alphabet | undefined;
  /** Of one without an alphabet: which of the units on its left it has to know, all of the last piece or letters and digits. */
  readonly left?: 'piece' | 'word';
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
