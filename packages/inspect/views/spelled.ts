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
  }

  /** The first character at or after `from` that begins a word. */
  private search(text: string, from: number): number {
    let i = from;
    if (text.length - from > SHORT) {
      i = skip(text, from);
      if (i > from) this.within = isAlnum(text.charCodeAt(i - 1));
    }
    for (; i < text.length; i += 1) {
      const word = isAlnum(text.charCodeAt(i));
      if (word && !this.within) return i;
      this.within = word;
    }
    return i;
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

/** Whether signs stand around single characters from `at` on, `period` units apart. */
function repeats(text: string, at: number, period: number): boolean {
  const sign = text.charCodeAt(at);
  if (text.charCodeAt(at + period) !== sign || text.charCodeAt(at + 2 * period) !== sign) return false;
  let letters = 0;
  for (let i = at + 1; i < at + period; i += 1) if (isAlnum(text.charCodeAt(i))) letters += 1;
  return letters <= 1;
}

/** Units between probes: the shortest list is longer by what a probe looks at. */
const STRIDE = 7;
/** Units before the end that are not skipped. */
const TAIL = 3 * (WIDEST + 1) + 1;

/** Every list holds a place with signs around two characters within any few units. */
function skip(text: string, from: number): number {
  const last = text.length - TAIL;
  for (let probe = from + STRIDE; probe < last; probe += STRIDE) {
    for (let at = probe; at <= probe + WIDEST; at += 1) {
      if (isAlnum(text.charCodeAt(at))) continue;
      for (let period = 2; period <= WIDEST + 1; period += 1)
        if (repeats(text, at, period)) return Math.max(from, probe - STRIDE);
    }
  }
  return Math.max(from, last - STRIDE);
}

export const spelled = standing('spelled', () => new Spelled());
