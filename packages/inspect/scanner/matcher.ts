// Finds matches in one reading: a cursor over the automata, the checks behind it, the long regions that are open, and
// the places that units stand for. It must not know which views there are, or what is done with findings.
import type { Cursor } from '@sluice/automata';
import { LEFT_CONTEXT, type Match } from '../detector.ts';
import { Offsets } from '../views/offsets.ts';
import { NOWHERE, type Run } from '../views/view.ts';
import type { Candidate } from './candidate.ts';
import { CONFIDENCE, LIMIT_KIND, type Plan, type Row } from './plan.ts';
import { RegionReader } from './region.ts';

/** Stands for each unit of a stand-in: nothing that a match consists of alone is worth telling. */
export const OPAQUE = '\ufffc';
const ONLY_OPAQUE = new RegExp(`^${OPAQUE}+$`);

/** The name of a reading, and which of two that see the same span is believed: the lower rank. */
export interface Name {
  readonly view: string;
  readonly rank: number;
}

interface Region {
  /** Unit before which it ends, as far as it has been read. */
  end: number;
  /** Undefined once it is over. */
  open: { readonly reader: RegionReader; readonly candidate: Candidate } | undefined;
}

const NOTHING: Run = { text: '', base: 0, offsets: undefined };

export class Matcher {
  private readonly plan: Plan;
  private readonly found: Candidate[];
  private readonly name: Name;
  private readonly cursor: Cursor;
  private readonly places: Offsets | undefined;
  /** The last long region of each row that knows any. */
  private readonly regions: Map<Row, Region>;
  /** The run that is being read, and the number of the unit it begins with. */
  private run = NOTHING;
  private runFrom = 0;

  /**
   * Candidates go to `found` as they settle. Without `places` every unit stands for itself.
   * With `from`, goes on independently from where that one is.
   */
  constructor(plan: Plan, found: Candidate[], name: Name, places: Offsets | undefined, from?: Matcher) {
    this.plan = plan;
    this.found = found;
    this.name = name;
    this.places = places;
    const accept = (group: number, pattern: number, start: number, end: number): boolean =>
      this.accept(group, pattern, start, end);
    const limit = (group: number, start: number, end: number): void => this.tooLong(group, start, end);
    this.cursor = from ? from.cursor.clone(accept, limit) : plan.program.cursor(accept, limit);
    this.regions = new Map();
    if (from) this.goOnWith(from.regions);
  }

  /** An independent copy under another name, at the same place. */
  copy(name: Name): Matcher {
    const places = this.places?.clone() ?? new Offsets();
    if (!this.places && this.position > 0) places.each(0, this.position);
    return new Matcher(this.plan, this.found, name, places, this);
  }

  push(run: Run): void {
    this.run = run;
    this.runFrom = this.position;
    if (this.places) append(this.places, run);
    if (this.regions.size > 0)
      for (const region of this.regions.values()) this.readOn(region, run.text, 0, this.runFrom);
    this.cursor.push(run.text);
    if (this.places) this.places.forget(Math.max(0, this.cursor.open - LEFT_CONTEXT));
  }

  /** The last units that have been read, at most `LEFT_CONTEXT`. */
  before(units: number): Run {
    const from = this.position - units;
    const text = this.cursor.slice(from, this.position);
    if (!this.places) return { text, base: from, offsets: undefined };
    const offsets = new Offsets();
    offsets.copy(this.places, from, this.position);
    return { text, base: 0, offsets };
  }

  /** The lane offset of the first of the last `units` units that have been read. */
  placeBefore(units: number): number {
    const from = this.position - units;
    return this.places ? this.places.start(from) : from;
  }

  end(): void {
    this.run = NOTHING;
    this.runFrom = this.position;
    this.cursor.end();
    for (const region of this.regions.values()) this.settle(region);
  }

  /** Lane offset from which something may still be found, or NOWHERE. An open region is no reason to wait. */
  get hold(): number {
    const { open, position } = this.cursor;
    if (open === position) return NOWHERE;
    return this.places ? this.places.start(open) : open;
  }

