// Makes entries durable: group commit into preallocated segments. It must not know what entries mean or who reads them.
//
// What arrives during a write is the next batch and shares its flush; a lone entry never waits for company. A write goes
// out at the end of the turn of the event loop in which its first entry arrived, so that requests read from several sockets
// in the same turn go out together; where the batch before had company, it waits a few turns more while others come, since
// a flush costs as much for one entry as for twenty. On a slow disk it does not wait: there company has come during the
// flush before, and the disk would only stand idle. There a second write also goes out before the first is durable.
//
// However many writes are in flight, entries are confirmed in order: each when all before it are durable as well. Frames are
// chained, so a crash between two writes leaves nothing after the hole. When one fails, all after it fail with it.

import type { EntryDraft } from '../entry.ts';
import { RecordUnavailable } from '../errors.ts';
import { randomBytes } from '../random.ts';
import type { Urgency } from '../store.ts';
import { frameSize, SEGMENT_HEADER, writeFrame, writeSegmentHeader } from './frame.ts';
import { type Segment, type SegmentOptions, Segments } from './segments.ts';

/** A stretch of a segment that has become durable. */
export interface Durable {
  readonly segment: string;
  readonly from: number;
  readonly to: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** The first stretch of its segment: the segment before can be released once the store is safe. */
  readonly rolled: boolean;
}

interface Waiting {
  readonly entry: EntryDraft;
  readonly size: number;
  readonly urgency: Urgency;
  readonly resolve: (seq: number) => void;
  readonly reject: (error: Error) => void;
}

/** A write under way: what it carries, and where the journal was before it. */
interface Flight {
  readonly batch: readonly Waiting[];
  readonly stretch: Durable;
  readonly position: number;
  readonly chain: number;
  readonly slab: Buffer | undefined;
  state: 'under way' | 'durable' | Error;
}

export interface JournalOptions extends SegmentOptions {
  readonly nextSeq: number;
  readonly onDurable: (stretch: Durable) => void;
  /** Entries that nobody waits for go out after this many milliseconds at the latest. */
  readonly behindMs?: number;
  /** Milliseconds of a flush from which on no batch waits for company, and two may be under way. */
  readonly slowMs?: number;
  /** Milliseconds between attempts to recover from a failed write. */
  readonly retryMs?: number;
  /** Milliseconds to wait for the store to release a segment before giving up. */
  readonly starvedMs?: number;
}

/** Bytes of one write. More makes the first of a batch wait for the last; one larger entry goes alone. */
const BATCH = 1 << 20;

/** Entries of a batch from which on the next one waits for company, for so many turns of the event loop at most. */
const COMPANY = 3;
const TURNS = 4;

/** Writes in flight at the most, on a slow disk. */
const FLIGHTS = 2;

/** Zeros that end a segment's valid part: the least that is written to see whether the disk takes writes again. */
const END_MARK = 20;

