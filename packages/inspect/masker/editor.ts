// Edits one lane as it arrives: what is settled goes out, masked; what may still become a finding waits.
// The four promises (exact, safe, eager, bounded) are kept here and tested beside it. It must not know which views or
// detectors there are, and decides nothing: `treat` does.
import type { Finding, LaneEditor, LaneFormat } from '@sluice/types';
import type { LaneOptions } from '../api.ts';
import { type Candidate, inOrder } from '../scanner/candidate.ts';
import type { Plan } from '../scanner/plan.ts';
import { Scanner } from '../scanner/scanner.ts';
import type { Given } from '../seams/split.ts';
import { StreamCut } from './cut.ts';
import { EDITS, type Edit, type Region, regionAt } from './edits.ts';
import { JsonWriter } from './json-writer.ts';
import { BLIND, MASKS, styleOf } from './masks.ts';
import { type StandIn, StandIns } from './standins.ts';
import { NumberWriter, TextWriter, type Writer } from './writer.ts';

const WRITERS: Readonly<Record<LaneFormat, () => Writer>> = {
  text: () => new TextWriter(),
  json: () => new JsonWriter(),
  number: () => new NumberWriter(),
};

export class Editor implements LaneEditor {
  edits = 0;
  private readonly options: LaneOptions;
  private readonly scanner: Scanner;
  private readonly writer: Writer;
  private readonly standIns: StandIns | undefined;
  /** Plain text without stand-ins. */
  private readonly isText: boolean;
  /** The lane's text from `gone` on. */
  private text = '';
  private gone = 0;
  /** Edits in order, those from `next` on not yet carried out. */
  private waiting: Edit[] = [];
  private next = 0;
  /** Long regions that are told once they are over. */
  private unsettled: { readonly candidate: Candidate; readonly treatment: Edit['treatment'] }[] = [];
  /** A masked stretch has begun to go out. */
  private masking = false;
  /** Of `release: whole`: what would have gone out. */
  private kept: string | undefined;
  private ended = false;
  private cut: StreamCut | undefined;
  /** Told by the caller and not yet taken, in order. */
  private given: readonly Candidate[];

  constructor(plan: Plan, options: LaneOptions) {
    this.options = options;
    this.scanner = new Scanner(plan);
    this.writer = WRITERS[options.format ?? 'text']();
    this.standIns = options.restore && options.restore.size > 0 ? new StandIns(options.restore) : undefined;
    this.isText = (options.format ?? 'text') === 'text' && !this.standIns;
    this.kept = options.release === 'whole' ? '' : undefined;
    this.given = (options.given ?? []).map(candidateOf).sort(inOrder);
  }

  get held(): number {
    return this.text.length + this.writer.waiting + (this.kept?.length ?? 0);
  }

  push(chunk: string): string {
    if (this.cut) throw this.cut;
    this.text += chunk;
    this.scanner.push(this.standIns ? this.standIns.push(chunk) : chunk);
    const out = this.release();
    if (this.kept === undefined) return out;
    this.kept += out;
    return '';
  }

  end(): string {
    if (this.cut) throw this.cut;
    if (this.standIns) this.scanner.push(this.standIns.end());
    this.scanner.end();
    this.ended = true;
    const out = this.release() + this.writer.end();
    const whole = (this.kept ?? '') + out;
    this.kept = undefined;
    return whole;
  }

  private release(): string {
    const { hold } = this.scanner;
    if (this.isPlain) return this.take(hold - this.gone);
    this.learn(hold);
    let out = '';
    for (;;) {
      const written = this.masking ? this.mask(hold, out) : this.keep(hold, out);
      if (written === undefined) return out;
      out += written;
    }
  }

  /** Nothing is found, begun or written in another way: what is settled goes out as it is. */
  private get isPlain(): boolean {
    return (
      this.isText &&
      !this.scanner.hasFound &&
      this.given.length === 0 &&
      this.next === this.waiting.length &&
      this.unsettled.length === 0
    );
  }

  /** Takes what is known now and asks what to do with it. */
  private learn(hold: number): void {
    for (const candidate of this.known(hold)) {
      const { opener } = candidate;
      const finding = opener
        ? foundOf({ ...candidate, end: opener.end }, '')
        : this.settledFinding(candidate);
      const treatment = this.options.treat(finding, opener ? opener.value : candidate.value);
      if (opener) this.unsettled.push({ candidate, treatment });
      else this.options.onFinding(finding, treatment);
      if (EDITS[treatment.action])
        this.waiting.push({ candidate, finding, treatment, ...this.widened(candidate) });
    }
    if (this.unsettled.length > 0) this.tellSettled();
  }

  private known(hold: number): readonly Candidate[] {
    const found = this.scanner.take(hold);
    if (this.given.length === 0) return found;
    const told = this.given.filter(({ start }) => start < hold);
    this.given = this.given.slice(told.length);
    return [...found, ...told].sort(inOrder);
  }

