// The view `spelled`: characters written one by one, always with the same few signs between them: `A K I A`, `a-b-c`, one a
// line. Eight or more count; digits alone only when they may be a card's, so that a table of figures is none.
import { DIGIT, isAlnum, kindOf, SHORT, SIGN, standing } from './standing.ts';
import {
  type Extractor,
  endOf,
  NOWHERE,
  type Opener,
  type Run,
  type Segment,
  startOf,
  Units,
} from './view.ts';

/** Characters that count as a word spelled out. */
const LEAST = 8;
const LEAST_DIGITS = 13;
const MOST_DIGITS = 19;
/** Signs between two characters. */
const WIDEST = 4;

interface Unit {
  readonly unit: number;
  readonly start: number;
  readonly end: number;
}

const isSpace = (unit: number): boolean => unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0;

class Spelled implements Extractor {
  /** Whether the unit before is part of a word. */
  private within = false;
  /** The last character, which belongs to the list unless a word goes on with it. */
  private last: Unit | undefined;
  /** Signs between characters, once known; those read since `last`. */
  private gap: readonly number[] | undefined;
  private seen: readonly Unit[] = [];
  /** Characters before `last` that have not been handed on, and how many there have been. */
  private items = new Units();
  private count = 0;
  private digits = true;
  private segment: Segment | undefined;
  private opener: Opener | undefined;

  get idle(): boolean {
    return this.last === undefined;
  }

  read(run: Run, open: Opener): void {
    const { text } = run;
    this.opener = open;
    for (let i = 0; i < text.length; i += 1) {
      if (!this.last) {
        i = this.search(text, i);
        if (i === text.length) break;
        // A letter behind it makes it a word's, which is what nearly all are.
        if (i + 1 < text.length && isAlnum(text.charCodeAt(i + 1))) {
          this.within = true;
          i += 1;
          continue;
        }
      }
      this.step(text.charCodeAt(i), startOf(run, i), endOf(run, i), open);
    }
    this.flush();
  }

  end(): void {
    if (this.opener) this.finish(this.opener);
    this.within = false;
  }

  /** The first character at or after `from` that begins a word. */
  private search(text: string, from: number): number {
    for (let i = from; ; ) {
      let until = text.length;
      if (until - i > SHORT) {
        const start = skip(text, i);
        if (start > i) this.within = isAlnum(text.charCodeAt(start - 1));
        i = start;
        until = Math.min(until, i + SHORTEST);
      }
      for (; i < until; i += 1) {
        const word = isAlnum(text.charCodeAt(i));
        if (word && !this.within) return i;
        this.within = word;
      }
      if (i === text.length) return i;
    }
  }

  private step(unit: number, start: number, end: number, open: Opener): void {
    const alnum = kindOf(unit) !== SIGN;
    const { last, gap, seen } = this;
    if (!last) {
      if (alnum && !this.within) this.last = { unit, start, end };
      this.within = alnum;
    } else if (alnum && seen.length === 0) {
      // The last character begins a word.
      this.last = undefined;
      if (this.count > 0) this.finish(open);
      this.within = true;
    } else if (!gap) {
      if (alnum) {
        this.gap = seen.map((sign) => sign.unit);
        this.add({ unit, start, end }, open);
      } else if (seen.length < WIDEST) this.seen = [...seen, { unit, start, end }];
      else {
        this.last = undefined;
        this.seen = [];
        this.within = false;
      }
    } else if (seen.length < gap.length ? unit === gap[seen.length] : !isSpace(unit)) {
      if (seen.length < gap.length) this.seen = [...seen, { unit, start, end }];
      else this.add({ unit, start, end }, open);
    } else this.again({ unit, start, end }, open);
  }

  /** The list is over; its last character may begin another. */
  private again(now: Unit, open: Opener): void {
    const rest = [this.last!, ...this.seen, now];
    this.finish(open);
    this.within = false;
    for (const { unit, start, end } of rest) this.step(unit, start, end, open);
  }

  /** A further character: the last one belongs to the list. */
  private add(now: Unit, open: Opener): void {
    this.keep(open);
    this.last = now;
    this.seen = [];
  }

  private keep(open: Opener): void {
    const { last } = this;
    if (!last) return;
    this.count += 1;
    this.digits &&= kindOf(last.unit) === DIGIT;
    if (this.digits && this.count > MOST_DIGITS) this.items = new Units();
    else this.items.put(String.fromCharCode(last.unit), last.start, last.end);
    // Digits that were too many have been let go.
    if (!this.segment && !this.digits && this.items.length === this.count && this.count >= LEAST)
      this.segment = open();
  }

  private finish(open: Opener): void {
    this.keep(open);
    const { count, items } = this;
    if (!this.segment && this.digits && count >= LEAST_DIGITS && count <= MOST_DIGITS) this.segment = open();
    if (this.segment) {
      if (items.length > 0) this.segment.push(items);
      this.segment.end();
    }
    this.reset();
  }

  private flush(): void {
    if (!this.segment || this.items.length === 0) return;
    this.segment.push(this.items);
    this.items = new Units();
  }

  private reset(): void {
    this.within = false;
    this.last = undefined;
    this.gap = undefined;
    this.seen = [];
    this.items = new Units();
    this.count = 0;
    this.digits = true;
    this.segment = undefined;
  }

  get hold(): number {
    const first = this.items.length > 0 ? this.items.offsets.start(0) : NOWHERE;
    return Math.min(first, this.last?.start ?? NOWHERE, this.segment?.hold ?? NOWHERE);
  }

  clone(open: Opener): Extractor {
    const copy = new Spelled();
    copy.within = this.within;
    copy.opener = this.opener && open;
    copy.last = this.last;
    copy.gap = this.gap;
    copy.seen = this.seen;
    copy.items = this.items.clone();
    copy.count = this.count;
    copy.digits = this.digits;
    copy.segment = this.segment && open(this.segment);
    return copy;
  }
}

/** Units of the shortest list, which may be begun at the text's end. */
const SHORTEST = 2 * LEAST - 1;

/**
 * Where a list may begin at or after `from`. One that does covers every unit up to `from + SHORTEST`, and holds no two
 * letters or digits in a row (signs it may, they can be characters of it): so most units need not be looked at.
 */
function skip(text: string, from: number): number {
  let start = from;
  for (let known = from; ; ) {
    const probe = Math.min(start + SHORTEST, text.length);
    let word = false;
    let at = probe;
    for (; at > known; at -= 1) {
      const alnum = isAlnum(text.charCodeAt(at - 1));
      if (alnum && word) break;
      word = alnum;
    }
    if (at === known || probe === text.length) return at === known ? start : at;
    start = at;
    known = probe;
  }
}

export const spelled = standing('spelled', 'word', () => new Spelled());
