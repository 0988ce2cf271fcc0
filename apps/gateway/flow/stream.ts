// Relays a streamed answer: each piece from upstream is recorded, edited and passed on; what is held comes out when it is
// settled. The terminator waits for the durable end. Backpressure of the caller and of the record stops the upstream.
import { StreamCut } from '@sluice/inspect';
import type { Outcome } from '@sluice/ledger';
import { Malformed, type StreamEditor } from '@sluice/protocols';
import type { ErrorCode } from '@sluice/types';
import { errorFields } from '../log.ts';
import type { Answer, Relay } from './answer.ts';
import { countsOf } from './answer-lanes.ts';
import { estimatedTokens } from './counted-lane.ts';
import { CallerLeft, Refused } from './refused.ts';

/** Milliseconds that a caller may take to read what is in its socket before it counts as gone. */
const PATIENCE = 300_000;

/** Near a limit, bytes from upstream after which it is looked at: an answer goes over one by no more than what these become. */
const SLICE = 1024;
/** A byte from upstream becomes no more bytes than this, masks included, and what was held back no more than `HELD`. */
const GROWTH = 16;
const HELD = 64 << 10;

/** Relays for which something has arrived in this turn of the loop. */
let due: StreamRelay[] = [];

/** What arrives in one turn of the loop goes out in one write: a write costs more than all that is done to an event. */
function afterTurn(relay: StreamRelay): void {
  if (due.push(relay) === 1) setImmediate(turnAll);
}

function turnAll(): void {
  const relays = due;
  due = [];
  for (const relay of relays) relay.turn();
}

export class StreamRelay implements Relay {
  readonly #answer: Answer;
  readonly #editor: StreamEditor;
  readonly #status: number;
  readonly #headers: string[];
  /** Output of the editor that has not been written yet; one write a piece, however many frames it held. */
  #out: Buffer[] = [];
  #waiting = 0;
  /** Pieces from upstream that have been edited and not yet been recorded. */
  #in: Buffer[] = [];
  /** A turn is scheduled. */
  #due = false;
  #closing: Promise<void> | undefined;

  constructor(
    answer: Answer,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ) {
    const { exchange, lanes } = answer;
    const { protocol } = exchange.connection;
    if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
      throw new Refused('upstream_error', 'The model server compressed a stream, which was not asked for.');
    }
    this.#answer = answer;
    this.#status = status;
    const sink = { write: (bytes: Uint8Array) => this.#add(bytes as Buffer) };
    this.#editor = protocol.editStream(exchange.claim, lanes.open, sink, lanes.sealer);
    this.#headers = [
      'content-type',
      'text/event-stream; charset=utf-8',
      'x-sluice-session',
      exchange.id,
      ...lanes.headers(protocol.responseHeaders, headers),
    ];
    const counts = countsOf(exchange.promptFindings);
    if (counts !== '') this.#headers.push('x-sluice-findings', counts);
    // Headers do not wait for the first token; but an approval is consumed before them.
    if (exchange.clearance.approval === undefined) setImmediate(() => this.#showHead());
  }