  /** Long regions that are over; one that was seen in several readings is told once. */
  private tellSettled(): void {
    const same = (a: Candidate, b: Candidate): boolean => a.row === b.row && a.start === b.start;
    const ready = this.unsettled.filter(({ candidate }) =>
      this.unsettled.every((other) => !same(other.candidate, candidate) || other.candidate.settled),
    );
    if (ready.length === 0) return;
    this.unsettled = this.unsettled.filter((entry) => !ready.includes(entry));
    ready.forEach(({ candidate, treatment }, index) => {
      const before = ready
        .slice(0, index)
        .some((other) => same(other.candidate, candidate) && other.candidate.end === candidate.end);
      if (!before) this.options.onFinding(this.settledFinding(candidate), treatment);
    });
  }

  private settledFinding(candidate: Candidate): Finding {
    return foundOf(candidate, this.options.keyed.hash(candidate.kind, candidate.value));
  }

  /** A stand-in is masked whole or not at all. */
  private widened({ start, end }: Candidate): { start: number; end: number } {
    for (const standIn of this.standIns?.found ?? []) {
      if (standIn.start < end && start < standIn.end) {
        start = Math.min(start, standIn.start);
        end = Math.max(end, standIn.end);
      }
    }
    return { start, end };
  }

  /** Passes on what stays, up to the next stand-in, masked stretch or the hold. Undefined: nothing more can go out now. */
  private keep(hold: number, before: string): string | undefined {
    const standIn = this.standIns?.found[0];
    const region = this.region(hold);
    const limit = Math.min(hold, standIn?.start ?? hold, region?.start ?? hold);
    const atRegion = region?.start === limit;
    const atStandIn = standIn?.start === limit && !atRegion;
    const length = limit - this.gone;
    const whole = atStandIn || length === 0 || (this.ended && !atRegion);
    const settled = whole ? length : this.writer.settled(this.text, length);
    if (settled > 0) return this.writer.keep(this.take(settled));
    if (atRegion) return this.begin(region, hold, before);
    return atStandIn && standIn.end <= hold ? this.restore(standIn) : undefined;
  }

  private restore({ start, end, value }: StandIn): string {
    this.standIns!.found.shift();
    const text = this.take(end - start);
    if (value === undefined) return this.writer.keep(text);
    this.edits += 1;
    return this.writer.restore(text, value);
  }

  /** Begins a masked stretch if what stands for it is decided. */
  private begin(region: Region, hold: number, before: string): string | undefined {
    this.cutAt(region, before);
    const { leader, open, end, decided } = region;
    const style = styleOf(leader.treatment);
    if (open || end > hold ? !decided || !BLIND[style] : false) return undefined;
    const { candidate } = leader;
    const original = this.writer.plain(
      this.text.slice(Math.max(0, region.start - this.gone), end - this.gone),
    );
    const finding = candidate.settled ? this.settledFinding(candidate) : leader.finding;
    this.writer.open(MASKS[style]({ finding, value: candidate.value, original, keyed: this.options.keyed }));
    this.masking = true;
    this.edits += 1;
    return '';
  }

  /** Goes on with the masked stretch, which later findings may lengthen. */
  private mask(hold: number, before: string): string | undefined {
    const region = this.region(hold)!;
    this.cutAt(region, before);
    const until = Math.min(region.end, hold);
    const out = until > this.gone ? this.writer.mask(this.take(until - this.gone)) : undefined;
    while (this.standIns?.found[0] && this.standIns.found[0].start < this.gone) this.standIns.found.shift();
    if (region.open || region.end > hold) return out;
    this.next += region.members;
    this.masking = false;
    return (out ?? '') + this.writer.close();
  }

  private region(hold: number): Region | undefined {
    if (this.next < this.waiting.length) return regionAt(this.waiting, this.next, hold);
    if (this.next > 0) {
      this.waiting = [];
      this.next = 0;
    }
    return undefined;
  }

  private cutAt({ cut }: Region, before: string): void {
    if (!cut || this.options.cuts === false) return;
    this.cut = new StreamCut(cut.finding, this.kept === undefined ? before : '');
    throw this.cut;
  }

  private take(length: number): string {
    const { text } = this;
    if (length === 0) return '';
    this.gone += length;
    if (length === text.length) {
      this.text = '';
      return text;
    }
    this.text = text.slice(length);
    return text.slice(0, length);
  }
}

function foundOf(candidate: Candidate, hash: string): Finding {
  const { row, kind, start, end, confidence, view } = candidate;
  return { kind, detector: row.detector, start, end, confidence, view, late: false, hash };
}

/** What is told from outside comes after what the scanner finds in the same place. */
function candidateOf({ kind, detector, start, end, confidence, view, value }: Given): Candidate {
  const order = Number.MAX_SAFE_INTEGER;
  const row = { detector, kind, order, check: undefined, trim: undefined, region: undefined };
  return { row, kind, view, rank: 0, start, end, confidence, value, opener: undefined, settled: true };
}
