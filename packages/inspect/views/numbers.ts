// The view `numbers`: lists of figures that are characters' codes: `65 75 73`, `0x41, 0x4b`, `41:4b:49`, `01000001 01001011`,
// `101 113`. Read in every base that fits all of the list. It must not know what they say.
import { PlausibleText } from './plausible.ts';
import { DIGIT, isAlnum, kindOf, SHORT, SIGN, standing } from './standing.ts';
import { type Extractor, endOf, NOWHERE, type Opener, type Run, startOf } from './view.ts';

/** Units of one figure, and signs between two. */
const LONGEST = 10;
const WIDEST = 3;

/** How a figure is written in each base, and the base. Codes of ASCII characters begin with a digit in all of them. */
const BASES: readonly (readonly [form: RegExp, radix: number])[] = [
  [/^(?:0[xX])?([0-9A-Fa-f]{2})$/, 16],
  [/^([0-9]{2,3})$/, 10],
  [/^(?:0[bB])?([01]{7,8})$/, 2],
  [/^0?[oO]?([0-7]{2,3})$/, 8],
];
const ALL = (1 << BASES.length) - 1;
/** In no base a byte. */
const NONE = 256;

/** Codes of the figures met so far, in every base: they are few. Figures that fit none are not kept. */
const CODES = new Map<string, readonly number[]>();
const MOST_CODES = 4096;
/** Most figures that fit no base are told apart by their length, or by how they begin. */
const MAY_FIT = /^(?:[0-9][0-9A-Fa-f]|[0-9]{3}|0[0-7xXbBoO]?[0-9A-Fa-f]{2,3}|0[bB][01]{7,8}|[01]{7,8})$/;

/** The code that a figure stands for in each base, or NONE; undefined when it is one in none. */
function codesOf(figure: string): readonly number[] | undefined {
  const known = CODES.get(figure);
  if (known) return known;
  if (!MAY_FIT.test(figure)) return undefined;
  const codes = BASES.map(([form, radix]) => {
    const digits = form.exec(figure)?.[1];
    return digits === undefined ? NONE : Math.min(NONE, Number.parseInt(digits, radix));
  });
  if (codes.every((code) => code === NONE)) return undefined;
  if (CODES.size < MOST_CODES) CODES.set(figure, codes);
  return codes;
}

class Numbers implements Extractor {
  /** Whether the unit before is part of a word. */
  private within = false;
  /** The figure that is being read, or '' between two. */
  private figure = '';
  private start = 0;
  private last = 0;
  /** Signs since the last figure. */
  private gap = 0;
  /** A bit for each base in which the list so far can be read; 0 when there is none. */
  private bases = 0;
  /** What it says in each base. Made when first needed; one that is finished is as good as a new one. */
  private texts: readonly PlausibleText[] = [];
  private opener: Opener | undefined;

  get idle(): boolean {
    return this.figure === '' && this.bases === 0;
  }

  read(run: Run, open: Opener): void {
    const { text } = run;
    this.opener = open;
    for (let i = 0; i < text.length; ) {
      if (this.figure === '' && this.bases === 0) {
        i = this.search(text, i);
        if (i === text.length) return;
      }
      this.step(run, i, open);
      i += 1;
    }
    if (this.bases !== 0) for (const list of this.texts) list.flush();
  }

  /** The first digit at or after `from` that begins a word. */
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
        const kind = kindOf(text.charCodeAt(i));
        if (kind === DIGIT && !this.within) return i;
        this.within = kind !== SIGN;
      }
      if (i === text.length) return i;
    }
  }

  private step(run: Run, i: number, open: Opener): void {
    const unit = run.text.charCodeAt(i);
    const kind = kindOf(unit);
    if (this.figure !== '') {
      if (kind === SIGN) {
        this.take(open);
        this.gap = 1;
      } else if (this.figure.length < LONGEST) {
        this.figure += String.fromCharCode(unit);
        this.last = endOf(run, i);
      } else this.stop();
    } else if (kind === DIGIT && !this.within) {
      this.figure = String.fromCharCode(unit);
      this.start = startOf(run, i);
      this.last = endOf(run, i);
    } else if (this.bases !== 0) {
      if (kind !== SIGN || this.gap === WIDEST) this.stop();
      else this.gap += 1;
    }
    this.within = kind !== SIGN;
  }

  /** A figure is over: a list that it does not go on with is over as well, and it may begin another. */
  private take(open: Opener): void {
    const codes = codesOf(this.figure);
    this.figure = '';
    if (codes && this.bases !== 0 && this.readFigure(codes, open)) return;
    this.stop();
    if (!codes) return;
    if (this.texts.length === 0) this.texts = BASES.map(() => new PlausibleText());
    this.bases = ALL;
    this.readFigure(codes, open);
  }

  /** Whether the list goes on with a figure in some base. */
  private readFigure(codes: readonly number[], open: Opener): boolean {
    for (let index = 0; index < codes.length; index += 1) {
      const bit = 1 << index;
      if ((this.bases & bit) === 0) continue;
      const code = codes[index]!;
      const text = this.texts[index]!;
      if (code < NONE) text.byte(code, this.start, this.last, open);
      else {
        text.finish();
        this.bases &= ~bit;
      }
    }
    return this.bases !== 0;
  }

  private stop(): void {
    if (this.bases !== 0) for (const text of this.texts) text.finish();
    this.bases = 0;
    this.figure = '';
    this.gap = 0;
  }

  end(): void {
    if (this.figure !== '' && this.opener) this.take(this.opener);
    this.stop();
    this.within = false;
  }

  get hold(): number {
    let hold = this.figure === '' ? NOWHERE : this.start;
    if (this.bases !== 0) for (const text of this.texts) hold = Math.min(hold, text.hold);
    return hold;
  }

  clone(open: Opener): Extractor {
    const copy = new Numbers();
    copy.within = this.within;
    copy.figure = this.figure;
    copy.start = this.start;
    copy.last = this.last;
    copy.opener = this.opener && open;
    copy.gap = this.gap;
    copy.bases = this.bases;
    if (this.bases !== 0) copy.texts = this.texts.map((text) => text.clone(open));
    return copy;
  }
}

/** Units that are in no list of figures: letters that are no digits in any base and mark none. */
const FOREIGN = Uint8Array.from({ length: 0x1_0000 }, (_, unit) =>
  unit < 128 && /[g-zG-Z]/.test(String.fromCharCode(unit)) && !/[oOxX]/.test(String.fromCharCode(unit))
    ? 1
    : 0,
);
/** Eight figures of two digits, with a sign between: the shortest list. It may be begun at the text's end. */
const SHORTEST = 23;

/**
 * Where a list may begin at or after `from`. One that does covers every unit up to `from + SHORTEST`, and holds neither a
 * foreign unit nor more than a few signs in a row: so most units need not be looked at.
 */
function skip(text: string, from: number): number {
  let start = from;
  for (let known = from; ; ) {
    const probe = Math.min(start + SHORTEST, text.length);
    let signs = 0;
    let at = probe;
    for (; at > known; at -= 1) {
      const unit = text.charCodeAt(at - 1);
      if (FOREIGN[unit] === 1) break;
      signs = kindOf(unit) === SIGN ? signs + 1 : 0;
      if (signs > WIDEST) break;
    }
    if (at === known || probe === text.length) return begins(text, from, at === known ? start : at);
    start = at;
    known = probe;
  }
}

/** The beginning of the word at `at`. */
function begins(text: string, from: number, at: number): number {
  let start = at;
  while (start > from && isAlnum(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

export const numbers = standing('numbers', 'word', () => new Numbers());
