// Readable names of places in a JSON text. A path goes into findings and logs, so it spells out only the schema's own names;
// a name that the caller or the model chose appears as its position, `{3}`.
import * as T from '../json/tape.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How an array's element is numbered; the default is its position. */
export type Ordinal = (tape: T.Tape, element: number) => number;

const byPosition: Ordinal = (tape, element) => tape.position(element);

/** `messages[2].content`, `metadata.{0}`; of a key: the path of its value and `#key`. The root is the empty string. */
export function pathOf(tape: T.Tape, node: number, words: Vocabulary, ordinal: Ordinal = byPosition): string {
  if (tape.kind(node) === T.KEY) return `${pathOf(tape, node + T.ROW, words, ordinal)}#key`;
  const parent = tape.parent(node);
  if (parent < 0) return '';
  const before = pathOf(tape, parent, words, ordinal);
  const key = tape.key(node);
  if (key < 0) return `${before}[${ordinal(tape, node)}]`;
  const name = words.name(tape, key) ?? `{${tape.position(key)}}`;
  return before === '' ? name : `${before}.${name}`;
}
