// A text with the place that is meant between ‹ and ›: the text without the marks, and where they stood.

export interface Marked {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export function marked(source: string): Marked {
  const from = source.indexOf('‹');
  const to = source.indexOf('›');
  if (from < 0 || to < from) throw new Error('the text has no marks');
  const before = source.slice(0, from);
  const line = before.split('\n').length;
  return {
    text: source.replace('‹', '').replace('›', ''),
    line,
    column: from - before.lastIndexOf('\n'),
    length: to - from - 1,
  };
}
