// Edits a streamed answer of the Responses API. Texts that grow are lanes; the events that repeat them whole say what came of
// them; everything else is inspected where it stands.
// https://platform.openai.com/docs/api-reference/responses-streaming
import type { OpenLane, Refusal } from '@sluice/types';
import { type SseEvent, writeEvent } from '../framing/sse.ts';
import { type Edit, removeElements, replaceNode, splice } from '../json/rewrite.ts';
import * as T from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import { refuseInStream } from '../openai-chat/refusal.ts';
import type { ResponseSink } from '../protocol.ts';
import { usageOf } from '../shared/answer.ts';
import { EventStream } from '../shared/event-stream.ts';
import { Repeats } from '../shared/leaves.ts';
import { pathOf } from '../shared/paths.ts';
import { incomplete } from './incomplete.ts';
import { BEGINS, GROWING, type ItemLane, ItemLanes, indexOf, restEvent, typeOf } from './lanes.ts';
import { leafRules } from './leaves.ts';
import { EVENT_TYPES, words } from './vocabulary.ts';
import { editLogprobs } from './whole.ts';

const TERMINAL: ReadonlySet<string> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
]);
/** Members that place a text, in the order in which they are written. */
const PLACES = ['sequence_number', 'item_id', 'output_index', 'content_index', 'summary_index'];

export class ResponsesStream extends EventStream {
  protected terminatorFrame: Buffer = incomplete(undefined, [], 'policy');
  readonly #lanes: ItemLanes;
  readonly #open: OpenLane;
  /** The answer as it was announced, with nothing in it that may not be shown. */
  #announced: string | undefined;
  #rest = (lane: ItemLane, text: string): void => this.out.add(restEvent(lane, text));

  constructor(open: OpenLane, sink: ResponseSink) {
    const repeats = new Repeats();
    super(open, sink, leafRules, repeats);
    this.#open = open;
    this.#lanes = new ItemLanes(open, repeats);
  }

  protected frame(event: SseEvent): void {
    this.scan(event);
    const { tape } = this;
    const type = tape.textAt(0, 'type');
    if (type === undefined) {
      if (tape.member(0, 'error') < 0) throw new Malformed('an event has no type');
      this.#error(event);
      return;
    }
    // Some clients go by the event's name and some by its type: they must not be told two different things.
    if (event.name !== undefined && event.name !== type)
      throw new Malformed('the name of an event is not its type');
    if (TERMINAL.has(type)) this.#terminal(event);
    else if (type === 'error') this.#error(event);
    else if (type.endsWith('.delta')) this.#delta(event, type);
    else if (type.endsWith('.added')) this.#added(event);
    else if (type.endsWith('.done')) this.#done(event, type);
    else this.#other(event, type);
  }

