// Turns the steps of exchanges into sealed entries and receipts. It must not know which store keeps them.

import type { Parts } from './body.ts';
import { actEntry, beginEntry, type EntryDraft, endEntry, pieceEntry, stepEntry } from './entry.ts';
import { RecordUnavailable } from './errors.ts';
import type {
  AdminAct,
  ExchangeEnd,
  ExchangeStart,
  Recorder,
  RecordMode,
  RequestContent,
  Step,
} from './ledger.ts';
import { Block, type Side } from './pieces.ts';
import { type Receipt, receipt } from './receipt.ts';
import { ExchangeSeal } from './seal.ts';
import type { Store } from './store.ts';
import type { KeyWrapper } from './wrapper.ts';

/** Bytes of both sides that are sealed together. */
const BLOCK = 16 << 10;
/** Bytes of pieces that are not yet durable, over all exchanges, before callers are asked to wait. */
const QUEUE = 8 << 20;
/** A block is handed to the store after two to three of these, so within 250 ms. */
const TICK_MS = 80;

interface Open {
  readonly seal: ExchangeSeal;
  readonly record: RecordMode;
  readonly at: number;
  block: Block | undefined;
  /** Ticks since the first piece of the block. */
  age: number;
  /** Others have closed it: nothing more of it is recorded. */
  disowned: boolean;
}

export class LedgerRecorder implements Recorder {
  readonly #store: Store;
  readonly #wrapper: KeyWrapper;
  readonly #open = new Map<string, Open>();
  /** Exchanges whose pieces wait to be sealed. */
  readonly #dirty = new Set<string>();
  /** Exchanges whose end was refused: once the store recovers, they are closed as interrupted. */
  readonly #unended = new Map<string, ExchangeEnd>();
  #queued = 0;
  #drained: (() => void)[] = [];
  #ticking: NodeJS.Timeout | undefined;

