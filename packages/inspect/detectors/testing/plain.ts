// An independent reading of a row, for tests: V8 regular expressions tried at every start and every end, so that
// leftmost-longest holds by construction. Slow on purpose, for short texts only; knows no automaton.
import { type Detector, LEFT_CONTEXT } from '../../detector.ts';

export interface PlainFinding {
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly pattern: number;
}

/** Longest match of the pattern that starts at `start`, as [end, pattern], or undefined. */
function longestAt(detector: Detector, text: string, start: number): readonly [number, number] | undefined {
  let best: readonly [number, number] | undefined;
  const most = Math.min(text.length, start + (detector.maxLength ?? 1024));
  for (const [pattern, source] of detector.patterns.entries()) {
    const greedy = new RegExp(source, `y${detector.ignoreCase ? 'i' : ''}`);
    greedy.lastIndex = start;
    if (!greedy.test(text)) continue;
    // V8 prefers the first alternative; the longest is found by asking for each end, the far ones first.
    for (let end = most; end > (best?.[0] ?? start); end -= 1) {
      const exact = new RegExp(`(?:${source})(?<=^[^]{${end}})`, `y${detector.ignoreCase ? 'i' : ''}`);
      exact.lastIndex = start;
      if (exact.test(text)) {
        best = [end, pattern];
        break;
      }
    }
  }
  return best;
}

/** What the row finds in the text read as it stands, with a region followed to its end. */
export function findPlainly(detector: Detector, text: string): PlainFinding[] {
  const found: PlainFinding[] = [];
  for (let start = 0; start < text.length; ) {
    const longest = longestAt(detector, text, start);
    const match = longest && {
      text: text.slice(start, longest[0]),
      left: text.slice(Math.max(0, start - LEFT_CONTEXT), start),
      pattern: longest[1],
    };
    const verdict = match && (detector.check ? detector.check(match) : 0.9);
    if (!match || verdict === false || verdict === undefined) {
      start += 1;
      continue;
    }
    let end = start + match.text.length;
    const told = typeof verdict === 'number' ? undefined : verdict;
    const confidence = typeof verdict === 'number' ? verdict : verdict.confidence;
    const [from, to] = told?.span ?? (detector.trim ? detector.trim(match) : [0, match.text.length]);
    if (detector.region) {
      const { body, closer, max } = detector.region;
      const unit = new RegExp(body);
      const close = closer === '' ? -1 : text.indexOf(closer, start);
      while (
        end < text.length &&
        end - start < max &&
        end !== close + closer.length &&
        (unit.test(text[end]!) || (close >= 0 && end >= close))
      )
        end += 1;
      found.push({ start, end, confidence, pattern: match.pattern });
    } else found.push({ start: start + from, end: start + to, confidence, pattern: match.pattern });
    start = Math.max(end, start + 1);
  }
  return found;
}

/** Removes the marks around the value: the text, and the span that they enclosed. */
export function unmark(marked: string): { text: string; spans: { start: number; end: number }[] } {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  let open = 0;
  for (const unit of marked.split('')) {
    if (unit === '‹') open = text.length;
    else if (unit === '›') spans.push({ start: open, end: text.length });
    else text += unit;
  }
  return { text, spans };
}