  #delta(event: SseEvent, type: string): void {
    const { tape } = this;
    const base = type.slice(0, -'.delta'.length);
    const node = tape.member(0, 'delta');
    if (node < 0 || tape.kind(node) !== T.STRING) {
      this.#pass(event, this.#edited());
      return;
    }
    const format = (Object.hasOwn(GROWING, base) ? GROWING[base]!.format : undefined) ?? 'text';
    const lane = this.#lanes.at(this.#lanes.path(tape, base), format);
    const logprobs = tape.member(0, 'logprobs');
    const isList = logprobs >= 0 && tape.kind(logprobs) === T.ARRAY;
    const edits = this.#edited(new Set(isList ? [node, logprobs] : [node]));
    lane.name = event.name === undefined ? undefined : this.name(event, EVENT_TYPES);
    lane.head = this.#members(['type', ...PLACES], edits);
    const text = tape.text(node);
    const out = lane.push(text);
    if (out === '' && text !== '') return;
    if (out !== text) edits.push(replaceNode(tape, node, out));
    // They come with the whole text, where each can be told to belong to what was masked or not.
    if (isList) edits.push(...removeElements(tape, logprobs, () => true));
    this.#pass(event, edits);
  }

  /** Members of this event with the edits that they needed, each with a comma behind it. */
  #members(names: readonly string[], edits: readonly Edit[]): string {
    const { tape } = this;
    let members = '';
    for (const name of names) {
      const node = tape.member(0, name);
      if (node < 0) continue;
      const [from, to] = [tape.tokenStart(node), tape.tokenEnd(node)];
      const own = edits.filter((edit) => edit.start >= from && edit.end <= to);
      members += `"${name}":${splice(tape.bytes, from, to, own).toString('utf8')},`;
    }
    return members;
  }

  /** An item or a part begins, mostly empty. What it already says is the beginning of the text that grows there. */
  #added(event: SseEvent): void {
    const { tape } = this;
    const skip = new Set<number>();
    const edits: Edit[] = [];
    const item = tape.member(0, 'item');
    const part = tape.member(0, 'part');
    if (item >= 0) {
      this.#lanes.name(indexOf(tape, 0, 'output_index'), tape.textAt(item, 'id'));
      this.#begin(event, item, `${this.#lanes.item(tape)}.`, skip, edits);
    }
    if (part >= 0) {
      const list = tape.member(0, 'summary_index') >= 0 ? 'summary' : 'content';
      const at = indexOf(tape, 0, list === 'summary' ? 'summary_index' : 'content_index');
      this.#begin(event, part, `${this.#lanes.item(tape)}.${list}[${at}].`, skip, edits);
    }
    this.#pass(event, [...this.#edited(skip), ...edits]);
  }

  #begin(event: SseEvent, container: number, path: string, skip: Set<number>, edits: Edit[]): void {
    const { tape } = this;
    const from = pathOf(tape, container, words).length + 1;
    for (let node = container; node < tape.next(container); node += T.ROW) {
      if (tape.kind(node) !== T.STRING || tape.end(node) === tape.start(node)) continue;
      const name = words.nameOf(tape, node) ?? '';
      if (!BEGINS.has(name) || tape.key(node) < 0) continue;
      skip.add(node);
      const format = name === 'arguments' ? 'json' : 'text';
      const id = path + pathOf(tape, node, words).slice(from);
      const lane = this.#lanes.at(id, format);
      const text = tape.text(node);
      const out = lane.push(text);
      if (out !== text) edits.push(replaceNode(tape, node, out));
      const [, list, at] = /(content|summary)\[(\d+)\]\.[a-z]+$/.exec(id) ?? [];
      const type = typeOf(name, list);
      const places = this.#members(['sequence_number', 'output_index'], []);
      lane.name = event.name === undefined ? undefined : type;
      lane.head = `"type":"${type}",${places}${list === undefined ? '' : `"${list}_index":${at},`}`;
    }
  }

  /** A text, a part or an item is over, and the event says it whole. */
  #done(event: SseEvent, type: string): void {
    const { tape } = this;
    const base = type.slice(0, -'.done'.length);
    const item = tape.member(0, 'item');
    const list = tape.member(0, 'summary_index') >= 0 ? 'summary' : 'content';
    let path: string;
    if (item >= 0) {
      this.#lanes.name(indexOf(tape, 0, 'output_index'), tape.textAt(item, 'id'));
      path = this.#lanes.item(tape);
    } else if (tape.member(0, 'part') >= 0)
      path = `${this.#lanes.item(tape)}.${list}[${indexOf(tape, 0, `${list}_index`)}]`;
    else path = tape.member(0, 'output_index') < 0 ? '' : this.#lanes.path(tape, base);
    this.#lanes.end(path, this.#rest);
    this.#pass(event, this.#edited());
  }

  #other(event: SseEvent, type: string): void {
    const edits = this.#edited();
    if (type === 'response.created')
      this.#announced = splice(event.bytes, event.from, event.to, edits).toString('utf8');
    this.#pass(event, edits);
  }

  /** Kept back: it goes out as the terminator, with the whole answer in it. */
  #terminal(event: SseEvent): void {
    const { tape } = this;
    this.endLanes();
    const usage = tape.at(0, 'response', 'usage');
    this.usage = usageOf(tape, usage, 'input_tokens', 'output_tokens', this.usage);
    const edits = this.#edited();
    this.terminatorFrame = writeEvent(event.name, splice(event.bytes, event.from, event.to, edits));
    this.terminate();
  }

  #error(event: SseEvent): void {
    this.endLanes();
    this.#pass(event, this.#edited());
    this.failed();
  }

  /** Edits of all leaves; where log probabilities stand beside their text, both together. */
  #edited(skip = new Set<number>()): Edit[] {
    const edits: Edit[] = [];
    editLogprobs(this.tape, 0, this.#open, this.leaves, edits, skip);
    this.leaves.range(this.tape, 0, this.tape.size, edits, skip);
    return edits;
  }

  #pass(event: SseEvent, edits: readonly Edit[]): void {
    this.pass(event, this.name(event, EVENT_TYPES), edits);
  }

  protected endLanes(): void {
    this.#lanes.end('', this.#rest);
  }

  protected cutFrames(why: 'policy' | 'limit'): Buffer {
    this.terminatorFrame = incomplete(this.#announced, this.#lanes.all, why);
    return Buffer.alloc(0);
  }

  protected errorFrame(refusal: Refusal): Buffer {
    return refuseInStream(refusal);
  }
}
