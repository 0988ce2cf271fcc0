// The texts that grow in a stream of OpenAI's API: which there are, and the frame that carries the rest of one.
import type { OpenLane } from '@sluice/types';
import { quote } from '../json/string.ts';
import * as T from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import { TextLane } from '../shared/lane.ts';
import type { Leaves } from '../shared/leaves.ts';
import { pathOf } from '../shared/paths.ts';
import { words } from './vocabulary.ts';

const INDEX = /^(?:0|[1-9]\d{0,3})$/;

/**
 * Elements of `choices` and `tool_calls` are numbered by their `index`, as clients join them; without one, by position. Anything
 * but a plain small integer is refused: two spellings of one index would split a text over two lanes that the client joins.
 */
export function ordinal(tape: T.Tape, element: number): number {
  const index = tape.member(element, 'index');
  if (index < 0) return tape.position(element);
  if (tape.kind(index) !== T.NUMBER || !INDEX.test(tape.text(index)))
    throw new Malformed('an index is not a small integer');
  return Number(tape.text(index));
}

export interface GrowingLane {
  readonly text: TextLane;
  readonly choice: number;
  /** Members of the choice up to the text and after it. */
  readonly before: string;
  readonly after: string;
}

/** The lanes of one stream, by their ids. */
export class ChoiceLanes {
  readonly #open: OpenLane;
  readonly #leaves: Leaves;
  readonly #lanes = new Map<string, GrowingLane>();

  constructor(open: OpenLane, leaves: Leaves) {
    this.#open = open;
    this.#leaves = leaves;
  }

  /** The lane of a string inside the choice `element`. */
  at(tape: T.Tape, node: number, element: number): GrowingLane {
    const id = pathOf(tape, node, words, ordinal);
    let lane = this.#lanes.get(id);
    if (lane === undefined) {
      const [before, after] = this.#wrap(tape, node, element);
      const text = new TextLane(this.#open, this.#leaves.lane(tape, node, id));
      lane = { text, choice: ordinal(tape, element), before, after };
      this.#lanes.set(id, lane);
    }
    return lane;
  }

  /** Lanes that have not ended: of one choice, or all. */
  open(choice?: number): GrowingLane[] {
    return [...this.#lanes.values()].filter(
      (lane) => !lane.text.ended && (choice === undefined || lane.choice === choice),
    );
  }

  /** The JSON around a text, from the choice's member on down: `"delta":{"tool_calls":[{"index":1,"function":{"arguments":`. */
  #wrap(tape: T.Tape, node: number, element: number): [string, string] {
    const key = tape.key(node);
    const parent = tape.parent(node);
    const name = key < 0 ? '' : `${quote(this.#shown(tape, key))}:`;
    if (parent === element) return [name, ''];
    const [before, after] = this.#wrap(tape, parent, element);
    if (tape.kind(parent) === T.ARRAY) return [`${before}[`, `]${after}`];
    const index = tape.member(parent, 'index');
    // Clients tell the parts of a list apart by these, so the rest of a part repeats them.
    const type = tape.kind(tape.parent(parent)) === T.ARRAY ? tape.member(parent, 'type') : -1;
    const marks = [
      index < 0 ? '' : `"index":${tape.text(index)},`,
      type < 0 || tape.kind(type) !== T.STRING ? '' : `"type":${quote(this.#shown(tape, type))},`,
    ];
    return [`${before}{${marks.join('')}${name}`, `}${after}`];
  }

  /** A key or a string as it goes out. */
  #shown(tape: T.Tape, node: number): string {
    const text = words.readable(tape, node);
    return text === undefined ? tape.text(node) : this.#leaves.out(tape, node, text);
  }
}
