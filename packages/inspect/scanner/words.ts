// Words of a user's list as patterns: literal, whole, without regard to case. It must not know where they are used.

const ASCII_WORD = /[0-9A-Za-z_]/;
const WORD = /[\p{L}\p{N}\p{M}_]/u;

/** A pattern that matches the text as it stands. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

export interface WordPattern {
  readonly pattern: string;
  /** Whether a word may begin after this text. `\b` knows ASCII letters only, so other letters are looked at here. */
  fits(left: string): boolean;
}

export function wordPattern(word: string): WordPattern {
  const characters = [...word];
  const first = characters[0] ?? '';
  const last = characters.at(-1) ?? '';
  const before = ASCII_WORD.test(first) ? '\\b' : '';
  const after = ASCII_WORD.test(last) ? '\\b' : '';
  return {
    pattern: `(?i)${before}${literal(word)}${after}`,
    fits: (left) => !WORD.test(first) || !WORD.test([...left.slice(-2)].at(-1) ?? ''),
  };
}
