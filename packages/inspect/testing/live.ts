// From where on something may still be found in a text that goes on: the earliest live start of any reading, decoded
// plainly. It asks the automata, whose own tests say what is live; how readings share cursors is not looked at.
import { compile } from '@sluice/automata';
import type { Detector } from '../detector.ts';
import { inReading } from './oracle.ts';
import { readingsOf } from './readings.ts';

/** Lane offset; the text's length when nothing is live. */
export function liveFrom(detectors: readonly Detector[], text: string): number {
  let live = text.length;
  for (const reading of readingsOf(text, false)) {
    live = Math.min(live, reading.unread);
    for (const detector of detectors) {
      const { patterns, ignoreCase, check, trim, region } = detector;
      // A long region that may go on takes along whatever stands behind it until its next unit is seen.
      const regions = region ? [...inReading(detector, reading)] : [];
      for (const { to } of regions)
        if (to === reading.text.length) live = Math.min(live, reading.ends[to - 1]!);
      const cursor = compile([{ patterns, ignoreCase: ignoreCase ?? false }]).cursor(
        (_group, pattern, start, end) => {
          // An opener that begins inside a region is refused once it is whole; until then it is live.
          if (regions.some(({ from, to }) => start > from && start < to)) return false;
          const match = {
            text: reading.text.slice(start, end),
            left: reading.text.slice(Math.max(0, start - 96), start),
            pattern,
          };
          const verdict = check?.(match);
          if (verdict === false) return false;
          const span = typeof verdict === 'object' ? verdict.span : undefined;
          const [from, to] = span ?? trim?.(match) ?? [0, 1];
          return from < to;
        },
      );
      cursor.push(reading.text);
      if (cursor.open < reading.text.length) live = Math.min(live, reading.starts[cursor.open]!);
    }
  }
  return live;
}
