// Known values hidden in a text a letter at a time: as the first letters of words or of lines, or the last letters of lines.
// Everything but letters is passed over, and their case. It must not know what is done with what is found.
import type { ExactValue } from '../api.ts';
import type { Given } from './split.ts';

/** Letters of a value, one after the other, that give it away: 26^8 is beyond chance, and exact as a number. */
export const LETTERS = 8;
/** Different letters among them; fewer would be found in lists and refrains. */
const DIFFERENT = 4;
/** Units from the first letter to the last. What stands closer is spelled out, and read as that. */
const SHORTEST = 3 * LETTERS;
/** Words of one unit in a row, after which a text is spelled out, and left to the view that reads such. */
const SPELLED = 3;
const REST = 26 ** (LETTERS - 1);

/** 0 to 25 for a letter of ASCII in either case; -1 for everything else. */
function letterOf(code: number): number {
  const letter = (code | 0x20) - 0x61;
  return code < 0x80 && letter >= 0 && letter < 26 ? letter : -1;
}

/** Space and controls: what parts words. */
const SPACE = 0x20;
const isBreak = (code: number): boolean => code === 10 || code === 13;

/** Runs of letters that give a value away, as numbers to base 26, and the value. */
export class Acrostics {
  readonly #values = new Map<number, ExactValue>();
  /** Whether one letter follows another in some value, at 26 times the one plus the other. Few do, and most words end there. */
  readonly follows = new Uint8Array(26 * 26);

  constructor(values: readonly ExactValue[]) {
    for (const exact of values) {
      const letters = [...exact.value]
        .map((unit) => letterOf(unit.charCodeAt(0)))
        .filter((letter) => letter >= 0);
      for (let from = 0; from + LETTERS <= letters.length; from += 1) {
        const run = letters.slice(from, from + LETTERS);
        if (new Set(run).size < DIFFERENT) continue;
        for (let at = 1; at < LETTERS; at += 1) this.follows[run[at - 1]! * 26 + run[at]!] = 1;
        const code = run.reduce((sum, letter) => sum * 26 + letter, 0);
        if (!this.#values.has(code)) this.#values.set(code, exact);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  /** The value that a run belongs to. */
  of(code: number): ExactValue | undefined {
    return this.#values.get(code);
  }

  /** In a text that is whole: each stretch from a value's first letter to its last. */
  in(text: string): readonly Given[] {
    if (this.isEmpty || text.length < SHORTEST) return [];
    const reader = new AcrosticReader(this);
    const found: Given[] = [];
    for (const next of [...reader.push(text), ...reader.end()]) {
      const at = found.findIndex(
        ({ kind, view, end }) => kind === next.kind && view === next.view && end > next.start,
      );
      if (at < 0) found.push(next);
      else found[at] = { ...next, start: found[at]!.start };
    }
    return found;
  }
}

/** The letters of one reading that may belong to a value, and where they stand. */
class Letters {
  readonly #view: string;
  readonly #acrostics: Acrostics;
  #last = 0;
  #count = 0;
  #code = 0;
  readonly #places = new Float64Array(LETTERS);

  constructor(view: string, acrostics: Acrostics) {
    this.#view = view;
    this.#acrostics = acrostics;
  }

  /** The letter comes next. */
  add(letter: number, place: number, found: Given[]): void {
    if (this.#acrostics.follows[this.#last * 26 + letter] === 0) {
      this.#count = 0;
      this.#code = 0;
    }
    this.#last = letter;
    this.#code = (this.#code % REST) * 26 + letter;
    this.#places[this.#count % LETTERS] = place;
    this.#count += 1;
    if (this.#count >= LETTERS) this.#look(place + 1, found);
  }

  #look(end: number, found: Given[]): void {
    const exact = this.#acrostics.of(this.#code);
    const start = this.#places[this.#count % LETTERS]!;
    if (exact === undefined || end - start < SHORTEST) return;
    found.push({ ...exact, detector: 'acrostic', start, end, confidence: 0.9, view: this.#view });
  }
}

/** Reads a text as it grows. Each run of letters is told as soon as its last letter has come, at ends of lines with the line. */
export class AcrosticReader {
  readonly #words: Letters;
  readonly #lines: Letters;
  readonly #ends: Letters;
  /** Units before this chunk. */
  #before = 0;
  #inWord = false;
  #inLine = false;
  /** Place of this word, and how many words of one unit stand right before it. */
  #start = 0;
  #singles = 0;
  /** The last letter of this line so far, -1 when there is none, and its place. */
  #last = -1;
  #place = 0;

  constructor(acrostics: Acrostics) {
    this.#words = new Letters('first letters of words', acrostics);
    this.#lines = new Letters('first letters of lines', acrostics);
    this.#ends = new Letters('last letters of lines', acrostics);
  }

  push(chunk: string): readonly Given[] {
    const found: Given[] = [];
    let line = 0;
    for (let i = 0; i < chunk.length; i += 1) {
      let code = chunk.charCodeAt(i);
      // Within a word nothing but its end counts.
      while (this.#inWord && code > SPACE && ++i < chunk.length) code = chunk.charCodeAt(i);
      if (i === chunk.length) break;
      if (code <= SPACE) {
        if (this.#inWord) this.#singles = this.#before + i - this.#start > 1 ? 0 : this.#singles + 1;
        this.#inWord = false;
        if (!isBreak(code)) continue;
        this.#findLast(chunk, line, i);
        this.#endLine(found);
        line = i + 1;
      } else this.#begin(letterOf(code), this.#before + i, found);
    }
    this.#findLast(chunk, line, chunk.length);
    this.#before += chunk.length;
    return found;
  }

  #begin(letter: number, place: number, found: Given[]): void {
    if (letter < 0) return;
    this.#inWord = true;
    this.#start = place;
    if (this.#singles < SPELLED) this.#words.add(letter, place, found);
    if (this.#inLine) return;
    this.#inLine = true;
    this.#lines.add(letter, place, found);
  }

  #findLast(chunk: string, from: number, to: number): void {
    for (let i = to - 1; i >= from; i -= 1) {
      const letter = letterOf(chunk.charCodeAt(i));
      if (letter < 0) continue;
      this.#last = letter;
      this.#place = this.#before + i;
      return;
    }
  }

  #endLine(found: Given[]): void {
    this.#inLine = false;
    if (this.#last >= 0) this.#ends.add(this.#last, this.#place, found);
    this.#last = -1;
  }

  end(): readonly Given[] {
    const found: Given[] = [];
    this.#endLine(found);
    return found;
  }
}
