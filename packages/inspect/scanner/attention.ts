// Hands all of a text to the views that look for more than runs of an alphabet, from where something begins in it: on a
// stream most pieces begin nothing, and then one look at each unit answers for all of these views. It must not know what
// they read.
import { Ending, SHORT } from '../views/standing.ts';
import { NOWHERE, type Run } from '../views/view.ts';
import { copiesOf, type Handle, handlesOf, type Surroundings } from './extraction.ts';
import type { Extracts } from './path.ts';

export class Attention {
  readonly extracts: Extracts;
  private readonly around: Surroundings;
  /** Whether one of them waits for what may be put to a word. */
  private readonly pieces: boolean;
  private readonly ending = new Ending();
  private awake = false;
  /** Made when first needed; one that is idle and was ended is as good as a new one. */
  private handles: readonly Handle[] = [];

  /** With `from`, goes on independently from where that one is. */
  constructor(extracts: Extracts, around: Surroundings, from?: Attention) {
    this.extracts = extracts;
    this.around = around;
    this.pieces = extracts.branches.some(({ view }) => view.left === 'piece');
    if (!from) return;
    this.ending.copyFrom(from.ending);
    this.awake = from.awake;
    if (!from.awake) return;
    const copies = copiesOf(extracts, around, from.handles);
    // A view may add something here that adds nothing to what `from` reads.
    const fresh = handlesOf(extracts, around).filter(({ view }) => !copies.some((own) => own.view === view));
    this.tell(fresh);
    this.handles = [...copies, ...fresh];
  }

  /** Whether a fresh one would do the same from here on. */
  get idle(): boolean {
    return !this.awake && this.ending.isBare;
  }

  /** Lane offset from which something may still be found, or NOWHERE. */
  get hold(): number {
    if (!this.awake) {
      const units = this.ending.held(this.pieces);
      return units === 0 ? NOWHERE : this.around.placeBefore(units);
    }
    let hold = NOWHERE;
    for (const { extractor } of this.handles) hold = Math.min(hold, extractor.hold);
    return hold;
  }

  /** Reads the run, which the reading has not taken in yet. */
  read(run: Run): void {
    const { text } = run;
    if (!this.awake) {
      if (text.length <= SHORT && this.ending.quiet(text)) return;
      if (this.handles.length === 0) this.handles = handlesOf(this.extracts, this.around);
      this.tell(this.handles);
      this.awake = true;
    }
    for (const { extractor, open } of this.handles) extractor.read(run, open);
    this.ending.read(text);
    if (this.handles.every(({ extractor }) => extractor.idle)) this.end();
  }

  end(): void {
    if (this.awake) for (const { extractor } of this.handles) extractor.end();
    this.awake = false;
  }

  /** Makes extractors that have read nothing go on as if they had read all of the text. */
  private tell(handles: readonly Handle[]): void {
    for (const { view, extractor, open } of handles) {
      const units = this.ending.toldTo(view.left);
      if (units > 0) extractor.read(this.around.before(units), open);
    }
  }
}
