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

export function standing(name: string, open: () => Extractor): ExtractView {
  return { name, kind: 'extract', alphabet: undefined, open };
}
