// How much a text varies: Shannon entropy of its characters. Knows nothing of languages; ./randomness.ts does.

/** Shannon entropy in bits per code unit, 0 for an empty text. Never above log2(length). */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const unit of text) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
