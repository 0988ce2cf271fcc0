// Chance with a seed: the same draws on every run. It must not know what is drawn for.

export interface Draw {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** As many characters of the alphabet. */
  text(alphabet: string, length: number): string;
}

const DIGITS = '0123456789';
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const LARGE = SMALL.toUpperCase();

export const UNITS = {
  digits: DIGITS,
  hex: `${DIGITS}abcdef`,
  small: SMALL,
  large: LARGE,
  letters: LARGE + SMALL,
  word: DIGITS + LARGE + SMALL,
  base32: `${LARGE}234567`,
  base64: `${LARGE}${SMALL}${DIGITS}+/`,
  url: `${LARGE}${SMALL}${DIGITS}-_`,
} as const;

/** mulberry32, whose low bits are as good as its high ones. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    pick: (from) => from[below(from.length)]!,
    text: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
  };
}
