// The texts that grow in a stream of the Responses API: which event feeds which, and the event that carries the rest of one.
// https://platform.openai.com/docs/api-reference/responses-streaming
import type { LaneFormat, OpenLane } from '@sluice/types';
import { writeEvent } from '../framing/sse.ts';
import { quote } from '../json/string.ts';
import * as T from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import { TextLane } from '../shared/lane.ts';
import type { Repeats } from '../shared/leaves.ts';

/** Code units of a text beyond which the events that repeat it are read anew. */
const REPEATED = 1 << 20;
const INDEX = /^(?:0|[1-9]\d{0,4})$/;

/** Where the text of a pair of events, `….delta` and `….done`, stands in its output item. */
export interface Growing {
  /** The list that it is in, and the member of the event that names the element. */
  readonly list?: readonly [name: string, index: string];
  readonly member: string;
  readonly format?: LaneFormat;
}

/** By the events' type without its ending. */
export const GROWING: Readonly<Record<string, Growing>> = {
  'response.output_text': { list: ['content', 'content_index'], member: 'text' },
  'response.refusal': { list: ['content', 'content_index'], member: 'refusal' },
  'response.reasoning_text': { list: ['content', 'content_index'], member: 'text' },
  'response.reasoning_summary_text': { list: ['summary', 'summary_index'], member: 'text' },
  'response.function_call_arguments': { member: 'arguments', format: 'json' },
  'response.mcp_call_arguments': { member: 'arguments', format: 'json' },
  'response.custom_tool_call_input': { member: 'input' },
  'response.code_interpreter_call_code': { member: 'code' },
};

/** Type of the event that carries more of what an `….added` event began: by the member, and by the list that it stands in. */
export function typeOf(member: string, list: string | undefined): string {
  const base = Object.keys(GROWING).find((name) => {
    const growing = GROWING[name]!;
    return growing.member === member && growing.list?.[0] === list;
  });
  return `${base ?? 'response.output_text'}.delta`;
}

/** Members of items and parts that an `….added` event may begin a growing text in. */
export const BEGINS: ReadonlySet<string> = new Set(Object.values(GROWING).map(({ member }) => member));

export class ItemLane {
  readonly text: TextLane;
  readonly id: string;
  /** What has gone out. */
  out = '';
  /** Name of the event that carries more of it, if events have names. */
  name: string | undefined;
  /** Members of that event before the text, as the last one had them: `"type":"response.output_text.delta","output_index":0,`. */
  head = '';

  constructor(id: string, text: TextLane) {
    this.id = id;
    this.text = text;
  }

  push(text: string): string {
    return this.#gone(this.text.push(text));
  }

  end(): string {
    return this.#gone(this.text.end());
  }

  #gone(out: string): string {
    if (this.text.original !== undefined) this.out += out;
    return out;
  }
}

export class ItemLanes {
  readonly #open: OpenLane;
  readonly #repeats: Repeats;
  readonly #lanes = new Map<string, ItemLane>();
  /** Items by their ids and back: a text under one item may not be two lanes, nor a lane two texts. */
  readonly #items = new Map<string, number>();
  readonly #ids = new Map<number, string>();
  /** Types of events whose texts this table does not know, in the order in which they came. */
  readonly #others: string[] = [];

  constructor(open: OpenLane, repeats: Repeats) {
    this.#open = open;
    this.#repeats = repeats;
  }

  get all(): Iterable<ItemLane> {
    return this.#lanes.values();
  }

  /** The item that an event is about, as a path: `output[2]`. Throws Malformed when its two names contradict what was said before. */
  item(tape: T.Tape, event = 0): string {
    const index = indexOf(tape, event, 'output_index');
    this.name(index, tape.textAt(event, 'item_id'));
    return `output[${index}]`;
  }

  /** Clients go by an item's id or by its index; both have to lead to the same texts. */
  name(index: number, id: string | undefined): void {
    if (id === undefined || id === '') return;
    const known = this.#ids.get(index);
    if ((known !== undefined && known !== id) || (this.#items.get(id) ?? index) !== index)
      throw new Malformed('an output item changes its id');
    this.#ids.set(index, id);
    this.#items.set(id, index);
  }

  /** The path of an event's text: `output[2].content[0].text`. `base` is the event's type without its ending. */
  path(tape: T.Tape, base: string): string {
    const item = this.item(tape);
    const growing = Object.hasOwn(GROWING, base) ? GROWING[base]! : undefined;
    if (growing === undefined) {
      if (!this.#others.includes(base)) this.#others.push(base);
      return `${item}.{${this.#others.indexOf(base)}}`;
    }
    const { list, member } = growing;
    return list === undefined
      ? `${item}.${member}`
      : `${item}.${list[0]}[${indexOf(tape, 0, list[1])}].${member}`;
  }

  /** The lane at a path, opened when it is new. */
  at(id: string, format: LaneFormat): ItemLane {
    let lane = this.#lanes.get(id);
    if (lane === undefined) {
      lane = new ItemLane(id, new TextLane(this.#open, { id, role: 'assistant', format }, REPEATED));
      this.#lanes.set(id, lane);
    }
    return lane;
  }

  /** Ends the lanes at a path or below it. Each is given what had been held back of it. */
  end(path: string, rest: (lane: ItemLane, text: string) => void): void {
    for (const lane of this.#lanes.values()) {
      if (lane.text.ended || !isAt(lane.id, path)) continue;
      const text = lane.end();
      const { original } = lane.text;
      if (original !== undefined) this.#repeats.add(lane.text.info.format, original, lane.out);
      if (text !== '') rest(lane, text);
    }
  }
}

/** The event that always has a list of log probabilities. */
const SPOKEN = '"response.output_text.delta"';

const isAt = (id: string, path: string): boolean =>
  path === '' || (id.startsWith(path) && (id.length === path.length || '.['.includes(id[path.length]!)));

/** An event that carries the rest of a lane's text. */
export function restEvent(lane: ItemLane, rest: string): Buffer {
  const probabilities = lane.head.includes(SPOKEN) ? ',"logprobs":[]' : '';
  return writeEvent(lane.name, `{${lane.head}"delta":${quote(rest)}${probabilities}}`);
}

/** Two spellings of one index would split a text over two lanes that the client joins. */
export function indexOf(tape: T.Tape, object: number, name: string): number {
  const index = tape.member(object, name);
  if (index < 0 || tape.kind(index) !== T.NUMBER || !INDEX.test(tape.text(index)))
    throw new Malformed('an index is not a small integer');
  return Number(tape.text(index));
}
