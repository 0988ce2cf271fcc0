// The view `joined`: pieces of string literals that code puts together: `"AKIA" + "IOSF"`, `'a' . 'b'`, `"a" "b"`. A piece is
// the last word of a literal, so that no more than a word waits for what may be put to it. It must not know languages.
import { Begun, LONGEST_PIECE, PIECE, QUOTES, SHORT, standing } from './standing.ts';
import { type Extractor, NOWHERE, type Opener, type Run, type Segment, Units } from './view.ts';

/** Units between two literals. */
const WIDEST = 24;

/** Operators that put texts together, and what else stands between two literals. A comma parts the fields of JSON. */
const GLUE = Uint8Array.from({ length: 0x1_0000 }, (_, unit) =>
  unit < 128 && /[\s+.&|~<>\\(){}$]/.test(String.fromCharCode(unit)) ? 1 : 0,
);
const holds = (table: Uint8Array, unit: number): boolean => table[unit] === 1;

/** Where the text is: within a word, between two literals, or behind the quote that opens one. */
type Place = 'word' | 'between' | 'opened';

class Joined implements Extractor {
  private place: Place = 'word';
  /** The word so far, while nothing has been put to it; with more units than may wait it is no piece. */
  private word = new Begun(LONGEST_PIECE + 1);
  private gap = 0;
  /** The last units of the gap, which are part of a word if it turns out to be none. */
  private tail = new Begun(WIDEST);
  private segment: Segment | undefined;
  private more = new Units();

  get idle(): boolean {
    return this.place === 'word' && !this.segment;
  }

  get hold(): number {
    const { length, start } = this.word;
    const word = length > 0 && length <= LONGEST_PIECE ? start : NOWHERE;
    return Math.min(word, this.segment?.hold ?? NOWHERE);
  }

  read(run: Run, open: Opener): void {
    const { text } = run;
    for (let i = 0; i < text.length; ) {
      if (this.place !== 'word') {
        this.step(run, i, open);
        i += 1;
      } else i = this.segment ? this.goOn(run, i) : this.search(run, i);
    }
    this.flush();
  }

  end(): void {
    this.stop();
  }

  clone(open: Opener): Extractor {
    const copy = new Joined();
    copy.place = this.place;
    copy.word.copyFrom(this.word);
    copy.gap = this.gap;
    copy.tail.copyFrom(this.tail);
    copy.segment = this.segment && open(this.segment);
    copy.more = this.more.clone();
    return copy;
  }

  /** Reads words until one ends with a quote, and returns where to go on. */
  private search(run: Run, from: number): number {
    const { text } = run;
    let i = this.word.length === 0 && text.length - from > SHORT ? skip(text, from) : from;
    for (let start = i; ; i += 1) {
      const unit = i < text.length ? text.charCodeAt(i) : 0;
      if (holds(PIECE, unit)) continue;
      const quoted = holds(QUOTES, unit);
      if (i === text.length || quoted)
        for (let at = start; at < i && this.word.length <= LONGEST_PIECE; at += 1) this.word.add(run, at);
      if (i === text.length) return i;
      if (quoted && this.word.length > 0 && this.word.length <= LONGEST_PIECE) {
        this.close();
        return i + 1;
      }
      this.word.length = 0;
      start = i + 1;
    }
  }

  /** A piece that has been put to another goes on. */
  private goOn(run: Run, from: number): number {
    const { text } = run;
    let i = from;
    while (i < text.length && holds(PIECE, text.charCodeAt(i))) i += 1;
    this.more.copy(run, from, i);
    if (i === text.length) return i;
    if (holds(QUOTES, text.charCodeAt(i))) this.close();
    else this.stop();
    return i + 1;
  }

  private close(): void {
    this.place = 'between';
    this.gap = 0;
    this.tail.length = 0;
  }

  /** A unit between two literals, or the first of one. What puts nothing to the last piece may begin a word. */
  private step(run: Run, i: number, open: Opener): void {
    const unit = run.text.charCodeAt(i);
    if (this.place === 'between') {
      if (holds(QUOTES, unit)) this.place = 'opened';
      else if (holds(GLUE, unit) && this.gap < WIDEST) {
        this.gap += 1;
        if (holds(PIECE, unit)) this.tail.add(run, i);
        else this.tail.length = 0;
      } else this.over(run, i);
    } else if (holds(PIECE, unit)) {
      this.segment ??= this.begin(open);
      this.place = 'word';
      this.more.copy(run, i, i + 1);
    } else this.over(run, i);
  }

  private over(run: Run, i: number): void {
    this.stop();
    if (!holds(PIECE, run.text.charCodeAt(i))) return;
    this.word.copyFrom(this.tail);
    this.word.add(run, i);
  }

  private begin(open: Opener): Segment {
    this.word.write(this.more);
    this.word.length = 0;
    return open();
  }

  private stop(): void {
    this.flush();
    this.segment?.end();
    this.segment = undefined;
    this.place = 'word';
    this.word.length = 0;
  }

  private flush(): void {
    if (!this.segment || this.more.length === 0) return;
    this.segment.push(this.more);
    this.more = new Units();
  }
}

const JOINT = /["'`][\s+.&|~<>\\(){}$]{0,24}["'`]/g;
const LAST_JOINT = /["'`][\s+.&|~<>\\(){}$]{0,24}$/;

/** The beginning of the word before the next joint, or of what may become one at the text's end. */
function skip(text: string, from: number): number {
  JOINT.lastIndex = from;
  const joint = JOINT.exec(text);
  let start = joint ? joint.index : text.length;
  if (!joint) {
    const tail = Math.max(from, text.length - WIDEST - 1);
    const last = LAST_JOINT.exec(text.slice(tail));
    if (last) start = tail + last.index;
  }
  const least = Math.max(from, start - LONGEST_PIECE - 2);
  while (start > least && holds(PIECE, text.charCodeAt(start - 1))) start -= 1;
  return start;
}

export const joined = standing('joined', 'piece', () => new Joined());
