// Edits a streamed answer of Anthropic's API. The texts of content blocks are lanes; everything else is inspected where it
// stands. https://docs.anthropic.com/en/docs/build-with-claude/streaming
import type { OpenLane, Refusal } from '@sluice/types';
import { type SseEvent, writeEvent } from '../framing/sse.ts';
import { type Edit, replaceNode, splice } from '../json/rewrite.ts';
import * as T from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import type { ResponseSink, Sealer } from '../protocol.ts';
import { usageOf } from '../shared/answer.ts';
import { EventStream } from '../shared/event-stream.ts';
import { BlockLanes } from './lanes.ts';
import { leafRules } from './leaves.ts';
import { refuseInStream } from './refusal.ts';
import { sealThinking } from './thinking.ts';
import { words } from './vocabulary.ts';

const STOP = writeEvent('message_stop', '{"type":"message_stop"}');
const START = writeEvent(
  'message_start',
  '{"type":"message_start","message":{"id":"msg_cut","type":"message","role":"assistant","model":"","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"output_tokens":0}}}',
);
const INDEX = /^(?:0|[1-9]\d{0,4})$/;

type Read = (event: SseEvent) => void;

export class AnthropicStream extends EventStream {
  protected terminatorFrame: Buffer = STOP;
  readonly #lanes: BlockLanes;
  readonly #blocks = new Map<number, 'open' | 'ended'>();
  readonly #sealer: Sealer | undefined;
  /** Signatures, by block, of thinking that was edited: what they vouch for goes out sealed when the block ends. */
  readonly #signatures = new Map<number, string>();
  #started = false;
  #reasoned = false;
  /** What each type of event needs besides the inspection of its leaves. */
  readonly #types: Readonly<Record<string, Read>> = {
    message_start: (event) => this.#messageStart(event),
    content_block_start: (event) => this.#blockStart(event),
    content_block_delta: (event) => this.#blockDelta(event),
    content_block_stop: (event) => this.#blockStop(event),
    message_delta: (event) => this.#messageDelta(event),
    message_stop: (event) => this.#messageStop(event),
    ping: (event) => this.#leaves(event),
    error: (event) => this.#error(event),
  };
  readonly #names: ReadonlySet<string> = new Set(Object.keys(this.#types));

  constructor(open: OpenLane, sink: ResponseSink, sealer?: Sealer) {
    super(open, sink, leafRules);
    this.#sealer = sealer;
    this.#lanes = new BlockLanes(open, this.leaves, sealer !== undefined);
  }

  protected frame(event: SseEvent): void {
    this.scan(event);
    const type = this.tape.textAt(0, 'type');
    // Some clients go by the event's name and some by its type: they must not be told two different things.
    if (
      event.name !== undefined &&
      event.name !== type &&
      (this.#names.has(event.name) || this.#names.has(type ?? ''))
    )
      throw new Malformed('the name of an event is not its type');
    const read = type !== undefined && Object.hasOwn(this.#types, type) ? this.#types[type] : undefined;
    if (read !== undefined) read(event);
    else this.#leaves(event);
  }

  #edited(skip?: ReadonlySet<number>): Edit[] {
    const edits: Edit[] = [];
    this.leaves.range(this.tape, 0, this.tape.size, edits, skip);
    return edits;
  }

  #leaves(event: SseEvent): void {
    this.pass(event, this.name(event, this.#names), this.#edited());
  }

  #messageStart(event: SseEvent): void {
    if (this.#started) throw new Malformed('a second message starts');
    this.#started = true;
    const usage = this.tape.at(0, 'message', 'usage');
    this.usage = usageOf(this.tape, usage, 'input_tokens', 'output_tokens', this.usage);
    this.#leaves(event);
  }

  #blockStart(event: SseEvent): void {
    const { tape } = this;
    const index = this.#index();
    if (this.#blocks.has(index)) throw new Malformed('a content block starts twice');
    this.#blocks.set(index, 'open');
    const block = tape.member(0, 'content_block');
    const skip = new Set<number>();
    const edits: Edit[] = [];
    const signature = tape.member(block, 'signature');
    for (const name of ['text', 'thinking']) {
      const node = tape.member(block, name);
      if (node < 0 || tape.kind(node) !== T.STRING || tape.end(node) === tape.start(node)) continue;
      skip.add(node);
      const text = tape.text(node);
      const lane = this.#lanes.named(
        tape,
        node,
        index,
        name,
        name === 'text' ? 'text_delta' : 'thinking_delta',
      );
      let out = lane.text.push(text);
      if (name === 'thinking' && signature >= 0 && tape.end(signature) > tape.start(signature)) {
        out += lane.text.end();
        if (lane.text.touched) {
          skip.add(signature);
          const sealed = sealThinking(
            this.#sealer,
            lane.text.original,
            tape.textAt(block, 'signature') ?? '',
          );
          edits.push(replaceNode(tape, signature, sealed));
        }
      }
      if (out !== text) edits.push(replaceNode(tape, node, out));
    }
    this.pass(event, event.name, [...this.#edited(skip), ...edits]);
  }

  #blockDelta(event: SseEvent): void {
    const { tape } = this;
    const index = this.#index();
    if (this.#blocks.get(index) !== 'open') throw new Malformed('a delta stands outside its content block');
    const delta = tape.member(0, 'delta');
    const type = tape.textAt(delta, 'type');
    if (type === 'signature_delta' && !this.#signatureHolds(index)) {
      const before = this.#signatures.get(index) ?? '';
      this.#signatures.set(index, before + (tape.textAt(delta, 'signature') ?? ''));
      return;
    }
    const nodes = type === 'citations_delta' || type === 'signature_delta' ? [] : this.#growing(delta);
    const edits = this.#edited(new Set(nodes));
    const fixed = edits.length;
    const lanes = nodes.map((node) => this.#lanes.at(tape, node, index, delta));
    for (const [at, node] of nodes.entries()) {
      const text = tape.text(node);
      const out = lanes[at]!.text.push(text);
      if (out !== text) edits.push(replaceNode(tape, node, out));
    }
    this.pass(event, event.name, edits);
    if (nodes.length !== 1 || fixed > 0 || event.bytes.subarray(event.from, event.to).indexOf(0x0a) >= 0)
      return;
    this.layouts.remember(event, tape.start(nodes[0]!), tape.end(nodes[0]!), lanes[0]!.text, undefined);
  }

  /** Strings of a delta that grow from event to event: all but its type, elements of lists, and what is sealed. */
  #growing(delta: number): number[] {
    const { tape } = this;
    const nodes: number[] = [];
    if (delta < 0) return nodes;
    for (let node = delta; node < tape.next(delta); node += T.ROW) {
      if (tape.kind(node) !== T.STRING || tape.key(node) < 0 || tape.end(node) === tape.start(node)) continue;
      if (words.nameOf(tape, node) !== 'type' && !words.sealed(tape, node)) nodes.push(node);
    }
    return nodes;
  }

  /** A signature follows its thinking. It vouches for the original only, so it does not go out when that was edited. */
  #signatureHolds(index: number): boolean {
    return this.#endBlock(index).every((touched) => !touched);
  }

  #blockStop(event: SseEvent): void {
    const index = this.#index();
    if (this.#blocks.get(index) !== 'open') throw new Malformed('a content block ends that is not open');
    this.#endBlock(index);
    this.#blocks.set(index, 'ended');
    this.#sealed(index);
    this.#leaves(event);
  }

  /** Writes the sealed original of thinking that was edited, where its signature would have stood. */
  #sealed(index: number): void {
    const signature = this.#signatures.get(index);
    if (signature === undefined) return;
    this.#signatures.delete(index);
    const thinking = this.#lanes.of(index).find((lane) => lane.text.original !== undefined);
    const sealed = sealThinking(this.#sealer, thinking?.text.original, signature);
    if (sealed === '') return;
    const delta = `{"type":"signature_delta","signature":"${sealed}"}`;
    this.out.add(
      writeEvent('content_block_delta', `{"type":"content_block_delta","index":${index},"delta":${delta}}`),
    );
  }

  /** Ends the lanes of a block and writes the rest of each. Tells which were touched. */
  #endBlock(index: number): boolean[] {
    return this.#lanes.of(index).map((lane) => {
      if (!lane.text.ended) {
        const rest = lane.text.end();
        this.layouts.forget(lane.text);
        if (rest !== '') this.out.add(this.#lanes.restFrame(lane, rest));
      }
      return lane.text.touched;
    });
  }

  #messageDelta(event: SseEvent): void {
    this.endLanes();
    this.#reasoned = true;
    const usage = this.tape.member(0, 'usage');
    this.usage = usageOf(this.tape, usage, 'input_tokens', 'output_tokens', this.usage);
    this.#leaves(event);
  }

  /** Kept back: it goes out as the terminator, with whatever else it says. */
  #messageStop(event: SseEvent): void {
    const edits = this.#edited();
    this.terminatorFrame = writeEvent('message_stop', splice(event.bytes, event.from, event.to, edits));
    this.terminate();
  }

  #error(event: SseEvent): void {
    this.endLanes();
    this.#leaves(event);
    this.failed();
  }

  #index(): number {
    const { tape } = this;
    const index = tape.member(0, 'index');
    // Two spellings of one index would split a text over two lanes that the client joins.
    if (index < 0 || tape.kind(index) !== T.NUMBER || !INDEX.test(tape.text(index)))
      throw new Malformed('an index is not a small integer');
    return Number(tape.text(index));
  }

  protected endLanes(): void {
    for (const [index, state] of this.#blocks) if (state === 'open') this.#endBlock(index);
  }

  protected cutFrames(why: 'policy' | 'limit'): Buffer {
    const frames: Buffer[] = this.#started ? [] : [START];
    for (const [index, state] of this.#blocks)
      if (state === 'open')
        frames.push(writeEvent('content_block_stop', `{"type":"content_block_stop","index":${index}}`));
    if (!this.#reasoned) {
      const reason = why === 'policy' ? 'refusal' : 'max_tokens';
      const delta = `{"stop_reason":"${reason}","stop_sequence":null}`;
      const usage = `{"output_tokens":${this.usage.output ?? 0}}`;
      frames.push(writeEvent('message_delta', `{"type":"message_delta","delta":${delta},"usage":${usage}}`));
    }
    this.terminatorFrame = STOP;
    return Buffer.concat(frames);
  }

  protected errorFrame(refusal: Refusal): Buffer {
    return refuseInStream(refusal);
  }
}
