// Edits a streamed answer of OpenAI's API. Texts that grow are lanes that run through the whole stream; everything else is
// inspected where it stands. Frames with log probabilities wait until their text is settled, so that entries stay with it.
import type { OpenLane, Refusal } from '@sluice/types';
import { type SseEvent, writeEvent } from '../framing/sse.ts';
import { type Edit, replaceNode, splice } from '../json/rewrite.ts';
import { quote } from '../json/string.ts';
import * as T from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import type { ResponseSink } from '../protocol.ts';
import { usageOf } from '../shared/answer.ts';
import { EventStream } from '../shared/event-stream.ts';
import type { Filler } from '../shared/layout.ts';
import { ChoiceLanes, type GrowingLane, ordinal } from './lanes.ts';
import { leafRules } from './leaves.ts';
import { chatTokens, completionTokens, type TokenList } from './logprobs.ts';
import { refuseInStream } from './refusal.ts';
import { words } from './vocabulary.ts';
import { type Piece, WaitingFrames } from './waiting.ts';

const DONE = Buffer.from('data: [DONE]\n\n');
const NO_NAMES: ReadonlySet<string> = new Set(['error']);
/** Members that say what an answer is, and are the same in all its frames. */
const ENVELOPE: ReadonlySet<string> = new Set([
  'id',
  'object',
  'created',
  'model',
  'service_tier',
  'system_fingerprint',
]);
/** Strings in a delta that come whole, as elements of lists do; every other string in a delta grows from frame to frame. */
const WHOLE: ReadonlySet<string> = new Set([
  'role',
  'type',
  'id',
  'name',
  'object',
  'format',
  'signature',
  'encrypted_content',
]);
/** Containers in a delta whose strings come whole. */
const WHOLE_IN: ReadonlySet<string> = new Set(['annotations', 'citations']);

/** What one frame holds. */
interface Frame {
  readonly edits: Edit[];
  readonly pieces: Piece[];
  readonly lists: { readonly list: TokenList; readonly piece: Piece | undefined }[];
  /** Choices that end with this frame. */
  readonly ending: number[];
}

export class OpenAiStream extends EventStream {
  protected readonly terminatorFrame = DONE;
  readonly #kind: 'chat' | 'complete';
  readonly #lanes: ChoiceLanes;
  readonly #waiting: WaitingFrames;
  readonly #choices = new Map<number, 'open' | 'ended'>();
  #envelope = '';

  constructor(kind: 'chat' | 'complete', open: OpenLane, sink: ResponseSink) {
    super(open, sink, { ...leafRules, ordinal });
    this.#kind = kind;
    this.#lanes = new ChoiceLanes(open, this.leaves);
    this.#waiting = new WaitingFrames(open, this.out);
  }

  protected frame(event: SseEvent): void {
    if (isDone(event)) {
      this.terminate();
      return;
    }
    this.scan(event);
    const frame = this.#read();
    const name = this.name(event, NO_NAMES);
    this.#keepEnvelope(event, frame.edits);
    if (this.tape.member(0, 'error') >= 0) {
      this.endLanes();
      this.failed();
    }
    if (frame.lists.length > 0) this.#waiting.start();
    if (this.#waiting.started) this.#queue(event, name, frame);
    else this.#direct(event, name, frame);
  }

  #read(): Frame {
    const { tape } = this;
    const frame: Frame = { edits: [], pieces: [], lists: [], ending: [] };
    const choices = tape.member(0, 'choices');
    const elements = tape.elements(choices);
    this.leaves.range(tape, 0, tape.size, frame.edits, new Set(elements));
    for (const choice of elements) this.#choice(choice, frame);
    const usage = tape.member(0, 'usage');
    if (usage >= 0) this.usage = usageOf(tape, usage, 'prompt_tokens', 'completion_tokens', this.usage);
    return frame;
  }

