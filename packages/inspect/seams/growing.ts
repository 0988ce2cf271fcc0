// Values split over texts that grow, in any order: each text's first and last words are kept, and read together with those of
// its neighbours. The first words of a text are held while they may complete what an earlier text began. It must not know what
// is done with what is found.
import type { LaneFormat } from '@sluice/types';
import { type Edges, edgesOf, type Joint, REACH } from './edges.ts';
import { type Look, NOTHING, type Piece, type Split, type Splits } from './split.ts';

/** Units of the end that are kept; cut back to `KEPT` when they are twice as many. JSON source closes behind its last value. */
const KEPT = 2 * REACH;

/** What is kept of a text. */
class Ends {
  readonly format: LaneFormat;
  start = '';
  last = '';
  units = 0;
  ended = false;
  /** The first words are whole, and were looked at: what comes now changes the last ones only. */
  begun = false;

  constructor(format: LaneFormat) {
    this.format = format;
  }

  push(chunk: string): void {
    if (this.start.length < KEPT) this.start += chunk.slice(0, KEPT - this.start.length);
    this.units += chunk.length;
    this.last += chunk;
    if (this.last.length > 2 * KEPT) this.last = this.last.slice(-KEPT);
  }

  /** `through` only when all of the text is kept. */
  first(joint: Joint): Edges {
    const edges = edgesOf(this.start, this.format, joint);
    return edges.through && this.units > KEPT ? { ...edges, through: false } : edges;
  }
}

const placeOf = ({ parts }: Split): string =>
  parts.map(({ text, given }) => `${text}:${given.start}:${given.kind}`).join();

export class Growing {
  readonly #splits: Splits;
  readonly #texts: Ends[] = [];
  readonly #told = new Set<string>();

  constructor(splits: Splits) {
    this.#splits = splits;
  }

  /** A text that begins now. Its number is its place among the texts. */
  open(format: LaneFormat): number {
    return this.#texts.push(new Ends(format)) - 1;
  }

  push(text: number, chunk: string): Look {
    const ends = this.#texts[text]!;
    ends.push(chunk);
    return ends.begun && text === this.#texts.length - 1 ? NOTHING : this.#look(text, ends);
  }

  end(text: number): readonly Split[] {
    const ends = this.#texts[text]!;
    ends.ended = true;
    return ends.begun && text === this.#texts.length - 1 ? [] : this.#look(text, ends).splits;
  }

  #look(text: number, ends: Ends): Look {
    const splits: Split[] = [];
    let live = false;
    let begun = true;
    const look = (pieces: readonly Piece[], open: boolean): void => {
      const seen = this.#splits.in(pieces, open);
      splits.push(...seen.splits);
      live ||= seen.live;
    };
    for (const joint of this.#splits.joints) {
      const edges = ends.first(joint);
      const right = this.#right(text + 1, joint);
      if (edges.through) {
        begun = false;
        const own = this.#head(text, edges);
        const pieces = [...this.#left(text - 1, joint), ...(own.units === '' ? [] : [own]), ...right];
        look(pieces, !ends.ended && right.length === 0);
      } else {
        if (!ends.begun) look([...this.#left(text - 1, joint), this.#head(text, edges)], false);
        if (right.length > 0) look([this.#tail(text, joint), ...right], false);
      }
    }
    ends.begun ||= begun;
    return { splits: splits.filter((split) => this.#isNew(split)), live };
  }

  #isNew(split: Split): boolean {
    const place = placeOf(split);
    return !this.#told.has(place) && this.#told.add(place) !== undefined;
  }

  #head(text: number, { head }: Edges): Piece {
    return { text, from: head.from, units: this.#texts[text]!.start.slice(head.from, head.to) };
  }

  #tail(text: number, joint: Joint): Piece {
    const ends = this.#texts[text]!;
    const { tail } = edgesOf(ends.last, ends.format, joint);
    const from = ends.units - ends.last.length + tail.from;
    return { text, from, units: ends.last.slice(tail.from, tail.to) };
  }

  /** What stands before a seam, out of as many texts as a value may go through. */
  #left(text: number, joint: Joint): Piece[] {
    const pieces: Piece[] = [];
    for (let at = text, units = 0; at >= 0 && units < REACH; at -= 1) {
      const ends = this.#texts[at]!;
      const edges = ends.first(joint);
      const piece = edges.through ? this.#head(at, edges) : this.#tail(at, joint);
      if (piece.units !== '') pieces.unshift(piece);
      units += piece.units.length;
      if (!edges.through) break;
    }
    return pieces;
  }

  #right(text: number, joint: Joint): Piece[] {
    const pieces: Piece[] = [];
    for (let at = text, units = 0; at < this.#texts.length && units < REACH; at += 1) {
      const ends = this.#texts[at]!;
      const edges = ends.first(joint);
      const piece = this.#head(at, edges);
      if (piece.units !== '') pieces.push(piece);
      units += piece.units.length;
      if (!edges.through) break;
    }
    return pieces;
  }
}
