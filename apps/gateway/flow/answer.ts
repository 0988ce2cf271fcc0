// The answer of one exchange, from the upstream's first byte to the durable end. It decides how the answer is relayed (whole
// or streamed) and owns the ways it can end; the editing itself is in ./whole.ts and ./stream.ts.
import { type ExchangeEnd, type Outcome, RecordUnavailable } from '@sluice/ledger';
import type { ErrorCode } from '@sluice/types';
import type { Dispatcher } from 'undici';
import type { Gate } from '../gate.ts';
import { errorFields } from '../log.ts';
import { AnswerLanes } from './answer-lanes.ts';
import type { Cleared } from './exchange.ts';
import { Refused } from './refused.ts';
import { StreamRelay } from './stream.ts';
import { WholeRelay } from './whole.ts';

/** What relays the body once its headers are known. Every method may throw `Refused` before the first byte has gone. */
export interface Relay {
  data(chunk: Buffer): void;
  /** Upstream ended in good order. */
  end(): Promise<void>;
  /** The caller has gone: what came from upstream is still to be recorded. */
  left(): void;
  /** Upstream failed in the middle. */
  fail(error: Refused): Promise<void>;
}

/** undici error codes (https://undici.nodejs.org/#/docs/api/Errors) that mean that time ran out. */
const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']);

export class Answer implements Dispatcher.DispatchHandler {
  readonly done: Promise<void>;
  readonly exchange: Cleared;
  readonly gate: Gate;
  readonly lanes: AnswerLanes;
  readonly startedAt = performance.now();
  #controller: Dispatcher.DispatchController | undefined;
  #relay: Relay | undefined;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;
  #settled = false;
  /** This side has stopped the upstream: what it reports from then on is the echo of that. */
  #aborted = false;
  /** The last part is on its way: limits and a caller who leaves change nothing any more. */
  #ending = false;
  #consumed = false;
  /** Work that must come before the next piece of the answer: consuming an approval, backpressure of the record. */
  #before: Promise<void> | undefined;
  readonly #deadline: NodeJS.Timeout | undefined;