  #showHead(): void {
    const { caller } = this.#answer.exchange;
    if (caller.started || caller.left || this.#answer.settled) return;
    caller.head(this.#status, this.#headers);
    caller.flushHead();
  }

  data(chunk: Buffer): void {
    if (this.#closing !== undefined) return;
    this.#in.push(chunk);
    try {
      // Near a limit in slices, so that it is seen where it is reached and not where the network happened to cut.
      const slice = this.#isNear(chunk.length) ? SLICE : chunk.length;
      for (let from = 0; from < chunk.length; from += slice) {
        this.#editor.push(chunk.length <= slice ? chunk : chunk.subarray(from, from + slice));
        if (this.#isFull()) {
          this.#cut('limit', new Refused('limit_exceeded'));
          return;
        }
      }
    } catch (error) {
      this.#stop(error);
      return;
    }
    if (this.#due) return;
    this.#due = true;
    afterTurn(this);
  }

  /** Records and passes on what has arrived since the last one. */
  turn(): void {
    this.#due = false;
    if (this.#closing !== undefined || this.#answer.stopped) return;
    try {
      const { gate } = this.#answer;
      const at = gate.now();
      const room = this.#keep(at) && this.#release(at);
      if (!room) this.#answer.waitFor(gate.ledger.drained());
    } catch (error) {
      this.#answer.broken(error);
    }
  }

  /** So many more bytes from upstream could reach a limit. */
  #isNear(bytes: number): boolean {
    const { exchange, lanes } = this.#answer;
    const { response_bytes, response_tokens } = exchange.policy.policy.limits;
    if (
      response_bytes !== undefined &&
      exchange.caller.sent + this.#waiting + GROWTH * bytes + HELD > response_bytes
    )
      return true;
    return (
      response_tokens !== undefined &&
      (this.#editor.usage.output ?? estimatedTokens(lanes.said)) + bytes > response_tokens
    );
  }

  /** Records what has come from upstream. False when the record's queue is full. */
  #keep(at: number): boolean {
    if (this.#in.length === 0) return true;
    const bytes = this.#in.length === 1 ? this.#in[0]! : Buffer.concat(this.#in);
    this.#in = [];
    return this.#answer.gate.ledger.piece(this.#answer.exchange.id, 'original', at, bytes);
  }

  #add(bytes: Buffer): void {
    this.#out.push(bytes);
    this.#waiting += bytes.length;
  }

  #isFull(): boolean {
    const { exchange, lanes } = this.#answer;
    const { response_bytes, response_tokens } = exchange.policy.policy.limits;
    if (response_bytes !== undefined && exchange.caller.sent + this.#waiting > response_bytes) return true;
    return (
      response_tokens !== undefined &&
      (this.#editor.usage.output ?? estimatedTokens(lanes.said)) > response_tokens
    );
  }

  /** Writes what the editor has released. False when the record's queue is full. */
  #release(at: number): boolean {
    const { exchange, gate } = this.#answer;
    if (this.#out.length === 0) return true;
    const bytes = this.#out.length === 1 ? this.#out[0]! : Buffer.concat(this.#out);
    this.#out = [];
    this.#waiting = 0;
    const { caller } = exchange;
    if (!caller.started) caller.head(this.#status, this.#headers);
    if (!caller.write(bytes)) this.#answer.waitFor(this.#drained());
    return gate.ledger.piece(exchange.id, 'delivered', at, bytes);
  }

  #drained(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#answer.exchange.caller.destroy();
      reject(new CallerLeft());
    }, PATIENCE);
    this.#answer.exchange.caller.whenDrained(resolve);
    return promise.finally(() => clearTimeout(timer));
  }

  async end(): Promise<void> {
    if (this.#closing === undefined) {
      try {
        this.#editor.end();
        this.#close('answered', undefined);
      } catch (error) {
        this.#stop(error);
      }
    }
    await this.#closing;
  }

  left(): void {
    this.#keep(this.#answer.gate.now());
  }

  async fail(error: Refused): Promise<void> {
    if (error.code === 'limit_exceeded') this.#cut('limit', error);
    else this.#fail(error);
    await this.#closing;
  }

  #stop(error: unknown): void {
    if (error instanceof StreamCut) this.#cut('policy', new Refused('response_blocked'));
    else if (error instanceof Malformed)
      this.#fail(new Refused('upstream_error', 'The model server did not answer as its protocol does.'));
    else throw error;
  }

  #cut(why: 'policy' | 'limit', refused: Refused): void {
    if (this.#closing !== undefined) return;
    this.#editor.cut(why, refused.toRefusal(this.#answer.exchange.id));
    this.#answer.abort();
    this.#close(why === 'policy' ? 'cut' : 'limited', refused.code);
  }

  #fail(refused: Refused): void {
    if (this.#closing !== undefined) return;
    this.#editor.fail(refused.toRefusal(this.#answer.exchange.id));
    this.#answer.abort();
    this.#close('upstream_failed', refused.code);
  }

  /** Everything but the ending has gone, or is in hand: the end becomes durable, then the ending goes. */
  #close(outcome: Outcome, error: ErrorCode | undefined): void {
    if (this.#closing !== undefined) return;
    this.#answer.beginEnd();
    this.#closing = this.#finish(outcome, error);
    this.#closing.then(
      () => this.#answer.settle(),
      (failure) => this.#answer.settle(failure),
    );
  }

  async #finish(outcome: Outcome, error: ErrorCode | undefined): Promise<void> {
    const { exchange, gate, lanes } = this.#answer;
    const { caller } = exchange;
    const counts = countsOf(lanes.found);
    const found = counts === '' ? undefined : Buffer.from(`: sluice-findings ${counts}\n\n`);
    const at = gate.now();
    this.#keep(at);
    if (outcome === 'answered') this.#release(at);
    const ending = [
      ...(found === undefined ? [] : [found]),
      ...this.#out,
      Buffer.from(this.#editor.terminator),
    ];
    this.#out = [];
    const bytes = Buffer.concat(ending);
    gate.ledger.piece(exchange.id, 'delivered', at, bytes);
    if (!caller.started) caller.head(this.#status, this.#headers);
    try {
      await this.#answer.finish(outcome, error, {
        usage: this.#editor.usage,
        responseBytes: caller.sent + bytes.length,
      });
    } catch (failure) {
      gate.log.error(
        { ...errorFields(failure), session: exchange.id },
        'the end of an answer could not be recorded',
      );
      const refusal = new Refused('record_unavailable').toRefusal(exchange.id);
      caller.end(Buffer.from(exchange.connection.protocol.refuseInStream(refusal)));
      return;
    }
    caller.end(bytes);
    this.#answer.abort();
  }
}