  #choice(choice: number, frame: Frame): void {
    const { tape } = this;
    const index = ordinal(tape, choice);
    if (!this.#choices.has(index)) this.#choices.set(index, 'open');
    const delta = tape.member(choice, 'delta');
    const text = tape.member(choice, 'text');
    const skip = new Set<number>();
    if (delta >= 0) {
      this.#delta(delta, choice, frame);
      skip.add(delta);
    }
    if (text >= 0 && tape.kind(text) === T.STRING && this.#kind === 'complete') {
      this.#piece(text, choice, frame);
      skip.add(text);
    }
    this.#tokens(choice, frame, skip);
    this.leaves.range(tape, choice, tape.next(choice), frame.edits, skip);
    const reason = tape.textAt(choice, 'finish_reason');
    if (reason !== undefined && reason !== '') frame.ending.push(index);
  }

  #delta(delta: number, choice: number, frame: Frame): void {
    const { tape } = this;
    const end = tape.next(delta);
    for (let node = delta; node < end; ) {
      const name = tape.kind(node) === T.KEY ? undefined : words.nameOf(tape, node);
      const isContainer = tape.kind(node) === T.OBJECT || tape.kind(node) === T.ARRAY;
      if (name !== undefined && ((isContainer && WHOLE_IN.has(name)) || words.sealed(tape, node))) {
        this.leaves.range(tape, node, tape.next(node), frame.edits);
        node = tape.next(node);
        continue;
      }
      if (tape.kind(node) === T.STRING && tape.key(node) >= 0 && !WHOLE.has(name ?? ''))
        this.#piece(node, choice, frame);
      else this.#leaf(node, name, frame);
      node += T.ROW;
    }
  }

  #leaf(node: number, name: string | undefined, frame: Frame): void {
    const { tape } = this;
    if (name === 'name' && tape.kind(node) === T.STRING) {
      // Clients take a later name for a correction, or for a continuation; a value split over two names would pass unseen.
      const before = this.leaves.last(this.leaves.path(tape, node));
      const text = tape.text(node);
      if (before !== undefined && text !== '' && text !== before)
        throw new Malformed('a tool call changes its name');
    }
    const edit = this.leaves.edit(tape, node);
    if (edit !== undefined) frame.edits.push(edit);
  }

  #piece(node: number, choice: number, frame: Frame): void {
    const text = this.tape.text(node);
    if (text !== '')
      frame.pieces.push({
        node,
        text,
        lane: this.#lanes.at(this.tape, node, choice),
        from: 0,
        to: 0,
        out: '',
      });
  }

  #tokens(choice: number, frame: Frame, skip: Set<number>): void {
    const { tape } = this;
    const logprobs = tape.member(choice, 'logprobs');
    if (logprobs < 0 || tape.kind(logprobs) !== T.OBJECT) return;
    const found: (readonly [TokenList, number])[] = [];
    for (const name of ['content', 'refusal']) {
      const array = tape.member(logprobs, name);
      if (array < 0 || tape.next(array) === array + T.ROW) continue;
      found.push([chatTokens(tape, array, this.leaves.path(tape, array)), tape.at(choice, 'delta', name)]);
    }
    const list = completionTokens(tape, logprobs, this.leaves.path(tape, logprobs));
    if (list !== undefined) found.push([list, tape.member(choice, 'text')]);
    for (const [tokens, node] of found) {
      frame.lists.push({ list: tokens, piece: frame.pieces.find((piece) => piece.node === node) });
      for (const covered of tokens.nodes) skip.add(covered);
    }
  }

  /** Text goes out in the frame that settles it. */
  #direct(event: SseEvent, name: string | undefined, frame: Frame): void {
    const { tape } = this;
    for (const piece of frame.pieces) piece.out = piece.lane.text.push(piece.text);
    for (const choice of frame.ending) this.#endChoice(choice, frame.pieces);
    const fixed = frame.edits.length;
    for (const piece of frame.pieces)
      if (piece.out !== piece.text) frame.edits.push(replaceNode(tape, piece.node, piece.out));
    this.pass(event, name, frame.edits);
    const [piece] = frame.pieces;
    if (
      piece === undefined ||
      frame.pieces.length > 1 ||
      fixed > 0 ||
      frame.ending.length > 0 ||
      name !== event.name
    )
      return;
    if (tape.member(0, 'error') >= 0 || event.bytes.subarray(event.from, event.to).indexOf(0x0a) >= 0) return;
    this.layouts.remember(
      event,
      tape.start(piece.node),
      tape.end(piece.node),
      piece.lane.text,
      this.#filler(piece.node),
    );
  }

  /** Ends a choice's lanes. The rest goes into the frame's own text of that lane, or into a frame before it. */
  #endChoice(choice: number, pieces: readonly Piece[]): void {
    this.#choices.set(choice, 'ended');
    for (const lane of this.#lanes.open(choice)) {
      const last = pieces.findLast((piece) => piece.lane === lane);
      const rest = lane.text.end();
      this.layouts.forget(lane.text);
      if (last !== undefined) last.out += rest;
      else if (rest !== '') this.out.add(this.#restFrame(lane, rest));
    }
  }

  #filler(after: number): Filler | undefined {
    const { tape } = this;
    const node = tape.member(0, 'obfuscation');
    if (node < after || tape.kind(node) !== T.STRING || words.readable(tape, node) !== undefined)
      return undefined;
    return { start: tape.start(node), end: tape.end(node), fits: isPadding };
  }

  #queue(event: SseEvent, name: string | undefined, frame: Frame): void {
    const { tape } = this;
    this.#waiting.add(tape, event, name, frame.edits, frame.pieces, frame.lists);
    for (const choice of frame.ending) {
      this.#choices.set(choice, 'ended');
      for (const lane of this.#lanes.open(choice)) this.#finish(lane, true);
    }
    this.#waiting.release();
  }

  #finish(lane: GrowingLane, beforeLast: boolean): void {
    const rest = this.#waiting.finish(lane);
    this.layouts.forget(lane.text);
    if (rest !== '') this.#waiting.insert(this.#restFrame(lane, rest), beforeLast);
  }

  protected endLanes(): void {
    for (const lane of this.#lanes.open()) {
      if (this.#waiting.started) this.#finish(lane, false);
      else {
        const rest = lane.text.end();
        if (rest !== '') this.out.add(this.#restFrame(lane, rest));
      }
    }
    this.#waiting.release();
  }

  #keepEnvelope(event: SseEvent, edits: readonly Edit[]): void {
    const { tape } = this;
    if (tape.kind(0) !== T.OBJECT) return;
    const members: string[] = [];
    const end = tape.next(0);
    for (let key = T.ROW; key < end; key = tape.next(key + T.ROW)) {
      const name = words.name(tape, key);
      if (name === undefined || !ENVELOPE.has(name)) continue;
      const from = tape.tokenStart(key);
      const to = tape.tokenEnd(key + T.ROW);
      const own = edits.filter((edit) => edit.start >= from && edit.end <= to);
      members.push(splice(event.bytes, from, to, own).toString('utf8'));
    }
    if (members.length > 0) this.#envelope = `${members.join(',')},`;
  }

  #frameOf(choice: number, inner: string, reason: string): string {
    return `{${this.#envelope}"choices":[{"index":${choice},${inner},"finish_reason":${reason}}]}`.replaceAll(
      '\n',
      ' ',
    );
  }

  #restFrame(lane: GrowingLane, rest: string): Buffer {
    return writeEvent(
      undefined,
      this.#frameOf(lane.choice, `${lane.before}${quote(rest)}${lane.after}`, 'null'),
    );
  }

  protected cutFrames(why: 'policy' | 'limit'): Buffer {
    const reason = why === 'policy' ? '"content_filter"' : '"length"';
    const open = [...this.#choices].filter(([, state]) => state === 'open').map(([choice]) => choice);
    const inner = this.#kind === 'chat' ? '"delta":{}' : '"text":""';
    const frames = (open.length === 0 && this.#choices.size === 0 ? [0] : open).map((choice) =>
      writeEvent(undefined, this.#frameOf(choice, inner, reason)),
    );
    return Buffer.concat(frames);
  }

  protected errorFrame(refusal: Refusal): Buffer {
    return refuseInStream(refusal);
  }
}

function isDone(event: SseEvent): boolean {
  return event.to - event.from === 6 && event.bytes.toString('latin1', event.from, event.to) === '[DONE]';
}

/** As the vocabulary's shape of `obfuscation`: letters and digits, at most 16. */
function isPadding(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 16) return false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    const lower = byte | 0x20;
    if (!isDigit && !(lower >= 0x61 && lower <= 0x7a)) return false;
  }
  return true;
}