  constructor(exchange: Cleared, gate: Gate) {
    this.exchange = exchange;
    this.gate = gate;
    this.lanes = new AnswerLanes(exchange, gate);
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    exchange.caller.whenLeft(() => this.#left());
    const { duration } = exchange.policy.policy.limits;
    if (duration !== undefined) this.#deadline = setTimeout(() => this.overLimit(), duration);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(new Error('settled'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#settled || status < 200) return;
    if (status >= 300 && status < 400) {
      this.#refuse(new Refused('upstream_error', 'The model server answered with a redirect.'));
      return;
    }
    try {
      const type = contentType(headers);
      const streamed = type === 'text/event-stream' && status < 300;
      this.#relay = streamed
        ? new StreamRelay(this, status, headers)
        : new WholeRelay(this, status, type, headers);
    } catch (error) {
      this.broken(error);
      return;
    }
    // A stream is the answer from its first byte on; a whole answer is one only once it has come whole.
    if (this.exchange.clearance.approval !== undefined && this.#relay instanceof StreamRelay)
      this.#hold(controller, this.consume());
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled || this.#relay === undefined) return;
    if (this.#before !== undefined) {
      // A paused source may still deliver what it had in hand: it goes on in order once the wait is over.
      this.#hold(
        controller,
        this.#before.then(() => this.#deliver(chunk)),
      );
    } else this.#deliver(chunk);
  }

  onResponseEnd(): void {
    const relay = this.#relay;
    if (this.#settled || relay === undefined) return;
    const end = async () => {
      await this.#before;
      if (!this.#settled) await relay.end();
    };
    end().then(
      () => this.settle(),
      (error) => this.broken(error),
    );
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#settled || this.#aborted) return;
    const code = (error as { code?: string }).code ?? '';
    this.gate.log.warn(
      { ...errorFields(error), session: this.exchange.id, connection: this.exchange.connection.name },
      'the model server failed',
    );
    this.#refuse(new Refused(TIMEOUTS.has(code) ? 'upstream_timeout' : 'upstream_error'));
  }

  #deliver(chunk: Buffer): void {
    if (this.#settled) return;
    try {
      this.#relay!.data(chunk);
    } catch (error) {
      this.broken(error);
    }
  }

  /** Stops the source until `work` is done; what fails in it ends the answer. */
  #hold(controller: Dispatcher.DispatchController, work: Promise<void>): void {
    controller.pause();
    const waited: Promise<void> = work.then(
      () => {
        if (this.#before !== waited) return;
        this.#before = undefined;
        controller.resume();
      },
      (error) => this.broken(error),
    );
    this.#before = waited;
  }

  /** For relays: the record or the caller cannot take more for now. */
  waitFor(work: Promise<void>): void {
    if (this.#controller !== undefined)
      this.#hold(this.#controller, this.#before === undefined ? work : this.#before.then(() => work));
  }

  /** Single use is durable before the first byte of the answer. */
  async consume(): Promise<void> {
    const id = this.exchange.clearance.approval;
    if (id === undefined) return;
    if (!(await this.gate.approvals.store.consume(id)))
      throw new Refused('approval_expired', 'The approval was used or withdrawn meanwhile.');
    this.#consumed = true;
    await this.gate.approvals.settle(id, true);
  }

  /** The limit on time is reached. */
  overLimit(): void {
    if (this.#settled || this.#ending) return;
    this.#refuse(new Refused('limit_exceeded', 'The answer took longer than the policy allows.'));
  }

  #left(): void {
    if (this.#settled || this.#aborted || this.#ending) return;
    this.#relay?.left();
    this.abort();
    this.finish('caller_left', undefined).then(
      () => this.settle(),
      (error) => this.settle(error),
    );
  }

  /** Something went wrong while the answer was handled: it ends in shape. */
  broken(error: unknown): void {
    if (this.#settled) return;
    if (error instanceof Refused) {
      this.#refuse(error);
      return;
    }
    this.gate.log.error(
      { ...errorFields(error), session: this.exchange.id },
      'an answer could not be handled',
    );
    this.#refuse(new Refused(error instanceof RecordUnavailable ? 'record_unavailable' : 'upstream_error'));
  }

  /** Ends in the protocol's shape: before the first byte by the flow's own refusal, later by the relay. */
  #refuse(refused: Refused): void {
    const relay = this.#relay;
    this.abort();
    if (relay === undefined || !this.exchange.caller.started || !(relay instanceof StreamRelay)) {
      this.settle(refused);
    } else
      relay.fail(refused).then(
        () => this.settle(),
        (error) => this.settle(error),
      );
  }

  /** For relays: the end of the answer is known and is being recorded and sent. */
  beginEnd(): void {
    this.#ending = true;
  }

  /** Stops reading from upstream. */
  abort(): void {
    this.#aborted = true;
    this.#controller?.abort(new Error('no longer wanted'));
  }

  /** The flow goes on: with an error when the caller is still to be told. An approval that led to no answer may be tried again by then. */
  settle(error?: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#deadline);
    this.exchange.caller.whenLeft(undefined);
    const done = error === undefined ? this.#resolve : () => this.#reject(error);
    const { approval } = this.exchange.clearance;
    if (approval === undefined || this.#consumed) done();
    else
      this.gate.approvals
        .settle(approval, false)
        .catch((failure: unknown) =>
          this.gate.log.error(errorFields(failure), 'an approval could not be released'),
        )
        .finally(done);
  }

  /** Nothing more of the answer is to be passed on or recorded. */
  get stopped(): boolean {
    return this.#settled || this.#aborted;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Makes the end durable and counts it. To be awaited before the last byte goes. */
  async finish(
    outcome: Outcome,
    error: ErrorCode | undefined,
    more: Partial<ExchangeEnd> = {},
    content?: { original: Buffer; delivered?: Buffer },
  ): Promise<void> {
    const { caller, connection, claim, principal, policy } = this.exchange;
    const first = caller.firstByteAt;
    await this.gate.ledger.finish(
      this.exchange.id,
      {
        at: this.gate.now(),
        outcome,
        status: caller.status,
        ...(error === undefined ? {} : { error }),
        ...(first === undefined
          ? {}
          : { firstByteMs: this.gate.now() - this.exchange.at - (performance.now() - first) }),
        findings: this.lanes.found.map((treated) => treated.finding),
        requestBytes: this.exchange.body.length,
        responseBytes: caller.sent,
        ...more,
      },
      content,
    );
    this.gate.limiter.spend(
      `${principal.subject} ${connection.name}`,
      { minute: policy.policy.limits.per_minute, hour: policy.policy.limits.per_hour },
      caller.sent,
      this.gate.now(),
    );
    this.gate.metrics.call(connection.name, claim.operation, outcome);
  }
}

function contentType(headers: Record<string, string | string[] | undefined>): string | undefined {
  const value = headers['content-type'];
  if (typeof value !== 'string') return undefined;
  const semicolon = value.indexOf(';');
  return (semicolon === -1 ? value : value.slice(0, semicolon)).trim().toLowerCase();
}
