// Values that a prompt splits over its texts.
import { across, type Engine, type Given, type Part } from '@sluice/inspect';
import type { RequestText } from '@sluice/protocols';

const NOTHING: ReadonlyMap<number, readonly Given[]> = new Map();

/** The name under which a text stands: `messages[0].content[1].text` and `messages[2].content[0].text` are of one group. */
export const groupOf = (lane: string): string => lane.slice(lane.lastIndexOf('.') + 1);

/** Parts of split values, by the index of their text. `isKnown`: the text was read in an earlier call, and nothing found in it. */
export function splitValues(
  engine: Engine,
  texts: readonly RequestText[],
  isKnown: (text: RequestText) => boolean,
): ReadonlyMap<number, readonly Given[]> {
  const spoken = [...texts.keys()].filter((index) => texts[index]!.role !== 'meta');
  if (spoken.length < 2) return NOTHING;
  const parts = spoken.map((index): Part => {
    const text = texts[index]!;
    return {
      // A text of a long conversation is decoded only when it is asked for.
      get text() {
        return text.text;
      },
      format: text.format,
      group: groupOf(text.lane),
      known: isKnown(text),
    };
  });
  return new Map([...across(engine.splits(), parts)].map(([at, given]) => [spoken[at]!, given]));
}
