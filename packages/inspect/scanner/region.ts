// Long regions: what follows an opener is masked unit by unit until it ends, without waiting for the end.
// It must not know views or masks.
import { compile } from '@sluice/automata';

/** Whether a code unit may stand in the body of a region. */
export type BodyTest = (unit: number) => boolean;

/** Units of a character class, worked out as they are met. */
export function bodyTest(characterClass: string): BodyTest {
  const program = compile([{ patterns: [characterClass] }]);
  const known = new Int8Array(0x1_0000);
  return (unit) => {
    if (known[unit] === 0) {
      known[unit] = -1;
      program.scan(String.fromCharCode(unit), () => {
        known[unit] = 1;
        return true;
      });
    }
    return known[unit] === 1;
  };
}

export interface RegionRule {
  readonly body: BodyTest;
  readonly closer: string;
  readonly max: number;
}

/**
 * Reads what follows an opener. The region goes on while a unit may stand in its body or goes on with its closer; it ends
 * after the whole closer, before any other unit, or at its greatest length. So the beginning of a closer that is not
 * completed belongs to it as well, and nothing ever has to be waited for.
 */
export class RegionReader {
  private readonly rule: RegionRule;
  /** Units of the region so far, its opener included. */
  private length: number;
  /** Units of the closer that the text so far ends with. */
  private matched = 0;
  private readonly fallback: readonly number[];
  ended = false;

  constructor(rule: RegionRule, length: number, fallback: readonly number[] = fallbackOf(rule.closer)) {
    this.rule = rule;
    this.length = length;
    this.fallback = fallback;
  }

  /** Reads `text` from `from` on and returns how far the region goes; `ended` says whether it ends there. */
  read(text: string, from: number): number {
    const { body, closer, max } = this.rule;
    let i = from;
    for (; i < text.length; i += 1) {
      if (this.length >= max) break;
      this.advance(text.charCodeAt(i));
      if (this.matched === 0 && !body(text.charCodeAt(i))) break;
      this.length += 1;
      if (closer !== '' && this.matched === closer.length) {
        this.ended = true;
        return i + 1;
      }
    }
    this.ended = i < text.length || this.length >= max;
    return i;
  }

  clone(): RegionReader {
    const copy = new RegionReader(this.rule, this.length, this.fallback);
    copy.matched = this.matched;
    copy.ended = this.ended;
    return copy;
  }

  private advance(unit: number): void {
    const { closer } = this.rule;
    if (closer === '') return;
    while (this.matched > 0 && closer.charCodeAt(this.matched) !== unit)
      this.matched = this.fallback[this.matched - 1]!;
    if (closer.charCodeAt(this.matched) === unit) this.matched += 1;
  }
}

/** Knuth–Morris–Pratt: the length of the longest proper prefix that is also a suffix, for each prefix. */
function fallbackOf(word: string): number[] {
  const table = [0];
  for (let i = 1, k = 0; i < word.length; i += 1) {
    while (k > 0 && word[i] !== word[k]) k = table[k - 1]!;
    if (word[i] === word[k]) k += 1;
    table.push(k);
  }
  return table;
}