  constructor(store: Store, wrapper: KeyWrapper) {
    this.#store = store;
    this.#wrapper = wrapper;
    store.onRecovery(() => this.#closeUnended());
    store.onDisowned(() => this.#disown());
  }

  get available(): boolean {
    return this.#store.available;
  }

  begin(start: ExchangeStart, content: RequestContent): Promise<Receipt> {
    const { id, record } = start;
    if (this.#open.has(id)) return Promise.reject(new RangeError(`Exchange ${id} has begun already.`));
    const seal = new ExchangeSeal(id, this.#wrapper);
    const sealed = seal.seal('begin', { ...requestParts(start, content), ...findingParts(start) });
    this.#open.set(id, { seal, record, at: start.at, block: undefined, age: 0, disowned: false });
    return this.#store.append(beginEntry(start, sealed), 'now').then(
      (seq) => receipt(id, seq),
      (error: unknown) => {
        this.#open.delete(id);
        throw error;
      },
    );
  }

  step(exchange: string, step: Step, details: Readonly<Record<string, string | number>>): Promise<Receipt> {
    if (this.#open.get(exchange)?.disowned !== false) return notOpen(exchange);
    return this.#append(exchange, stepEntry(exchange, Date.now(), step, details));
  }

  piece(exchange: string, side: Side, at: number, bytes: Buffer): boolean {
    const open = this.#open.get(exchange);
    if (!open) throw new RangeError(`Exchange ${exchange} is not open.`);
    if (
      bytes.length > 0 &&
      !open.disowned &&
      open.record !== 'metadata' &&
      !(open.record === 'redacted' && side === 'original')
    ) {
      open.block ??= new Block();
      open.block.add(side, Math.max(0, at - open.at), bytes);
      this.#queued += bytes.length;
      if (open.block.size >= BLOCK) this.#flush(exchange, open);
      else this.#dirty.add(exchange);
      this.#tick();
    }
    return this.#queued < QUEUE;
  }

  drained(): Promise<void> {
    if (this.#queued < QUEUE) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  finish(
    exchange: string,
    end: ExchangeEnd,
    content?: { readonly original: Buffer; readonly delivered?: Buffer },
  ): Promise<Receipt> {
    const open = this.#open.get(exchange);
    if (!open || open.disowned) {
      this.#open.delete(exchange);
      return notOpen(exchange);
    }
    this.#flush(exchange, open);
    const sealed = open.seal.seal('end', { ...answerParts(open.record, content), ...findingParts(end) });
    this.#open.delete(exchange);
    return this.#append(exchange, endEntry(exchange, end, sealed)).catch((error: unknown) => {
      this.#unended.set(exchange, end);
      throw error;
    });
  }

  act(act: AdminAct): Promise<Receipt> {
    return this.#append('', actEntry(act));
  }

  /** Hands what is queued to the store. Before the store closes. */
  close(): void {
    clearInterval(this.#ticking);
    for (const exchange of this.#dirty) this.#flush(exchange, this.#open.get(exchange)!);
  }

  #append(exchange: string, entry: EntryDraft): Promise<Receipt> {
    return this.#store.append(entry, 'now').then((seq) => receipt(exchange, seq));
  }

  #tick(): void {
    this.#ticking ??= setInterval(() => {
      if (this.#dirty.size === 0) {
        clearInterval(this.#ticking);
        this.#ticking = undefined;
      }
      for (const exchange of this.#dirty) {
        const open = this.#open.get(exchange)!;
        if (++open.age > 2) this.#flush(exchange, open);
      }
    }, TICK_MS);
  }

  /** Seals the block and hands it on. Its bytes stay counted until they are durable: that is the bound. */
  #flush(exchange: string, open: Open): void {
    this.#dirty.delete(exchange);
    open.age = 0;
    const bytes = open.block?.size ?? 0;
    if (!open.block || bytes === 0) return;
    const sealed = open.seal.seal('piece', open.block.take())!;
    const done = () => this.#dequeue(bytes);
    this.#store.append(pieceEntry(exchange, Date.now(), sealed), 'behind').then(done, done);
  }

  /** This process was taken for dead. Calls under way cannot end well any more; those that come now can. */
  #disown(): void {
    for (const exchange of this.#dirty) this.#dequeue(this.#open.get(exchange)?.block?.size ?? 0);
    this.#dirty.clear();
    this.#unended.clear();
    for (const open of this.#open.values()) {
      open.block = undefined;
      open.disowned = true;
    }
  }

  #dequeue(bytes: number): void {
    this.#queued -= bytes;
    if (this.#queued >= QUEUE / 2 || this.#drained.length === 0) return;
    const waiting = this.#drained;
    this.#drained = [];
    for (const resolve of waiting) resolve();
  }

  #closeUnended(): void {
    for (const [exchange, end] of this.#unended) {
      const { status, requestBytes, responseBytes } = end;
      const closed = endEntry(
        exchange,
        {
          at: Date.now(),
          outcome: 'interrupted',
          status,
          error: 'record_unavailable',
          findings: [],
          requestBytes,
          responseBytes,
        },
        undefined,
      );
      // Left open when the ledger closes first: the next start finds it and closes it in the same words.
      this.#store.append(closed, 'behind').catch(() => undefined);
    }
    this.#unended.clear();
  }
}

/** Entries that close what a process that died has left open. */
export async function closeLeftOpen(store: Store, exchanges: readonly string[], now: number): Promise<void> {
  await Promise.all(
    exchanges.map((exchange) =>
      store.append(
        endEntry(
          exchange,
          { at: now, outcome: 'interrupted', status: 0, findings: [], requestBytes: 0, responseBytes: 0 },
          undefined,
        ),
        'now',
      ),
    ),
  );
}

const notOpen = (exchange: string): Promise<never> =>
  Promise.reject(new RecordUnavailable(`exchange ${exchange} is not open`));

/**
 * What was received is told apart from what was forwarded only when they differ. A request that is refused was never
 * forwarded, so what was received is kept as that alone, and seen only by those who may reveal.
 */
function requestParts(
  { record, refused, verdict }: ExchangeStart,
  { received, forwarded }: RequestContent,
): Parts {
  if (record === 'metadata') return {};
  const passed = forwarded ?? (refused === undefined && verdict.kind !== 'deny' ? received : undefined);
  return {
    ...(record === 'full' && passed !== received && { received }),
    ...(passed && { forwarded: passed }),
  };
}

function answerParts(
  record: RecordMode,
  content: { original: Buffer; delivered?: Buffer } | undefined,
): Parts {
  if (!content || record === 'metadata') return {};
  const { original, delivered } = content;
  return { ...(record === 'full' && delivered && { original }), delivered: delivered ?? original };
}

/** Findings carry keyed hashes and places: sealed, so that they are erased with the content. */
const findingParts = ({ findings }: Pick<ExchangeStart, 'findings'>): Parts =>
  findings.length === 0 ? {} : { findings: Buffer.from(JSON.stringify(findings)) };
