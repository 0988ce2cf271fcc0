// What can be told only when all texts are known: values split over them, known values in first or last letters, and
// compressed blocks.
import { across, type Engine, type Given, MOST_IN_ALL, type Part, packed } from '@sluice/inspect';
import type { RequestText } from '@sluice/protocols';

type ByText = ReadonlyMap<number, readonly Given[]>;

/** The name under which a text stands: `messages[0].content[1].text` and `messages[2].content[0].text` are of one group. */
export const groupOf = (lane: string): string => lane.slice(lane.lastIndexOf('.') + 1);

/** What is to be taken for found in the texts, by index. What was known before has nothing in it by itself. */
export function givenIn(engine: Engine, parts: readonly Part[]): ByText {
  const found = new Map(across(engine.splits(), parts));
  const budget = { bytes: MOST_IN_ALL };
  for (const [index, part] of parts.entries()) {
    if (part.known) continue;
    const hidden = [...engine.acrostics.in(part.text), ...packed(engine, part.text, budget)];
    if (hidden.length > 0) found.set(index, [...(found.get(index) ?? []), ...hidden]);
  }
  return found;
}

/** Of a prompt. `isKnown`: the text was read in an earlier call, and nothing found in it. */
export function givenInPrompt(
  engine: Engine,
  texts: readonly RequestText[],
  isKnown: (text: RequestText) => boolean,
): ByText {
  const spoken = [...texts.keys()].filter((index) => texts[index]!.role !== 'meta');
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
  return new Map([...givenIn(engine, parts)].map(([at, given]) => [spoken[at]!, given]));
}
