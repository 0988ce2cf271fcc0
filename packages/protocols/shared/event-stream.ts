// What the streams of all SSE protocols do alike: bytes to events, known layouts, the order of endings. Knows no event.
import type { OpenLane, Refusal } from '@sluice/types';
import { type SseEvent, type SseHandler, SseReader, writeEvent } from '../framing/sse.ts';
import { type Edit, splice } from '../json/rewrite.ts';
import { scan } from '../json/scan.ts';
import { Tape } from '../json/tape.ts';
import { Malformed } from '../malformed.ts';
import type { ResponseSink, StreamEditor } from '../protocol.ts';
import { editText } from './lane.ts';
import { Layouts } from './layout.ts';
import { type LeafRules, Leaves, type Repeats } from './leaves.ts';
import { Output } from './output.ts';
import { cutComment } from './refusal.ts';

const NOTHING = Buffer.alloc(0);
const COMMENT = Buffer.from(':\n\n');
/** Bytes by which an event may grow for what the event before it held back. */
const ROOM = 128;

/** How far the upstream's answer has come. */
type Phase = 'open' | 'terminated' | 'failed';

export abstract class EventStream implements StreamEditor, SseHandler {
  usage: StreamEditor['usage'] = {};
  done = false;
  terminator: Buffer = NOTHING;
  protected readonly open: OpenLane;
  protected readonly out: Output;
  protected readonly tape = new Tape();
  protected readonly leaves: Leaves;
  protected readonly layouts = new Layouts();
  readonly #reader = new SseReader(this);
  #phase: Phase = 'open';

  constructor(open: OpenLane, sink: ResponseSink, rules: LeafRules, repeats?: Repeats) {
    this.open = open;
    this.out = new Output(sink);
    this.leaves = new Leaves(open, rules, repeats);
  }

  /** Reads one event in full. */
  protected abstract frame(event: SseEvent): void;
  /** Ends every lane and writes what they still held. */
  protected abstract endLanes(): void;
  /** The frames that end a cut answer, without the terminator. */
  protected abstract cutFrames(why: 'policy' | 'limit'): Buffer;
  protected abstract readonly terminatorFrame: Buffer;
  protected abstract errorFrame(refusal: Refusal): Buffer;

  push(chunk: Buffer): void {
    if (this.done) return;
    // What is edited is mostly written anew, a text late, so that as much comes out as goes in.
    this.out.expect(chunk.length + ROOM);
    try {
      this.#reader.push(chunk);
    } finally {
      this.out.flush();
    }
  }

  end(): void {
    if (this.done) return;
    try {
      this.#reader.end();
      if (this.#phase === 'open') throw new Malformed('the stream ended without its terminator');
    } finally {
      this.out.flush();
    }
    this.done = true;
    if (this.#phase === 'terminated') this.terminator = this.terminatorFrame;
  }

  cut(why: 'policy' | 'limit', refusal: Refusal): void {
    if (this.done) return;
    this.done = true;
    this.out.add(Buffer.from(cutComment(refusal)));
    this.out.add(this.cutFrames(why));
    this.out.flush();
    this.terminator = this.terminatorFrame;
  }

  fail(refusal: Refusal): void {
    if (this.done) return;
    this.done = true;
    this.out.add(this.errorFrame(refusal));
    this.out.flush();
  }

  event(event: SseEvent): void {
    // What follows the terminator is read by no client.
    if (this.#phase === 'terminated' || this.layouts.edit(event, this.out)) return;
    this.frame(event);
  }

  skim(bytes: Buffer, from: number, to: number): number {
    return this.#phase === 'terminated' ? from : this.layouts.skim(bytes, from, to, this.out);
  }

  comment(): void {
    this.out.add(COMMENT);
  }

  protected scan(event: SseEvent): void {
    scan(this.tape, event.bytes, event.from, event.to, { strict: false });
  }

  /** The upstream's terminator has come. */
  protected terminate(): void {
    this.endLanes();
    this.#phase = 'terminated';
  }

  /** The upstream has reported an error, after which nothing more needs to come. */
  protected failed(): void {
    if (this.#phase === 'open') this.#phase = 'failed';
  }

  /** Writes the scanned event with edits. */
  protected pass(event: SseEvent, name: string | undefined, edits: readonly Edit[]): void {
    if (edits.length === 0 && event.verbatim && name === event.name)
      this.out.pass(event.bytes, event.start, event.end);
    else this.out.add(writeEvent(name, splice(event.bytes, event.from, event.to, edits)));
  }

  /** The event's name as it may go on: one of `known`, or inspected. */
  protected name(event: SseEvent, known: ReadonlySet<string>): string | undefined {
    if (event.name === undefined || known.has(event.name)) return event.name;
    return editText(this.open, { id: 'event', role: 'meta', format: 'text' }, event.name).replace(
      /[\r\n]/g,
      ' ',
    );
  }
}
