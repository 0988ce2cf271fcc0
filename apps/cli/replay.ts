// Plays a delivered answer in the terminal as it streamed: what a person would have read, with the pauses between.
import { setTimeout as sleep } from 'node:timers/promises';
import { factsOf, type ShownReplay } from './show.ts';
import { Spoken } from './spoken.ts';
import { visible } from './text.ts';

/** Longest pause that is played, in milliseconds: nobody wants to wait through a hold. */
const LONGEST_PAUSE = 2000;

/** `speed` is how many times faster; 0 is at once. */
export async function play(replay: ShownReplay, speed: number): Promise<void> {
  process.stdout.write(`${factsOf(replay)}\n`);
  let last = replay.delivered[0]?.at ?? 0;
  const spoken = new Spoken(replay.delivered[0]?.text ?? '');
  for (const piece of replay.delivered) {
    const pause = speed > 0 ? Math.min(piece.at - last, LONGEST_PAUSE) / speed : 0;
    if (pause >= 1) await sleep(pause);
    last = piece.at;
    process.stdout.write(visible(spoken.take(piece.text), 'lines'));
  }
  process.stdout.write('\n');
}
