// Weighing of words: a request is not a phrase but several signs that stand together. Words only; it knows no detector.

/** A sign and what it adds. */
export type Sign = readonly [words: RegExp, weight: number];

/** The sum of the weights of the signs that the text shows. */
export function weigh(text: string, signs: readonly Sign[]): number {
  let sum = 0;
  for (const [words, weight] of signs) if (words.test(text)) sum += weight;
  return sum;
}

/** What stands before in the same sentence: a request is made in one. Dots inside of names and numbers end nothing. */
export function sentence(left: string): string {
  for (let i = left.length - 1; i > 0; i -= 1) {
    const unit = left[i]!;
    if (unit === '。' || unit === '！' || unit === '？' || unit === '।') return left.slice(i + 1);
    if ((unit === ' ' || unit === '\n') && '.!?'.includes(left[i - 1]!)) return left.slice(i + 1);
    if (unit === '\n' && left[i - 1] === '\n') return left.slice(i + 1);
  }
  return left;
}

/** Confidence of a sum: a finding from `least` on, and never certain. */
export function confidenceOf(sum: number, least: number): number | false {
  return sum >= least - 1e-9 ? Math.min(0.95, 0.45 + sum / 2) : false;
}
