// One reading of a lane and the readings laid over it. A sparse view shares the matcher of what it reads until the first
// unit that it changes, goes on with a copy, and is dropped again once both rest alike; so it costs nothing where it
// says nothing new. It must not know detectors, or what is done with findings.
import { LEFT_CONTEXT } from '../detector.ts';
import { addsTo, MAX_DEPTH, VIEWS } from '../views/index.ts';
import { Offsets } from '../views/offsets.ts';
import {
  cut,
  type Extractor,
  type ExtractView,
  NOWHERE,
  type Run,
  type Segment,
  type SparseView,
  type Transducer,
  Units,
  type View,
} from '../views/view.ts';
import type { Candidate } from './candidate.ts';
import { Matcher, type Name } from './matcher.ts';
import type { Plan } from './plan.ts';

/** Units read between attempts to drop what reads the same again; an attempt is made after a space, where little is open. */
const STRETCH = 256;

/** Whether some sparse view may read an ASCII unit differently; of all others, some may. */
const LIVELY = Uint8Array.from({ length: 128 }, (_, unit) =>
  VIEWS.some((view) => view.kind === 'sparse' && view.mayChange(unit)) ? 1 : 0,
);
/** Units up to which it is quicker to look at each than to ask every view. */
const SHORT = 64;

function isLively(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 128 || LIVELY[unit] === 1) return true;
  }
  return false;
}

/** `apart` while it reads differently. */
interface Sparse {
  readonly view: SparseView;
  apart: { readonly transducer: Transducer; readonly reading: Reading } | undefined;
}

interface Extract {
  readonly view: ExtractView;
  readonly extractor: Extractor;
  readonly open: (from?: Segment) => Segment;
}

/** What all readings of a lane share. */
export interface Lane {
  readonly plan: Plan;
  /** Where candidates go, in the order in which they settle. */
  readonly found: Candidate[];
}

export class Reading implements Segment {
  private readonly lane: Lane;
  /** Names of the views, outermost first. */
  private readonly path: readonly string[];
  private readonly matcher: Matcher;
  private readonly sparse: Sparse[] = [];
  private readonly extracts: Extract[] = [];
  /** How many of the sparse views are apart. */
  private parted: number;

  /** With `from`, goes on independently from where that one is. */
  constructor(lane: Lane, path: readonly string[] = [], from?: Reading) {
    this.lane = lane;
    this.path = path;
    const name = nameOf(path);
    const places = path.length > 0 ? new Offsets() : undefined;
    this.matcher = from ? from.matcher.copy(name) : new Matcher(lane.plan, lane.found, name, places);
    for (const view of viewsOver(path)) {
      if (view.kind === 'sparse') this.sparse.push({ view, apart: from && this.apartAs(view, from) });
      else this.extracts.push(this.extract(view, from));
    }
    this.parted = this.sparse.filter((child) => child.apart).length;
  }

  push(run: Run): void {
    const { text } = run;
    if (this.parted === 0 && text.length <= SHORT && !isLively(text)) {
      this.advance(run);
      return;
    }
    const changes = this.sparse.map(() => -1);
    for (let i = 0; i < text.length; ) {
      const change = this.firstChange(text, i, changes);
      if (change === i) this.part(text, i);
      else {
        const apart = this.parted > 0;
        const until = apart ? Math.min(change, stretchFrom(text, i)) : change;
        this.advance(i === 0 && until === text.length ? run : cut(run, i, until));
        if (apart) this.rejoin();
        i = until;
      }
    }
  }

  end(): void {
    this.matcher.end();
    for (const { apart } of this.sparse) {
      if (!apart) continue;
      const rest = new Units();
      apart.transducer.end(rest);
      apart.reading.push(rest);
      apart.reading.end();
    }
    for (const { extractor } of this.extracts) extractor.end();
  }

  get hold(): number {
    let { hold } = this.matcher;
    if (this.parted > 0)
      for (const { apart } of this.sparse)
        if (apart) hold = Math.min(hold, apart.transducer.pending, apart.reading.hold);
    for (const { extractor } of this.extracts) hold = Math.min(hold, extractor.hold);
    return hold;
  }

  /** A view that reads differently from what `from` reads does so from this as well. */
  private apartAs(view: View, from: Reading): Sparse['apart'] {
    const apart = from.sparse.find((child) => child.view === view)?.apart;
    return (
      apart && {
        transducer: apart.transducer.clone(),
        reading: new Reading(this.lane, [...this.path, view.name], apart.reading),
      }
    );
  }

  private extract(view: ExtractView, from: Reading | undefined): Extract {
    const path = [...this.path, view.name];
    const open = (segment?: Segment): Segment =>
      new Reading(this.lane, path, segment instanceof Reading ? segment : undefined);
    const before = from?.extracts.find((child) => child.view === view)?.extractor;
    return { view, extractor: before ? before.clone(open) : view.open(), open };
  }

  /**
   * Index of the first unit at or after `from` that a view which reads the same so far may change, or the length.
   * `changes` remembers the answer of each view, so that none looks at a text twice.
   */
  private firstChange(text: string, from: number, changes: number[]): number {
    let first = text.length;
    this.sparse.forEach(({ view, apart }, index) => {
      if (apart) return;
      if (changes[index]! < from) {
        const at = view.trigger(text, from);
        changes[index] = at < 0 ? text.length : at;
      }
      first = Math.min(first, changes[index]!);
    });
    return first;
  }

  private part(text: string, at: number): void {
    for (const child of this.sparse) {
      if (child.apart || child.view.trigger(text, at) !== at) continue;
      const reading = new Reading(this.lane, [...this.path, child.view.name], this);
      child.apart = { transducer: child.view.open(), reading };
      this.parted += 1;
    }
  }

  private rejoin(): void {
    for (const child of this.sparse) {
      if (!child.apart) continue;
      const { transducer, reading } = child.apart;
      if (transducer.pending !== NOWHERE || transducer.sameFor < LEFT_CONTEXT) continue;
      if (!this.isIdle || !reading.isIdle || reading.parted > 0) continue;
      if (!this.matcher.restsLike(reading.matcher)) continue;
      child.apart = undefined;
      this.parted -= 1;
    }
  }

  private get isIdle(): boolean {
    return this.extracts.every(({ extractor }) => extractor.idle);
  }

  private advance(run: Run): void {
    this.matcher.push(run);
    if (this.parted > 0) this.advanceApart(run);
    for (const { extractor, open } of this.extracts) extractor.read(run, open);
  }

  private advanceApart(run: Run): void {
    for (const { apart } of this.sparse) {
      if (!apart) continue;
      const units = new Units();
      apart.transducer.read(run, units);
      apart.reading.push(units);
    }
  }
}

function viewsOver(path: readonly string[]): readonly View[] {
  return path.length < MAX_DEPTH ? VIEWS.filter((view) => addsTo(path.at(-1) ?? 'raw', view)) : [];
}

/** Fewer views rank before more, and each as it stands in the table. */
function nameOf(path: readonly string[]): Name {
  const rank = path.reduce(
    (sum, name) => sum * (VIEWS.length + 1) + VIEWS.findIndex((view) => view.name === name) + 1,
    0,
  );
  return { view: path.length === 0 ? 'raw' : path.join('>'), rank };
}

function stretchFrom(text: string, from: number): number {
  const space = /\s/g;
  space.lastIndex = from + STRETCH;
  return space.lastIndex < text.length && space.exec(text) ? space.lastIndex : text.length;
}
