// The pieces of one streamed answer that are not yet sealed: two sides, each its bytes and when they came.
// It knows neither keys nor stores.
import type { Parts } from './body.ts';
import type { Piece } from './ledger.ts';

export type Side = 'original' | 'delivered';

const FIRST_CAPACITY = 1024;
/** Pieces for which there is room at first. */
const FIRST_PIECES = 16;

/** Grows by doubling; copied out when a block is taken, so that a stream holds no more than its block. */
class Track {
  #bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
  #length = 0;
  /** Time and length of each piece. */
  #times = new Uint32Array(2 * FIRST_PIECES);
  #timed = 0;

  get length(): number {
    return this.#length;
  }

  add(at: number, bytes: Buffer): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    bytes.copy(this.#bytes, this.#length);
    this.#length = needed;
    if (this.#timed === this.#times.length) {
      const grown = new Uint32Array(2 * this.#timed);
      grown.set(this.#times);
      this.#times = grown;
    }
    this.#times[this.#timed++] = at;
    this.#times[this.#timed++] = bytes.length;
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  get times(): Buffer {
    return Buffer.from(this.#times.buffer, 0, 4 * this.#timed);
  }

  clear(): void {
    this.#length = 0;
    this.#timed = 0;
  }
}

export class Block {
  readonly #tracks = { original: new Track(), delivered: new Track() };

  get size(): number {
    return this.#tracks.original.length + this.#tracks.delivered.length;
  }

  /** `at`: milliseconds since the exchange began. The bytes are copied. */
  add(side: Side, at: number, bytes: Buffer): void {
    this.#tracks[side].add(at, bytes);
  }

  /** What is to be sealed, and empties the block. Sides with the same bytes are kept once, with both timings. */
  take(): Parts {
    const { original, delivered } = this.#tracks;
    const same = original.length === delivered.length && original.bytes.equals(delivered.bytes);
    // Copies are not needed: the parts are packed before anything else is added.
    const parts: Parts = {
      ...(original.length > 0 && {
        originalTimes: original.times,
        ...(!same && { original: original.bytes }),
      }),
      ...(delivered.length > 0 && { deliveredTimes: delivered.times, delivered: delivered.bytes }),
    };
    original.clear();
    delivered.clear();
    return parts;
  }
}

/** The pieces of one side of a block, as they were added. */
export function piecesOf(parts: Parts, side: Side): Piece[] {
  const times = side === 'original' ? parts.originalTimes : parts.deliveredTimes;
  const bytes = (side === 'original' ? parts.original : undefined) ?? parts.delivered;
  if (!times || !bytes) return [];
  const pieces: Piece[] = [];
  let from = 0;
  for (let row = 0; row < times.length; row += 8) {
    const to = from + times.readUInt32LE(row + 4);
    pieces.push({ at: times.readUInt32LE(row), bytes: bytes.subarray(from, to) });
    from = to;
  }
  return pieces;
}
