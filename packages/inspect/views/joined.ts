// The view `joined`: pieces of string literals that code puts together: `"AKIA" + "IOSF"`, `'a' . 'b'`, `"a" "b"`. A piece is
// the last word of a literal, so that no more than a word waits for what may be put to it. It must not know languages.
import { Begun, SHORT, standing } from './standing.ts';
import { type Extractor, NOWHERE, type Opener, type Run, type Segment, Units } from './view.ts';

/** Units of the first piece, and between two literals. */
const LONGEST = 64;
const WIDEST = 24;

const unitsOf = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 128 }, (_, unit) => (pattern.test(String.fromCharCode(unit)) ? 1 : 0));

const QUOTES = unitsOf(/["'`]/);
/** What words of values consist of. */
const PIECE = unitsOf(/[0-9A-Za-z%./:=@_+-]/);
/** Operators that put texts together, and what else stands between two literals. A comma parts the fields of JSON. */
const GLUE = unitsOf(/[\s+.&|~<>\\(){}$]/);
const holds = (table: Uint8Array, unit: number): boolean => unit < 128 && table[unit] === 1;

/** Where the text is: within a word, between two literals, or behind the quote that opens one. */
type Place = 'word' | 'between' | 'opened';

class Joined implements Extractor {
  private place: Place = 'word';
  /** The word so far, while nothing has been put to it; with more units than may wait it is no piece. */
  private word = new Begun(LONGEST + 1);
  private gap = 0;
  private segment: Segment | undefined;
  private more = new Units();

  get idle(): boolean {
    return this.place === 'word' && this.word.length === 0 && !this.segment;
  }

  get hold(): number {
    const { length, start } = this.word;
    const word = length > 0 && length <= LONGEST ? start : NOWHERE;
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
        for (let at = start; at < i && this.word.length <= LONGEST; at += 1) this.word.add(run, at);
      if (i === text.length) return i;
      if (quoted && this.word.length > 0 && this.word.length <= LONGEST) {
        this.place = 'between';
        this.gap = 0;
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
    if (holds(QUOTES, text.charCodeAt(i))) {
      this.place = 'between';
      this.gap = 0;
    } else this.stop();
    return i + 1;
  }

  /** A unit between two literals, or the first of one. What puts nothing to the last piece may begin a word. */
  private step(run: Run, i: number, open: Opener): void {
    const unit = run.text.charCodeAt(i);
    if (this.place === 'between') {
      if (holds(QUOTES, unit)) this.place = 'opened';
      else if (holds(GLUE, unit) && this.gap < WIDEST) this.gap += 1;
      else this.over(run, i);
    } else if (holds(PIECE, unit)) {
      this.segment ??= this.begin(open);
      this.place = 'word';
      this.more.copy(run, i, i + 1);
    } else this.over(run, i);
  }

  private over(run: Run, i: number): void {
    this.stop();
    if (holds(PIECE, run.text.charCodeAt(i))) this.word.add(run, i);
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
  const least = Math.max(from, start - LONGEST - 2);
  while (start > least && holds(PIECE, text.charCodeAt(start - 1))) start -= 1;
  return start;
}

export const joined = standing('joined', () => new Joined());