export class Journal {
  readonly #options: JournalOptions;
  readonly #segments: Segments;
  readonly #slabs = Array.from({ length: FLIGHTS }, () => Buffer.allocUnsafeSlow(BATCH + SEGMENT_HEADER));
  readonly #recovered: (() => void)[] = [];
  #queue: Waiting[] = [];
  /** Those in the queue that somebody waits for. */
  #urgent = 0;
  /** Where the next write goes: behind those in flight. */
  #seq: number;
  #segment: Segment | undefined;
  #position = 0;
  #chain = 0;
  /** Oldest first. */
  #flights: Flight[] = [];
  /** Failed writes may have left something in the current segment up to here. */
  #soiled = 0;
  #scheduled = false;
  /** Entries of the batch before. */
  #company = 0;
  /** Milliseconds of the flush before. */
  #flushMs = 0;
  #behind: NodeJS.Timeout | undefined;
  #starved: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failure: RecordUnavailable | undefined;
  #closing: (() => void) | undefined;
  #closed = false;
  /** A batch did not fit: room for an end mark in the current segment says nothing then. */
  #needsSegment = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#seq = options.nextSeq;
    this.#segments = new Segments(options, () => this.#segmentsChanged());
  }

  /** `names`: the segment files of an earlier run; everything in them must be in the store by now. */
  start(names: readonly string[]): Promise<void> {
    return this.#segments.start(names);
  }

  get available(): boolean {
    return this.#failure === undefined && !this.#closed;
  }

  onRecovery(listener: () => void): void {
    this.#recovered.push(listener);
  }

  append(entry: EntryDraft, urgency: Urgency): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new RecordUnavailable('the ledger is closed'));
      if (this.#failure && urgency === 'now') return reject(this.#failure);
      this.#queue.push({ entry, size: frameSize(entry), urgency, resolve, reject });
      if (urgency === 'now') this.#urgent++;
      this.#schedule();
    });
  }

  /** Everything up to `seq` is safe in the store. */
  release(seq: number): void {
    this.#segments.release(seq);
  }

  /** Writes what is queued, then ends. What cannot be written is rejected. */
  async close(): Promise<void> {
    clearTimeout(this.#behind);
    if (!this.#failure && (this.#flights.length > 0 || this.#queue.length > 0)) {
      const settled = new Promise<void>((resolve) => (this.#closing = resolve));
      this.#schedule();
      await settled;
    }
    this.#closed = true;
    for (const timer of [this.#behind, this.#starved, this.#retry]) clearTimeout(timer);
    this.#rejectWaiting(new RecordUnavailable('the ledger is closed'), true);
    await this.#segments.close(this.#segment);
  }

  #schedule(): void {
    if (this.#scheduled || this.#queue.length === 0 || !this.#mayWrite()) return;
    if (this.#urgent === 0 && !this.#closing) {
      this.#behind ??= setTimeout(() => {
        this.#behind = undefined;
        this.#flush();
      }, this.#options.behindMs ?? 25);
      return;
    }
    this.#scheduled = true;
    const waits = this.#company >= COMPANY && !this.#isSlow();
    setImmediate(() => this.#gather(waits ? TURNS : 0, 0));
  }

  #isSlow(): boolean {
    return this.#flushMs >= (this.#options.slowMs ?? 1);
  }

  /**
   * A second write goes out once half as many wait as the first carries: with fewer, most would come right behind it and
   * find both flights taken. None follows one that has failed.
   */
  #mayWrite(): boolean {
    if (this.#failure || this.#closed) return false;
    if (this.#flights.length === 0) return true;
    const [first] = this.#flights;
    return (
      this.#flights.length < FLIGHTS &&
      this.#isSlow() &&
      2 * this.#urgent >= first!.batch.length &&
      this.#flights.every(({ state }) => !(state instanceof Error))
    );
  }

  /** Waits `turns` turns more as long as each brings an entry; there were `before` of them one turn ago. */
  #gather(turns: number, before: number): void {
    const { length } = this.#queue;
    if (turns > 0 && length > before) {
      setImmediate(() => this.#gather(turns - 1, length));
      return;
    }
    this.#scheduled = false;
    this.#flush();
  }

  #flush(): void {
    if (this.#queue.length === 0 || !this.#mayWrite()) return;
    clearTimeout(this.#behind);
    this.#behind = undefined;

    let count = 1;
    let bytes = this.#queue[0]!.size;
    while (count < this.#queue.length && bytes + this.#queue[count]!.size <= BATCH)
      bytes += this.#queue[count++]!.size;

    const rolled = !this.#fits(bytes);
    // A segment is begun once all before it is durable: its first position must be the one that comes next.
    if (rolled && (this.#flights.length > 0 || !this.#roll())) return;
    const batch = count === this.#queue.length ? this.#queue : this.#queue.slice(0, count);
    this.#queue = count === this.#queue.length ? [] : this.#queue.slice(count);
    this.#write(this.#segment!, batch, bytes, rolled);
  }

  #fits(bytes: number): boolean {
    return this.#segment !== undefined && this.#position > 0 && this.#position + bytes <= this.#segment.size;
  }

  /** Turns to a fresh segment; false when there is none yet. */
  #roll(): boolean {
    if (this.#segment && this.#position === 0) return true;
    const next = this.#segments.take();
    if (!next) {
      this.#needsSegment = true;
      const shortage = this.#segments.shortage();
      if (shortage instanceof Error && this.#starved) {
        this.#fail(shortage, []);
      } else {
        // An old failure to make a spare may be over by now: it is tried once more before anyone is refused.
        this.#starved ??= setTimeout(() => this.#starve(), this.#options.starvedMs ?? 1000);
        this.#segments.prepare();
      }
      return false;
    }
    this.#take(next);
    return true;
  }

  #take(next: Segment): void {
    clearTimeout(this.#starved);
    this.#starved = undefined;
    this.#needsSegment = false;
    if (this.#segment) this.#segments.retire(this.#segment, this.#seq - 1);
    this.#segment = next;
    this.#position = 0;
    this.#soiled = 0;
  }

  #starve(): void {
    this.#starved = undefined;
    this.#fail(new Error('the store has fallen too far behind'), []);
  }

  #segmentsChanged(): void {
    if (this.#failure) return;
    // A pending roll is tried again; when it failed for want of space, it fails now and not at the end of the wait.
    if (this.#starved) this.#flush();
    else this.#schedule();
  }

  #write(segment: Segment, batch: readonly Waiting[], bytes: number, rolled: boolean): void {
    const position = this.#position;
    const lead = position === 0 ? SEGMENT_HEADER : 0;
    const size = lead + bytes;
    const slab = size <= BATCH + SEGMENT_HEADER ? this.#slabs.pop() : undefined;
    const buffer = slab?.subarray(0, size) ?? Buffer.allocUnsafeSlow(size);
    const firstSeq = this.#seq;
    const chain = this.#chain;
    if (lead > 0) this.#chain = writeSegmentHeader(buffer, randomBytes(8), firstSeq);
    let at = lead;
    for (const { entry, size, urgency } of batch) {
      this.#chain = writeFrame(buffer, at, entry, this.#seq++, this.#chain);
      at += size;
      if (urgency === 'now') this.#urgent--;
    }
    this.#position = position + size;
    const stretch: Durable = {
      segment: segment.name,
      from: position + lead,
      to: position + size,
      firstSeq,
      lastSeq: this.#seq - 1,
      rolled,
    };
    const flight: Flight = { batch, stretch, position, chain, slab, state: 'under way' };
    this.#company = batch.length;
    this.#flights.push(flight);
    const began = performance.now();
    segment.file.write(buffer, position, (error) => {
      this.#flushMs = performance.now() - began;
      flight.state = error ?? 'durable';
      if (slab) this.#slabs.push(slab);
      this.#land();
    });
  }

  /** Confirms what is durable with all before it; after a failure, waits for what is still under way. */
  #land(): void {
    while (this.#flights[0]?.state === 'durable') {
      const { stretch, batch } = this.#flights.shift()!;
      this.#options.onDurable(stretch);
      for (let i = 0; i < batch.length; i++) batch[i]!.resolve(stretch.firstSeq + i);
    }
    const [first] = this.#flights;
    if (!(first?.state instanceof Error)) this.#next();
    else if (this.#flights.every(({ state }) => state !== 'under way')) this.#rewind(first, first.state);
  }

  /** Goes back to before the first write that failed: no position is used up. */
  #rewind(first: Flight, cause: Error): void {
    const failed = this.#flights;
    this.#flights = [];
    this.#soiled = Math.max(this.#soiled, this.#position);
    this.#position = first.position;
    this.#chain = first.chain;
    this.#seq = first.stretch.firstSeq;
    this.#fail(
      cause,
      failed.flatMap(({ batch }) => batch),
    );
  }

  #next(): void {
    if (this.#queue.length > 0) this.#schedule();
    else if (this.#flights.length === 0) this.#closing?.();
  }

  /** Refuses everyone who waits and keeps what nobody waits for. Nothing is in flight. */
  #fail(cause: Error, batch: readonly Waiting[]): void {
    this.#failure = new RecordUnavailable('the journal does not take writes', { cause });
    clearTimeout(this.#starved);
    this.#starved = undefined;
    this.#queue = [...batch, ...this.#queue];
    this.#rejectWaiting(this.#failure, false);
    this.#closing?.();
    this.#retry = setTimeout(() => this.#probe(), this.#options.retryMs ?? 250);
  }

  #rejectWaiting(error: Error, all: boolean): void {
    const kept: Waiting[] = [];
    for (const waiting of this.#queue) {
      if (waiting.urgency === 'behind' && !all) kept.push(waiting);
      else waiting.reject(error);
    }
    this.#queue = kept;
    this.#urgent = 0;
  }

  /**
   * Tries whether a write would succeed again: a segment must be at hand, and take zeros over all that failed writes may
   * have left in it. What was kept is written again in the same place, and what was refused could else follow on it.
   */
  #probe(): void {
    if (this.#closed) return;
    const again = () => (this.#retry = setTimeout(() => this.#probe(), this.#options.retryMs ?? 250));
    if (this.#needsSegment || !this.#segment || this.#position + END_MARK > this.#segment.size) {
      const next = this.#segments.take();
      if (!next) {
        this.#segments.prepare();
        return void again();
      }
      this.#take(next);
    }
    const zeros = Buffer.alloc(Math.max(END_MARK, this.#soiled - this.#position));
    this.#segment!.file.write(zeros, this.#position, (error) => {
      if (this.#closed) return;
      if (error) return void again();
      this.#soiled = 0;
      this.#failure = undefined;
      for (const listener of this.#recovered) listener();
      this.#schedule();
    });
  }
}
