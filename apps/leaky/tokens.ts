// Cuts text into pieces of about the size of a model's tokens.

/** Up to four characters with the blank before them, or one other blank. Concatenated they are the text. */
const TOKEN = / ?\S{1,4}|\s/gu;

export function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

export interface Cut {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly why: 'end' | 'stop' | 'length';
  /** The stop sequence that was met. */
  readonly stop?: string;
}

/** The text up to the first stop sequence and to at most `most` tokens, whichever is shorter. */
export function cutText(text: string, stops: readonly string[], most: number): Cut {
  const met = stops
    .filter((stop) => stop !== '')
    .map((stop) => ({ stop, at: text.indexOf(stop) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at)[0];
  const tokens = tokensOf(met === undefined ? text : text.slice(0, met.at));
  if (tokens.length > most) {
    const kept = tokens.slice(0, most);
    return { text: kept.join(''), tokens: kept, why: 'length' };
  }
  return {
    text: tokens.join(''),
    tokens,
    ...(met === undefined ? { why: 'end' } : { why: 'stop', stop: met.stop }),
  };
}
