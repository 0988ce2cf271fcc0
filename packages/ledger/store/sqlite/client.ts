// The gateway's side of the store's worker: calls with answers, and stretches of the journal handed over in batches.
import { Worker } from 'node:worker_threads';
import { RecordUnavailable } from '../../errors.ts';
import type { Durable } from '../../journal/journal.ts';
import type { Submitted } from './inbox.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts';

/** A stretch waits this long for others: more in a batch is cheaper, and a call hands over first what there is. */
const HAND_OVER_MS = 250;
const HAND_OVER_BYTES = 2 << 20;

export interface ClientEvents {
  readonly onSynced: (seq: number) => void;
  readonly onInbox: (acts: readonly Submitted[]) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class StoreClient {
  readonly #worker: Worker;
  readonly #events: ClientEvents;
  readonly #calls = new Map<number, Waiting>();
  #lastCall = 0;
  #stretches: Durable[] = [];
  #bytes = 0;
  #sync = false;
  #timer: NodeJS.Timeout | undefined;
  #closed: (() => void) | undefined;
  #gone: RecordUnavailable | undefined;
  /** What the recovery found. */
  readonly ready: Promise<{ readonly nextSeq: number; readonly open: readonly string[] }>;

  constructor(setup: WorkerSetup, events: ClientEvents) {
    this.#events = events;
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: setup });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve(message);
        else this.#received(message);
      });
      this.#worker.on('error', (error: Error) => {
        this.#end(error);
        reject(error);
      });
      this.#worker.on('exit', () => this.#end());
    });
  }

  /** False once the worker has ended for a reason of its own: nothing can be applied or asked any more. */
  get alive(): boolean {
    return this.#gone === undefined;
  }

  follow(stretch: Durable): void {
    this.#stretches.push(stretch);
    this.#bytes += stretch.to - stretch.from;
    this.#sync ||= stretch.rolled;
    if (this.#bytes >= HAND_OVER_BYTES || stretch.rolled) this.#handOver();
    else this.#timer ??= setTimeout(() => this.#handOver(), HAND_OVER_MS);
  }

  /** Answers see every stretch that was followed before the call. */
  call(method: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#gone) return reject(this.#gone);
      this.#handOver();
      const id = ++this.#lastCall;
      this.#calls.set(id, { resolve, reject });
      this.#post({ kind: 'call', id, method, args });
    });
  }

  async close(): Promise<void> {
    if (this.#gone) return;
    this.#handOver();
    const closed = new Promise<void>((resolve) => (this.#closed = resolve));
    this.#post({ kind: 'close' });
    await closed;
    await this.#worker.terminate();
  }

  #handOver(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#stretches.length === 0 || this.#gone) return;
    this.#post({ kind: 'apply', stretches: this.#stretches, sync: this.#sync });
    this.#stretches = [];
    this.#bytes = 0;
    this.#sync = false;
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #received(message: Exclude<FromWorker, { kind: 'ready' }>): void {
    if (message.kind === 'synced') this.#events.onSynced(message.seq);
    else if (message.kind === 'inbox') this.#events.onInbox(message.acts);
    else if (message.kind === 'closed') this.#closed?.();
    else this.#answered(message);
  }

  #answered(message: Extract<FromWorker, { kind: 'result' | 'failed' }>): void {
    const waiting = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.value);
    else
      waiting?.reject(
        message.unavailable ? new RecordUnavailable(message.message) : new Error(message.message),
      );
  }

  #end(cause?: Error): void {
    this.#gone ??= new RecordUnavailable('the store has ended', { cause });
    for (const { reject } of this.#calls.values()) reject(this.#gone);
    this.#calls.clear();
    this.#closed?.();
  }
}
