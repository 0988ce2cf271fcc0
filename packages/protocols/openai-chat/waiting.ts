// Frames that wait until their text is settled. Log probabilities repeat a frame's text token by token, so text cannot move to
// a later frame; the frame moves instead, and entries whose token was touched are dropped from it.
import type { OpenLane } from '@sluice/types';
import { type SseEvent, writeEvent } from '../framing/sse.ts';
import { type Edit, removeElements, replaceNode, splice } from '../json/rewrite.ts';
import type { Tape } from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import type { Step } from '../shared/lane.ts';
import type { Output } from '../shared/output.ts';
import type { GrowingLane } from './lanes.ts';
import { othersAreClean, overlaps, type TokenList, tokenRanges } from './logprobs.ts';

/** Bytes of frames that may wait; far more than a provider's longest answer. */
const MAX_WAITING = 16 << 20;

/** A lane's text in one frame. */
export interface Piece {
  readonly node: number;
  readonly text: string;
  readonly lane: GrowingLane;
  /** Range of the lane's own text. */
  from: number;
  to: number;
  /** What stands in the text's place. */
  out: string;
}

interface Waiting {
  readonly bytes: number;
  /** Pieces that are not settled. */
  open: number;
  write(): Buffer;
}

interface Unsettled {
  readonly piece: Piece;
  readonly frame: Waiting;
}

export class WaitingFrames {
  readonly #openLane: OpenLane;
  readonly #out: Output;
  readonly #frames: Waiting[] = [];
  readonly #pieces = new Map<GrowingLane, Unsettled[]>();
  readonly #touched = new Map<GrowingLane, Step[]>();
  #bytes = 0;
  started = false;

  constructor(open: OpenLane, out: Output) {
    this.#openLane = open;
    this.#out = out;
  }

  /** From now on frames wait. */
  start(): void {
    this.started = true;
  }

  add(
    tape: Tape,
    event: SseEvent,
    name: string | undefined,
    edits: readonly Edit[],
    pieces: readonly Piece[],
    lists: readonly { readonly list: TokenList; readonly piece: Piece | undefined }[],
  ): void {
    const own = tape.detach();
    const { from, to } = event;
    const frame: Waiting = {
      bytes: to - from,
      open: pieces.length,
      write: () => {
        const all = [...edits];
        for (const piece of pieces)
          if (piece.out !== piece.text) all.push(replaceNode(own, piece.node, piece.out));
        for (const { list, piece } of lists) all.push(...this.#prune(own, list, piece));
        return writeEvent(name, splice(own.bytes, from, to, all));
      },
    };
    this.#bytes += frame.bytes;
    if (this.#bytes > MAX_WAITING) throw new Malformed('too much of the stream waits for its end');
    this.#frames.push(frame);
    for (const piece of pieces) this.#feed(piece, frame);
  }

  /** Writes a frame of its own, before the frame that came last or after it. */
  insert(bytes: Buffer, beforeLast: boolean): void {
    const frame: Waiting = { bytes: 0, open: 0, write: () => bytes };
    this.#frames.splice(beforeLast ? this.#frames.length - 1 : this.#frames.length, 0, frame);
  }

  /** Ends a lane. Returns the text that no waiting frame can take. */
  finish(lane: GrowingLane): string {
    return this.#settle(lane, lane.text.finish());
  }

  /** Writes the frames that wait for nothing any more. */
  release(): void {
    while (this.#frames[0]?.open === 0) {
      const frame = this.#frames.shift()!;
      this.#bytes -= frame.bytes;
      this.#out.add(frame.write());
    }
  }

  #feed(piece: Piece, frame: Waiting): void {
    const { lane } = piece;
    piece.from = lane.text.received;
    piece.to = piece.from + piece.text.length;
    const waiting = this.#pieces.get(lane) ?? [];
    this.#pieces.set(lane, waiting);
    waiting.push({ piece, frame });
    piece.out = '';
    this.#settle(lane, lane.text.step(piece.text));
  }

  /** Gives a step's text to the pieces it belongs to. */
  #settle(lane: GrowingLane, step: Step): string {
    const waiting = this.#pieces.get(lane) ?? [];
    if (step.touched) this.#touched.set(lane, [...(this.#touched.get(lane) ?? []), step]);
    let rest = step.text;
    if (step.touched || (waiting[0]?.piece.from ?? 0) > step.from) {
      const taker = waiting.find(({ piece }) => piece.to > step.from) ?? waiting.at(-1);
      if (taker !== undefined) {
        taker.piece.out += rest;
        rest = '';
      }
    } else {
      for (const { piece } of waiting) {
        const from = Math.max(piece.from, step.from);
        const to = Math.min(piece.to, step.to);
        if (to > from) piece.out += step.text.slice(from - step.from, to - step.from);
      }
      if (waiting.length > 0) rest = '';
    }
    while (waiting[0] !== undefined && waiting[0].piece.to <= step.to) waiting.shift()!.frame.open--;
    return rest;
  }

  /** Edits that drop the entries which may not be shown. */
  #prune(tape: Tape, list: TokenList, piece: Piece | undefined): Edit[] {
    const ranges = piece && tokenRanges(list, piece.text);
    const touched = piece === undefined ? [] : (this.#touched.get(piece.lane) ?? []);
    const drop = list.entries.map((entry, at) => {
      if (piece === undefined || ranges === undefined || !entry.sound) return true;
      const range = { from: piece.from + ranges[at]!.from, to: piece.from + ranges[at]!.to };
      return overlaps(range, touched) || !othersAreClean(this.#openLane, list, at);
    });
    return list.arrays.flatMap((array) => removeElements(tape, array, (position) => drop[position] ?? true));
  }
}
