// Looks for runs that extracting views may decode, on their behalf: their extractors sleep until a run of their alphabet is
// long enough, and again once they are idle. So a text without such runs costs one look at every few units, however many
// views there are. It must not know what they decode.
import { has } from '../views/signs.ts';
import {
  cut,
  type Extractor,
  type ExtractView,
  NOWHERE,
  type Opener,
  type Run,
  type Segment,
} from '../views/view.ts';
import type { Branch, Extracts, Path } from './path.ts';

/** What a reading lends. */
export interface Surroundings {
  /** The last units before the run that is being read; at most `LEFT_CONTEXT`. */
  before(units: number): Run;
  /** The lane offset of the first of the last `units` units. */
  placeBefore(units: number): number;
  open(path: Path, from: Segment | undefined): Segment;
}

export interface Handle {
  readonly view: ExtractView;
  readonly extractor: Extractor;
  readonly open: Opener;
}

const opener =
  ({ path }: Branch<ExtractView>, around: Surroundings): Opener =>
  (from) =>
    around.open(path(), from);

/** An extractor for each view. */
export const handlesOf = ({ branches }: Extracts, around: Surroundings): readonly Handle[] =>
  branches.map((branch) => ({
    view: branch.view,
    extractor: branch.view.open(),
    open: opener(branch, around),
  }));

/** For each view that has one, an extractor that goes on independently from where that one is. */
export const copiesOf = (
  { branches }: Extracts,
  around: Surroundings,
  handles: readonly Handle[],
): readonly Handle[] =>
  handles.flatMap(({ view, extractor }) => {
    const branch = branches.find((own) => own.view === view);
    if (!branch) return [];
    const open = opener(branch, around);
    return [{ view, extractor: extractor.clone(open), open }];
  });

export class Extraction {
  readonly extracts: Extracts;
  private readonly around: Surroundings;
  /** Asleep: units of the alphabet that the text ends with, fewer than make a run. */
  private count = 0;
  private awake = false;
  /** Made when first needed; one that is idle is as good as a new one. */
  private handles: readonly Handle[] = [];

  /** With `from`, goes on independently from where that one is. */
  constructor(extracts: Extracts, around: Surroundings, from?: Extraction) {
    this.extracts = extracts;
    this.around = around;
    if (!from) return;
    this.count = from.count;
    this.awake = from.awake;
    if (!from.awake) return;
    this.handles = copiesOf(extracts, around, from.handles);
  }

  get idle(): boolean {
    return this.count === 0 && !this.awake;
  }

  /** Lane offset from which something may still be found, or NOWHERE. */
  get hold(): number {
    if (!this.awake) return this.count === 0 ? NOWHERE : this.around.placeBefore(this.count);
    let hold = NOWHERE;
    for (const { extractor } of this.handles) hold = Math.min(hold, extractor.hold);
    return hold;
  }

  /** Reads the run, which the reading has not taken in yet. */
  read(run: Run): void {
    const { length } = run.text;
    let i = 0;
    while (i < length) {
      if (this.awake) i = this.feed(run, i);
      else {
        const start = this.search(run.text, i);
        if (start === NOWHERE) return;
        this.wake();
        if (start < 0) this.hand(this.around.before(-start));
        i = Math.max(0, start);
      }
    }
  }

  end(): void {
    if (this.awake) for (const { extractor } of this.handles) extractor.end();
    this.awake = false;
    this.count = 0;
  }

  private wake(): void {
    if (this.handles.length === 0) this.handles = handlesOf(this.extracts, this.around);
    this.awake = true;
    this.count = 0;
  }

  private hand(run: Run): void {
    for (const { extractor, open } of this.handles) extractor.read(run, open);
  }

  /** Hands on the rest of a run and the unit that ends it. Returns where to go on. */
  private feed(run: Run, from: number): number {
    const { text } = run;
    const { sign } = this.extracts;
    let to = from;
    while (to < text.length && has(text.charCodeAt(to), sign)) to += 1;
    const ends = to < text.length;
    if (ends) to += 1;
    this.hand(from === 0 && to === text.length ? run : cut(run, from, to));
    if (ends && this.handles.every(({ extractor }) => extractor.idle)) this.awake = false;
    return to;
  }

  /**
   * The index at which the first run that is long enough begins; below 0 when units before this text belong to it;
   * NOWHERE when there is none. A run that starts at or after `from` covers every unit up to `from + shortest`: so most
   * units need not be looked at.
   */
  private search(text: string, from: number): number {
    const { sign, shortest } = this.extracts;
    let start = from - this.count;
    let known = from;
    for (;;) {
      const probe = Math.min(start + shortest, text.length);
      let at = probe;
      while (at > known && has(text.charCodeAt(at - 1), sign)) at -= 1;
      if (at === known) {
        if (probe === start + shortest) return start;
        this.count = probe - start;
        return NOWHERE;
      }
      start = at;
      known = probe;
      if (probe === text.length) {
        this.count = probe - start;
        return NOWHERE;
      }
    }
  }
}
