// The view `base64`: runs of at least 16 characters of either alphabet (RFC 4648 sections 4 and 5), decoded as they come,
// in all four alignments, since what stands before an encoded value may be written without a gap.
import { isBreak, Lines } from './base64-lines.ts';
import { PlausibleText } from './plausible.ts';
import { sextetOf } from './sextets.ts';
import {
  cut,
  type Extractor,
  type ExtractView,
  endOf,
  NOWHERE,
  type Opener,
  type Run,
  startOf,
  Units,
} from './view.ts';

/** Characters before a run counts as encoded. A shorter word is held from its start, since it may become one. */
export const SHORTEST_RUN = 16;

const isEncoded = (text: string, index: number): boolean => sextetOf(text.charCodeAt(index)) >= 0;

class Base64Extractor implements Extractor {
  /** A run that may become long enough to be decoded. */
  private head: Run | undefined;
  private decoders: PlausibleText[] | undefined;
  /** Of the run that is being decoded: characters so far, and the last one's value and place. */
  private count = 0;
  private last = 0;
  private lastStart = 0;
  /** A run that goes on over line breaks, beside its lines, and the index before which it has read the current run. */
  private lines: Lines | undefined;
  private linesRead = 0;

  get idle(): boolean {
    return this.head === undefined && this.decoders === undefined && this.lines === undefined;
  }

  get hold(): number {
    let hold = this.lines?.hold ?? NOWHERE;
    if (this.head) return Math.min(hold, startOf(this.head, 0));
    if (!this.decoders) return hold;
    hold = Math.min(hold, this.lastStart);
    for (const decoder of this.decoders) hold = Math.min(hold, decoder.hold);
    return hold;
  }

  read(run: Run, open: Opener): void {
    const { text } = run;
    if (this.lines) this.readLines(run, 0, open);
    else this.linesRead = 0;
    let i = 0;
    if (this.decoders) i = this.decode(run, 0, open);
    else if (this.head) i = this.lengthen(run, open);
    while (i < text.length) i = this.search(run, i, open);
    if (this.decoders) for (const decoder of this.decoders) decoder.flush();
  }

  end(): void {
    if (this.decoders) this.finish();
    this.head = undefined;
    this.lines?.end();
    this.lines = undefined;
  }

  clone(open: Opener): Extractor {
    const copy = new Base64Extractor();
    copy.head = this.head;
    copy.decoders = this.decoders?.map((decoder) => decoder.clone(open));
    copy.count = this.count;
    copy.last = this.last;
    copy.lastStart = this.lastStart;
    copy.lines = this.lines?.clone(open);
    return copy;
  }

  /** From the start of a word or a gap: skips what cannot be a run, and returns where to go on. */
  private search(run: Run, from: number, open: Opener): number {
    const { text } = run;
    const reach = Math.min(from + SHORTEST_RUN, text.length);
    // A run of 16 that starts at or after `from` and before `reach` covers the unit before `reach`.
    let start = reach;
    while (start > from && isEncoded(text, start - 1)) start -= 1;
    if (start === reach) return reach;
    if (reach === from + SHORTEST_RUN) return start > from ? start : this.decode(run, from, open);
    this.head = cut(run, start, reach);
    return reach;
  }

  /** A run that began in an earlier chunk goes on. */
  private lengthen(run: Run, open: Opener): number {
    const head = this.head!;
    const { text } = run;
    const need = SHORTEST_RUN - head.text.length;
    let i = 0;
    while (i < text.length && i < need && isEncoded(text, i)) i += 1;
    if (i === need) {
      this.head = undefined;
      this.decode(head, 0, open);
      return this.decode(run, 0, open);
    }
    this.head = i === text.length ? join(head, run) : undefined;
    return i;
  }

  /** Decodes from `from` on, and returns the index of the unit that ends the run. */
  private decode(run: Run, from: number, open: Opener): number {
    const { text } = run;
    const decoders = (this.decoders ??= Array.from({ length: 4 }, () => new PlausibleText()));
    for (let i = from; i < text.length; i += 1) {
      const sextet = sextetOf(text.charCodeAt(i));
      if (sextet < 0) {
        this.break(run, i, open);
        this.finish();
        return i;
      }
      const end = endOf(run, i);
      for (let phase = 0; phase < 4 && phase < this.count; phase += 1) {
        const within = (this.count - phase) & 3;
        if (within === 0) continue;
        const byte = ((this.last << (2 * within)) & 0xff) | (sextet >> (6 - 2 * within));
        decoders[phase]!.byte(byte, this.lastStart, end, open);
      }
      this.count += 1;
      this.last = sextet;
      this.lastStart = startOf(run, i);
    }
    return text.length;
  }

  /** A run has ended before unit `i`: if that is a line break after whole quanta, the run may go on behind it. */
  private break(run: Run, i: number, open: Opener): void {
    const wrapped = isBreak(run.text.charCodeAt(i)) && this.count % 4 === 0;
    if (!wrapped || this.lines || i < this.linesRead) return;
    this.decoders![0]!.flush();
    this.lines = new Lines(this.decoders![0]!.clone(open));
    this.readLines(run, i, open);
  }

  private readLines(run: Run, from: number, open: Opener): void {
    this.linesRead = this.lines!.read(run, from, open);
    if (!this.lines!.alive) this.lines = undefined;
  }

  private finish(): void {
    for (const decoder of this.decoders!) decoder.finish();
    this.decoders = undefined;
    this.count = 0;
  }
}

function join(left: Run, right: Run): Run {
  if (!left.offsets && !right.offsets)
    return { text: left.text + right.text, base: left.base, offsets: undefined };
  const units = new Units();
  units.copy(left, 0, left.text.length);
  units.copy(right, 0, right.text.length);
  return units;
}

export const base64: ExtractView = {
  name: 'base64',
  kind: 'extract',
  open: () => new Base64Extractor(),
};
