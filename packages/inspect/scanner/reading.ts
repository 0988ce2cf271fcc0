// One reading of a lane and the readings laid over it. A sparse view shares the matcher of what it reads until the first
// unit that it changes, goes on with a copy, and is dropped again once both rest alike; so it costs nothing where it
// says nothing new. It must not know detectors, or what is done with findings.
import { LEFT_CONTEXT } from '../detector.ts';
import { Offsets } from '../views/offsets.ts';
import { nextSign, signsOf } from '../views/signs.ts';
import { cut, NOWHERE, type Run, type Segment, type Transducer, Units } from '../views/view.ts';
import { Attention } from './attention.ts';
import type { Candidate } from './candidate.ts';
import { Extraction, type Surroundings } from './extraction.ts';
import { Matcher } from './matcher.ts';
import { type Extracts, type Path, RAW, type SparseBranch } from './path.ts';
import type { Plan } from './plan.ts';

/** Units read between attempts to drop what reads the same again; an attempt is made after a space, where little is open. */
const STRETCH = 256;

/** A sparse view that reads differently for now. */
interface Apart {
  readonly branch: SparseBranch;
  readonly transducer: Transducer;
  readonly reading: Reading;
}

/** What all readings of a lane share. */
export interface Lane {
  readonly plan: Plan;
  /** Where candidates go, in the order in which they settle. */
  readonly found: Candidate[];
}

export class Reading implements Segment, Surroundings {
  private readonly lane: Lane;
  private readonly path: Path;
  private readonly matcher: Matcher;
  private apart: readonly Apart[] = [];
  /** The signs of the sparse views that read the same so far. */
  private watched: number;
  private readonly extractions: readonly (Extraction | Attention)[];

  /** With `from`, goes on independently from where that one is. */
  constructor(lane: Lane, path: Path = RAW, from?: Reading) {
    this.lane = lane;
    this.path = path;
    const places = path.name === RAW.name ? undefined : new Offsets();
    this.matcher = from
      ? from.matcher.copy(path.name)
      : new Matcher(lane.plan, lane.found, path.name, places);
    this.watched = path.signs;
    if (from && from.apart.length > 0) this.partLike(from);
    this.extractions = path.extracts.map((extracts) => this.extraction(extracts, from));
  }

  push(run: Run): void {
    const { text } = run;
    for (let i = 0; i < text.length; ) {
      const apart = this.apart.length > 0;
      const until = this.firstChange(text, i, apart ? stretchFrom(text, i) : text.length);
      if (until === i) this.part(text, i);
      else {
        this.advance(i === 0 && until === text.length ? run : cut(run, i, until));
        if (apart) this.rejoin();
        i = until;
      }
    }
  }

  end(): void {
    this.matcher.end();
    for (const { transducer, reading } of this.apart) {
      const rest = new Units();
      transducer.end(rest);
      reading.push(rest);
      reading.end();
    }
    for (const extraction of this.extractions) extraction.end();
  }

  get hold(): number {
    let { hold } = this.matcher;
    for (const { transducer, reading } of this.apart) hold = Math.min(hold, transducer.pending, reading.hold);
    for (const extraction of this.extractions) hold = Math.min(hold, extraction.hold);
    return hold;
  }

  before(units: number): Run {
    return this.matcher.before(units);
  }

  placeBefore(units: number): number {
    return this.matcher.placeBefore(units);
  }

  open(path: Path, from: Segment | undefined): Segment {
    return new Reading(this.lane, path, from instanceof Reading ? from : undefined);
  }

  /** A view that reads differently from what `from` reads does so from this as well. */
  private partLike(from: Reading): void {
    for (const { branch, transducer, reading } of from.apart) {
      const own = this.path.sparse.find(({ view }) => view === branch.view);
      if (own) this.add(own, transducer.clone(), reading);
    }
  }

  /** Goes on where the one of the same alphabet in `from` is. */
  private extraction(extracts: Extracts, from: Reading | undefined): Extraction | Attention {
    const own = from?.extractions.find(({ extracts: { sign } }) => sign === extracts.sign);
    return extracts.sign === 0
      ? new Attention(extracts, this, own instanceof Attention ? own : undefined)
      : new Extraction(extracts, this, own instanceof Extraction ? own : undefined);
  }

  /** Index of the first unit from `from` on that a view which reads the same so far may change, or `to`. */
  private firstChange(text: string, from: number, to: number): number {
    const { watched } = this;
    if (watched === 0) return to;
    for (let i = nextSign(text, from, to, watched); i < to; i = nextSign(text, i + 1, to, watched))
      if (this.changes(text, i)) return i;
    return to;
  }

  private changes(text: string, at: number): boolean {
    const signs = signsOf(text.charCodeAt(at)) & this.watched;
    return (
      signs !== 0 &&
      this.path.sparse.some(
        ({ view, sign }) => (sign & signs) !== 0 && view.changesAt(text, at, this.path.unsure),
      )
    );
  }

  private part(text: string, at: number): void {
    const signs = signsOf(text.charCodeAt(at)) & this.watched;
    for (const branch of this.path.sparse)
      if ((branch.sign & signs) !== 0 && branch.view.changesAt(text, at, this.path.unsure))
        this.add(branch, branch.view.open(), this);
  }

  private add(branch: SparseBranch, transducer: Transducer, from: Reading): void {
    this.apart = [
      ...this.apart,
      { branch, transducer, reading: new Reading(this.lane, branch.path(), from) },
    ];
    this.watched &= ~branch.sign;
  }

  private rejoin(): void {
    const same = this.isIdle ? this.apart.filter((child) => this.readsLike(child)) : [];
    if (same.length === 0) return;
    this.apart = this.apart.filter((child) => !same.includes(child));
    for (const { branch } of same) this.watched |= branch.sign;
  }

  private readsLike({ transducer, reading }: Apart): boolean {
    if (transducer.pending !== NOWHERE || !reading.isIdle || reading.apart.length > 0) return false;
    // What began like an escape was none: the two do not differ in any part.
    if (!transducer.changed) return !reading.matcher.inRegion;
    return transducer.sameFor >= LEFT_CONTEXT && this.matcher.restsLike(reading.matcher);
  }

  private get isIdle(): boolean {
    return this.extractions.every(({ idle }) => idle);
  }

  private advance(run: Run): void {
    for (const extraction of this.extractions) extraction.read(run);
    this.matcher.push(run);
    for (const { transducer, reading } of this.apart) {
      const units = new Units();
      transducer.read(run, units);
      reading.push(units);
    }
  }
}

function stretchFrom(text: string, from: number): number {
  const space = /\s/g;
  space.lastIndex = from + STRETCH;
  return space.lastIndex < text.length && space.exec(text) ? space.lastIndex : text.length;
}