  /** Whether both will find the same in the same text from here on, and nothing is open in either. */
  restsLike(other: Matcher): boolean {
    return !this.inRegion && !other.inRegion && this.cursor.restsLike(other.cursor);
  }

  private get position(): number {
    return this.cursor.position;
  }

  /** Whether a long region is open. */
  get inRegion(): boolean {
    for (const { open } of this.regions.values()) if (open) return true;
    return false;
  }

  private accept(group: number, pattern: number, start: number, end: number): boolean {
    const { cursor } = this;
    const row = this.plan.rows[group]!;
    const region = row.region && this.regions.get(row);
    if (region && start < region.end) return false;
    const text = cursor.slice(start, end);
    const left = row.check || row.trim ? cursor.slice(Math.max(0, start - LEFT_CONTEXT), start) : '';
    const match: Match = { text, left, pattern };
    const verdict = row.check ? row.check(match) : CONFIDENCE;
    if (verdict === false) return false;
    const told = typeof verdict === 'number' ? undefined : verdict;
    const confidence = typeof verdict === 'number' ? verdict : verdict.confidence;
    const [from, to] = told?.span ?? (row.trim ? row.trim(match) : [0, text.length]);
    const value = text.slice(from, to);
    if (value === '' || ONLY_OPAQUE.test(value)) return false;
    if (row.region) this.openRegion(row, start, end, confidence);
    else
      this.found.push(
        this.candidate(row, told?.kind ?? row.kind, start + from, start + to, confidence, value),
      );
    return true;
  }

  private tooLong(group: number, start: number, end: number): void {
    const row = this.plan.rows[group]!;
    const value = this.cursor.slice(start, end);
    this.found.push(this.candidate(row, LIMIT_KIND, start, end, 1, value));
  }

  private candidate(
    row: Row,
    kind: string,
    start: number,
    end: number,
    confidence: number,
    value: string,
  ): Candidate {
    const { view, rank } = this.name;
    const [from, to] = this.places ? [this.places.start(start), this.places.end(end - 1)] : [start, end];
    return {
      row,
      kind,
      view,
      rank,
      start: from,
      end: to,
      confidence,
      value,
      opener: undefined,
      settled: true,
    };
  }

  /** Reads all that is known of what follows an opener at once, so that no opener within the region is taken for one. */
  private openRegion(row: Row, start: number, end: number, confidence: number): void {
    const { cursor } = this;
    const value = cursor.slice(start, end);
    const placed = this.candidate(row, row.kind, start, end, confidence, value);
    const candidate: Candidate = { ...placed, opener: { end: placed.end, value }, settled: false };
    this.found.push(candidate);
    const region: Region = { end, open: { reader: new RegionReader(row.region!, end - start), candidate } };
    this.regions.set(row, region);
    const before = end < this.runFrom ? cursor.slice(end, this.runFrom) : '';
    this.readOn(region, before, 0, end);
    this.readOn(region, this.run.text, Math.max(0, end - this.runFrom), this.runFrom);
  }

  /** `text` begins with unit `base`; what stands before index `from` has been read. */
  private readOn(region: Region, text: string, from: number, base: number): void {
    if (!region.open) return;
    const { reader, candidate } = region.open;
    const until = reader.read(text, from);
    if (until > from) {
      region.end = base + until;
      candidate.value += text.slice(from, until);
      candidate.end = this.places ? this.places.end(region.end - 1) : region.end;
    }
    if (reader.ended) this.settle(region);
  }

  private settle(region: Region): void {
    if (region.open) region.open.candidate.settled = true;
    region.open = undefined;
  }

  /** Regions that are open in another matcher are open here as well, each with a candidate of its own. */
  private goOnWith(regions: ReadonlyMap<Row, Region>): void {
    for (const [row, { end, open }] of regions) {
      if (!open) {
        this.regions.set(row, { end, open });
        continue;
      }
      const candidate = { ...open.candidate, ...this.name };
      this.found.push(candidate);
      this.regions.set(row, { end, open: { reader: open.reader.clone(), candidate } });
    }
  }
}

function append(offsets: Offsets, run: Run): void {
  if (run.offsets) offsets.copy(run.offsets, 0, run.text.length);
  else offsets.each(run.base, run.text.length);
}
