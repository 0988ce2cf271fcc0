// From where on something may still be found in a text that goes on: the earliest live start of any reading, decoded
// plainly. It asks the automata, whose own tests say what is live; how readings share cursors is not looked at.
import { compile } from '@sluice/automata';
import type { Detector } from '../detector.ts';
import { readingsOf } from './readings.ts';

/** Lane offset; the text's length when nothing is live. */
export function liveFrom(detectors: readonly Detector[], text: string): number {
  let live = text.length;
  for (const reading of readingsOf(text, false)) {
    live = Math.min(live, reading.unread);
    for (const { patterns, ignoreCase, check, trim } of detectors) {
      const cursor = compile([{ patterns, ignoreCase: ignoreCase ?? false }]).cursor(
        (_group, pattern, start, end) => {
          const match = {
            text: reading.text.slice(start, end),
            left: reading.text.slice(Math.max(0, start - 96), start),
            pattern,
          };
          const [from, to] = trim?.(match) ?? [0, 1];
          return from < to && check?.(match) !== false;
        },
      );
      cursor.push(reading.text);
      if (cursor.open < reading.text.length) live = Math.min(live, reading.starts[cursor.open]!);
    }
  }
  return live;
}
