// Relays an answer that comes whole: gathered within the limit, edited, recorded, sent. All but the last byte goes out while
// the end of the answer becomes durable; the last byte waits for it.
import { StreamCut } from '@sluice/inspect';
import { RecordUnavailable } from '@sluice/ledger';
import { Malformed } from '@sluice/protocols';
import { undoCoding } from '../content-coding.ts';
import type { Answer, Relay } from './answer.ts';
import { countsOf } from './answer-lanes.ts';
import { estimatedTokens } from './counted-lane.ts';
import { Refused } from './refused.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Bound on a whole answer when the policy sets none, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/**
 * With no more calls than this under way, the body goes out early, but for its last byte: the caller reads while the end
 * becomes durable. With more, a second write for each answer costs all of them more than the head start gains one.
 */
const QUIET = 4;

export class WholeRelay implements Relay {
  readonly #answer: Answer;
  readonly #status: number;
  readonly #type: string | undefined;
  readonly #headers: Headers;
  readonly #limit: number;
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(answer: Answer, status: number, type: string | undefined, headers: Headers) {
    this.#answer = answer;
    this.#status = status;
    this.#type = type;
    this.#headers = headers;
    this.#limit = answer.exchange.policy.policy.limits.response_bytes ?? LARGEST;
  }

  data(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#limit)
      throw new Refused('limit_exceeded', 'The answer is larger than the policy allows.');
    this.#pieces.push(chunk);
  }

  async end(): Promise<void> {
    const { exchange, lanes, gate } = this.#answer;
    const { caller, connection } = exchange;
    const received = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces, this.#size);
    this.#pieces = [];
    const original = await this.#decoded(received);
    const edited = this.#edit(original);
    const { response_tokens } = exchange.policy.policy.limits;
    if (
      response_tokens !== undefined &&
      (edited.usage.output ?? estimatedTokens(lanes.said)) > response_tokens
    )
      throw new Refused('limit_exceeded', 'The answer has more tokens than the policy allows.');
    const body = edited.body;
    const content = body === original ? { original } : { original, delivered: body };
    const outcome = this.#status < 400 ? 'answered' : 'upstream_failed';
    if (caller.started) throw new Refused('upstream_error', 'The model server did not answer with a stream.');
    const head = [
      'x-sluice-session',
      exchange.id,
      ...lanes.headers(connection.protocol.responseHeaders, this.#headers),
    ];
    head.push('content-type', 'application/json', 'content-length', String(body.length));
    const counts = countsOf([...exchange.promptFindings, ...lanes.found]);
    if (counts !== '') head.push('x-sluice-findings', counts);
    if (this.#status < 300) await this.#answer.consume();
    if (this.#answer.stopped) return;
    this.#answer.beginEnd();
    const early = body.length > 1 && gate.load.calls <= QUIET;
    if (early) {
      caller.head(this.#status, head);
      caller.write(body.subarray(0, -1));
    } else caller.status = this.#status;
    try {
      const first = early ? {} : { firstByteMs: gate.now() - exchange.at };
      await this.#answer.finish(
        outcome,
        undefined,
        { usage: edited.usage, responseBytes: body.length, ...first },
        content,
      );
    } catch (error) {
      if (early) caller.destroy();
      throw error instanceof RecordUnavailable ? new Refused('record_unavailable') : error;
    }
    if (early) caller.end(body.subarray(-1));
    else {
      caller.head(this.#status, head);
      caller.end(body);
    }
  }

  left(): void {
    // What had come of a whole answer was not read yet, and is not part of what was said.
    this.#pieces = [];
  }

  /** Compressed answers are not asked for; one that comes all the same is read like any other, or refused. */
  async #decoded(received: Buffer): Promise<Buffer> {
    const coding = this.#headers['content-encoding'];
    if (coding === undefined || coding === 'identity') return received;
    const undone = await undoCoding(coding, received, this.#limit);
    if (undone === 'too-large')
      throw new Refused('limit_exceeded', 'The answer is larger than the policy allows.');
    if (undone === 'unreadable')
      throw new Refused('upstream_error', 'The content encoding of the answer could not be undone.');
    return undone;
  }

  #edit(original: Buffer): { body: Buffer; usage: { input?: number; output?: number } } {
    const { exchange, lanes } = this.#answer;
    try {
      const { claim, connection } = exchange;
      return lanes.whole((open) =>
        connection.protocol.editWhole(claim, this.#status, this.#type, original, open, lanes.sealer),
      );
    } catch (error) {
      if (error instanceof StreamCut) throw new Refused('response_blocked');
      if (error instanceof Malformed)
        throw new Refused('upstream_error', 'The model server did not answer as its protocol does.');
      throw error;
    }
  }

  async fail(error: Refused): Promise<void> {
    throw error;
  }
}
