// The texts that grow in a stream of Anthropic's API: which there are, and the event that carries the rest of one.
import type { OpenLane } from '@sluice/types';
import { writeEvent } from '../framing/sse.ts';
import { quote } from '../json/string.ts';
import * as T from '../json/tape.ts';
import { TextLane } from '../shared/lane.ts';
import type { Leaves } from '../shared/leaves.ts';
import { LONGEST_THINKING } from './thinking.ts';
import { words } from './vocabulary.ts';

export interface BlockLane {
  readonly text: TextLane;
  readonly index: number;
  /** The delta up to the text and after it: `{"type":"text_delta","text":` and `}`. */
  readonly before: string;
  readonly after: string;
}

/** Members of a delta under which clients add its text to the block. */
const NAMED: ReadonlySet<string> = new Set(['text', 'thinking', 'partial_json']);

export class BlockLanes {
  readonly #open: OpenLane;
  readonly #leaves: Leaves;
  readonly #keepsThinking: boolean;
  readonly #lanes = new Map<string, BlockLane>();

  constructor(open: OpenLane, leaves: Leaves, keepsThinking: boolean) {
    this.#open = open;
    this.#leaves = leaves;
    this.#keepsThinking = keepsThinking;
  }

  /** The lane `content[index].<name>`. */
  named(tape: T.Tape, node: number, index: number, name: string, type: string): BlockLane {
    const id = `content[${index}].${name}`;
    return this.#lane(tape, node, index, id, () => [`{"type":${quote(type)},${quote(name)}:`, '}']);
  }

  /** The lane of a string in a delta. */
  at(tape: T.Tape, node: number, index: number, delta: number): BlockLane {
    const name = tape.key(node) < 0 ? undefined : words.name(tape, tape.key(node));
    const type = tape.member(delta, 'type');
    const typeText = type >= 0 && tape.kind(type) === T.STRING ? this.#shown(tape, type) : '';
    if (name !== undefined && NAMED.has(name) && tape.parent(node) === delta)
      return this.named(tape, node, index, name, typeText);
    const id = `content[${index}].${this.#leaves.path(tape, node)}`;
    return this.#lane(tape, node, index, id, () => {
      const [before, after] = this.#wrap(tape, node, delta);
      return [`{"type":${quote(typeText)},${before}`, `${after}}`];
    });
  }

  of(index: number): BlockLane[] {
    return [...this.#lanes.values()].filter((lane) => lane.index === index);
  }

  restFrame(lane: BlockLane, rest: string): Buffer {
    const delta = `${lane.before}${quote(rest)}${lane.after}`;
    return writeEvent(
      'content_block_delta',
      `{"type":"content_block_delta","index":${lane.index},"delta":${delta}}`,
    );
  }

  #lane(tape: T.Tape, node: number, index: number, id: string, around: () => [string, string]): BlockLane {
    let lane = this.#lanes.get(id);
    if (lane === undefined) {
      const [before, after] = around();
      const kept = this.#keepsThinking && id === `content[${index}].thinking` ? LONGEST_THINKING : 0;
      const text = new TextLane(this.#open, this.#leaves.lane(tape, node, id), kept);
      lane = { text, index, before, after };
      this.#lanes.set(id, lane);
    }
    return lane;
  }

  #wrap(tape: T.Tape, node: number, delta: number): [string, string] {
    const key = tape.key(node);
    const parent = tape.parent(node);
    const name = key < 0 ? '' : `${quote(this.#shown(tape, key))}:`;
    if (parent === delta) return [name, ''];
    const [before, after] = this.#wrap(tape, parent, delta);
    return tape.kind(parent) === T.ARRAY ? [`${before}[`, `]${after}`] : [`${before}{${name}`, `}${after}`];
  }

  /** A key or a type as it goes out. */
  #shown(tape: T.Tape, node: number): string {
    const text = words.readable(tape, node);
    return text === undefined ? tape.text(node) : this.#leaves.out(tape, node, text);
  }
}
