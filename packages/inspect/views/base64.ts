// The view `base64`: runs of at least 16 characters of either alphabet (RFC 4648 sections 4 and 5), decoded as they come,
// in all four alignments, since what stands before an encoded value may be written without a gap.
import { isBreak, Lines } from './base64-lines.ts';
import { PlausibleText } from './plausible.ts';
import { ENCODED, SHORTEST_RUN, sextetOf } from './sextets.ts';
import { type Extractor, type ExtractView, endOf, NOWHERE, type Opener, type Run, startOf } from './view.ts';

const isEncoded = (text: string, index: number): boolean => sextetOf(text.charCodeAt(index)) >= 0;

class Base64Extractor implements Extractor {
  /** A run that may become long enough to be decoded: of each character its value, start and end. */
  private readonly head = new Int32Array(3 * SHORTEST_RUN);
  private headLength = 0;
  /** Of the four alignments; made when first needed. */
  private decoders: readonly PlausibleText[] = [];
  private decoding = false;
  /** Of the run that is being decoded: characters so far, and the last one's value and place. */
  private count = 0;
  private last = 0;
  private lastStart = 0;
  /** A run that goes on over line breaks, beside its lines, and the index before which it has read the current run. */
  private lines: Lines | undefined;
  private linesRead = 0;

  get idle(): boolean {
    return this.headLength === 0 && !this.decoding && this.lines === undefined;
  }

  get hold(): number {
    let hold = this.lines?.hold ?? NOWHERE;
    if (this.headLength > 0) return Math.min(hold, this.head[1]!);
    if (!this.decoding) return hold;
    hold = Math.min(hold, this.lastStart);
    for (const decoder of this.decoders) hold = Math.min(hold, decoder.hold);
    return hold;
  }

  read(run: Run, open: Opener): void {
    const { text } = run;
    if (this.lines) this.readLines(run, 0, open);
    else this.linesRead = 0;
    let i = 0;
    if (this.decoding) i = this.decode(run, 0, open);
    else if (this.headLength > 0) i = this.lengthen(run, 0, open);
    while (i < text.length) i = this.search(run, i, open);
    if (this.decoding) for (const decoder of this.decoders) decoder.flush();
  }

  end(): void {
    if (this.decoding) this.finish();
    this.headLength = 0;
    this.lines?.end();
    this.lines = undefined;
  }

  clone(open: Opener): Extractor {
    const copy = new Base64Extractor();
    copy.head.set(this.head);
    copy.headLength = this.headLength;
    copy.decoding = this.decoding;
    if (this.decoding) copy.decoders = this.decoders.map((decoder) => decoder.clone(open));
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
    if (reach === from + SHORTEST_RUN && start > from) return start;
    return this.lengthen(run, start, open);
  }

  /** A run that is too short yet goes on with unit `from`; from 16 on it is decoded. Returns where it ends. */
  private lengthen(run: Run, from: number, open: Opener): number {
    const { text } = run;
    for (let i = from; i < text.length; i += 1) {
      const sextet = sextetOf(text.charCodeAt(i));
      if (sextet < 0) {
        this.headLength = 0;
        return i;
      }
      const at = 3 * this.headLength;
      this.head[at] = sextet;
      this.head[at + 1] = startOf(run, i);
      this.head[at + 2] = endOf(run, i);
      this.headLength += 1;
      if (this.headLength === SHORTEST_RUN) {
        this.decodeHead(open);
        return this.decode(run, i + 1, open);
      }
    }
    return text.length;
  }

  private decodeHead(open: Opener): void {
    if (this.decoders.length === 0) this.decoders = Array.from({ length: 4 }, () => new PlausibleText());
    this.decoding = true;
    for (let at = 0; at < this.head.length; at += 3)
      this.take(this.head[at]!, this.head[at + 1]!, this.head[at + 2]!, open);
    this.headLength = 0;
  }

  /** Decodes from `from` on, and returns the index of the unit that ends the run. */
  private decode(run: Run, from: number, open: Opener): number {
    const { text } = run;
    for (let i = from; i < text.length; i += 1) {
      const sextet = sextetOf(text.charCodeAt(i));
      if (sextet < 0) {
        this.break(run, i, open);
        this.finish();
        return i;
      }
      this.take(sextet, startOf(run, i), endOf(run, i), open);
    }
    return text.length;
  }

  /** With the one before it, a character makes a byte in each alignment but the one in which it begins a quantum. */
  private take(sextet: number, start: number, end: number, open: Opener): void {
    const { count, last, lastStart, decoders } = this;
    if (count > 0) decoders[(count - 1) & 3]!.byte((last << 2) | (sextet >> 4), lastStart, end, open);
    if (count > 1)
      decoders[(count - 2) & 3]!.byte(((last << 4) & 0xff) | (sextet >> 2), lastStart, end, open);
    if (count > 2) decoders[(count - 3) & 3]!.byte(((last << 6) & 0xff) | sextet, lastStart, end, open);
    this.count = count + 1;
    this.last = sextet;
    this.lastStart = start;
  }

  /** A run has ended before unit `i`: if that is a line break after whole quanta, the run may go on behind it. */
  private break(run: Run, i: number, open: Opener): void {
    const wrapped = isBreak(run.text.charCodeAt(i)) && this.count % 4 === 0;
    if (!wrapped || this.lines || i < this.linesRead) return;
    this.decoders[0]!.flush();
    this.lines = new Lines(this.decoders[0]!.clone(open));
    this.readLines(run, i, open);
  }

  private readLines(run: Run, from: number, open: Opener): void {
    this.linesRead = this.lines!.read(run, from, open);
    if (!this.lines!.alive) this.lines = undefined;
  }

  private finish(): void {
    for (const decoder of this.decoders) decoder.finish();
    this.decoding = false;
    this.count = 0;
  }
}

export const base64: ExtractView = {
  name: 'base64',
  kind: 'extract',
  alphabet: ENCODED,
  open: () => new Base64Extractor(),
};
