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

interface Base {
  /** Made for the first code that text may begin with: most figures are none. */
  text: PlausibleText | undefined;
  alive: boolean;
}

/** Whether a text may begin with a byte. */
const mayBegin = (byte: number): boolean =>
  (byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) && byte !== 0x7f;

class Numbers implements Extractor {
  /** Whether the unit before is part of a word. */
  private within = false;
  /** The figure that is being read, or '' between two. */
  private figure = '';
  private start = 0;
  private last = 0;
  /** Signs since the last figure. */
  private gap = 0;
  private bases: Base[] | undefined;
  private opener: Opener | undefined;

  get idle(): boolean {
    return this.figure === '' && this.bases === undefined;
  }

  read(run: Run, open: Opener): void {
    const { text } = run;
    this.opener = open;
    for (let i = 0; i < text.length; ) {
      if (this.figure === '' && this.bases === undefined) {
        i = this.search(text, i);
        if (i === text.length) return;
      }
      this.step(run, i, open);
      i += 1;
    }
    for (const { text: list } of this.bases ?? []) list?.flush();
  }

  /** The first digit at or after `from` that begins a word. */
  private search(text: string, from: number): number {
    let i = from;
    if (text.length - from > SHORT) {
      i = skip(text, from);
      if (i > from) this.within = isAlnum(text.charCodeAt(i - 1));
    }
    for (; i < text.length; i += 1) {
      const kind = kindOf(text.charCodeAt(i));
      if (kind === DIGIT && !this.within) return i;
      this.within = kind !== SIGN;
    }
    return i;
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
    } else if (this.bases) {
      if (kind !== SIGN || this.gap === WIDEST) this.stop();
      else this.gap += 1;
    }
    this.within = kind !== SIGN;
  }

  /** A figure is over: a list that it does not go on with is over as well, and it may begin another. */
  private take(open: Opener): void {
    const { figure } = this;
    const goesOn = this.bases !== undefined && this.readFigure(figure, open);
    if (!goesOn) {
      this.stop();
      this.bases = BASES.map(() => ({ text: undefined, alive: true }));
      if (!this.readFigure(figure, open)) this.stop();
    }
    this.figure = '';
  }

  private readFigure(figure: string, open: Opener): boolean {
    let alive = false;
    this.bases!.forEach((base, index) => {
      if (!base.alive) return;
      const [form, radix] = BASES[index]!;
      const digits = form.exec(figure)?.[1];
      const code = digits === undefined ? 256 : Number.parseInt(digits, radix);
      base.alive = code < 256;
      if (!base.alive) base.text?.finish();
      else if (base.text ?? mayBegin(code))
        (base.text ??= new PlausibleText()).byte(code, this.start, this.last, open);
      alive ||= base.alive;
    });
    return alive;
  }

  private stop(): void {
    for (const { text } of this.bases ?? []) text?.finish();
    this.bases = undefined;
    this.figure = '';
    this.gap = 0;
  }

  end(): void {
    if (this.figure !== '' && this.opener) this.take(this.opener);
    this.stop();
  }

  get hold(): number {
    let hold = this.figure === '' ? NOWHERE : this.start;
    for (const { text } of this.bases ?? []) if (text) hold = Math.min(hold, text.hold);
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
    copy.bases = this.bases?.map(({ text, alive }) => ({ text: text?.clone(open), alive }));
    return copy;
  }
}

/** Eight figures, each with a sign behind it, are no shorter; some digit stands within any few units of them. */
const STRIDE = 12;

function skip(text: string, from: number): number {
  const last = text.length - STRIDE - WIDEST - 2;
  for (let probe = from + STRIDE; probe < last; probe += STRIDE)
    for (let i = probe; i <= probe + WIDEST + 1; i += 1)
      if (kindOf(text.charCodeAt(i)) === DIGIT) return Math.max(from, begins(text, from, probe - STRIDE));
  return begins(text, from, Math.max(from, last - STRIDE));
}

/** The beginning of the word at `at`. */
function begins(text: string, from: number, at: number): number {
  let start = Math.max(from, at);
  while (start > from && isAlnum(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

export const numbers = standing('numbers', () => new Numbers());
