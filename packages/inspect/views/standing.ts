// What extractors share that look for more than runs of an alphabet and are handed all of a text: what units are, and room
// for the few that may have begun something. It must not know what is looked for.
import { type Extractor, type ExtractView, endOf, type Run, startOf, type Units } from './view.ts';

/** Kinds of units, by unit; units beyond ASCII are signs. */
export const SIGN = 0;
export const LETTER = 1;
export const DIGIT = 2;
const KINDS = Uint8Array.from({ length: 0x1_0000 }, (_, unit) => {
  const letter = String.fromCharCode(unit);
  return unit > 127 ? SIGN : /[0-9]/.test(letter) ? DIGIT : /[A-Za-z]/.test(letter) ? LETTER : SIGN;
});
export const kindOf = (unit: number): number => KINDS[unit]!;
export const isAlnum = (unit: number): boolean => KINDS[unit] !== SIGN;

/** Units that are not worth a search. */
export const SHORT = 48;

/** The first units of something that may have begun, each with its place: cheap to fill and to forget. */
export class Begun {
  private readonly ints: Int32Array;
  length = 0;

  constructor(capacity: number) {
    this.ints = new Int32Array(3 * capacity);
  }

  /** Adds a unit of a run. */
  add(run: Run, index: number): void {
    const at = 3 * this.length;
    this.ints[at] = run.text.charCodeAt(index);
    this.ints[at + 1] = startOf(run, index);
    this.ints[at + 2] = endOf(run, index);
    this.length += 1;
  }

  /** Lane offset of the first. */
  get start(): number {
    return this.ints[1]!;
  }

  write(out: Units): void {
    for (let at = 0; at < 3 * this.length; at += 3)
      out.put(String.fromCharCode(this.ints[at]!), this.ints[at + 1]!, this.ints[at + 2]!);
  }

  copyFrom(other: Begun): void {
    this.ints.set(other.ints);
    this.length = other.length;
  }
}

const unitsOf = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 0x1_0000 }, (_, unit) =>
    unit < 128 && pattern.test(String.fromCharCode(unit)) ? 1 : 0,
  );
/** What words of values consist of, and what literals stand between: tables over all code units. */
export const PIECE = unitsOf(/[0-9A-Za-z%./:=@_+-]/);
export const QUOTES = unitsOf(/["'`]/);
/** Units of a word that another may be put to. */
export const LONGEST_PIECE = 64;

/** Units of a word that say all that the extractors ask of a longer one: whether it is short enough. */
const TOLD_PIECE = LONGEST_PIECE + 1;
const TOLD_WORD = 11;

/**
 * The end of a text in which none of them has begun anything: how long the words are that it ends with. So they need not
 * be asked as long as a text is `quiet`, and are told the end when it no longer is.
 */
export class Ending {
  /** Units of pieces, and of letters and digits: the latter are no more. */
  private piece = 0;
  private word = 0;

  /** Reads on if nothing begins in `text`: no literal is closed, no character stands alone, no word begins with a digit. */
  quiet(text: string): boolean {
    let { piece, word } = this;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      const kind = KINDS[unit]!;
      if (kind === SIGN) {
        if (word === 1) return false;
        word = 0;
        if (PIECE[unit] === 1) piece += 1;
        else if (piece > 0 && piece <= LONGEST_PIECE && QUOTES[unit] === 1) return false;
        else piece = 0;
      } else {
        if (word === 0 && kind === DIGIT) return false;
        word += 1;
        piece += 1;
      }
    }
    this.piece = piece;
    this.word = word;
    return true;
  }

  /** Reads on, whatever begins. */
  read(text: string): void {
    let at = text.length;
    while (at > 0 && isAlnum(text.charCodeAt(at - 1)) && text.length - at < TOLD_PIECE) at -= 1;
    this.word = at === 0 ? this.word + text.length : text.length - at;
    while (at > 0 && PIECE[text.charCodeAt(at - 1)] === 1 && text.length - at < TOLD_PIECE) at -= 1;
    this.piece = at === 0 ? this.piece + text.length : text.length - at;
  }

  /** Units that the extractor is to be told, so that it goes on as if it had read the text. */
  toldTo(left: ExtractView['left']): number {
    return left === 'piece' ? Math.min(this.piece, TOLD_PIECE) : Math.min(this.word, TOLD_WORD);
  }

  /** Units that what comes next may make part of something. */
  held(pieces: boolean): number {
    return pieces && this.piece <= LONGEST_PIECE ? this.piece : Number(this.word === 1);
  }

  /** Whether the text ends with no word. */
  get isBare(): boolean {
    return this.piece === 0;
  }

  copyFrom(other: Ending): void {
    this.piece = other.piece;
    this.word = other.word;
  }
}

export function standing(
  name: string,
  left: NonNullable<ExtractView['left']>,
  open: () => Extractor,
): ExtractView {
  return { name, kind: 'extract', alphabet: undefined, left, open };
}
