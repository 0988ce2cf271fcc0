// Finds values that begin in one text and end in another. It looks at joints, texts put together out of the ends of others,
// and keeps of what it finds only what reaches over a seam and is not whole on one side of it.
import type { Finding } from '@sluice/types';
import type { Engine, EngineSpec, Keyed } from '../api.ts';
import { MIN_EXACT } from '../scanner/exact.ts';
import type { Joint } from './edges.ts';

/** A part of a joint: where it stands in the text it was taken from. */
export interface Piece {
  /** Which text. */
  readonly text: number;
  /** Offset in that text. */
  readonly from: number;
  readonly units: string;
}

/** What is known beforehand to stand in a text, with the value it is a part of. */
export interface Given {
  readonly kind: string;
  readonly detector: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly view: string;
  /** All of the value, as the view reads it. Whoever holds it must not keep it. */
  readonly value: string;
}

/** A value in parts: the parts in order, each in its text. */
export interface Split {
  readonly parts: readonly { readonly text: number; readonly given: Given }[];
}

export interface Look {
  readonly splits: readonly Split[];
  readonly live: boolean;
}

export const NOTHING: Look = { splits: [], live: false };

/** Parts of a value that are found also where other short texts stand before and behind them. */
const MOST_PARTS = 4;

/**
 * Which of the pieces are put together: a token must not run on into what only happens to stand next to it. All of them as
 * well, for known values in more parts.
 */
function* windows(pieces: number): Iterable<readonly [from: number, to: number]> {
  for (let size = 2; size <= Math.min(pieces, MOST_PARTS); size += 1)
    for (let from = 0; from + size <= pieces; from += 1) yield [from, from + size];
  if (pieces > MOST_PARTS) yield [0, pieces];
}

const FLAG = { action: 'flag', as: 'label', rule: '' } as const;
const UNKEYED: Keyed = { hash: () => '', token: () => '' };

interface Seen {
  readonly finding: Finding;
  readonly value: string;
}

/**
 * What can be told from a part of a value and its rest put together: tokens with a beginning of their own, and values known
 * beforehand. Anything looser would be found where two harmless texts meet.
 */
export function distinctive(spec: EngineSpec): EngineSpec {
  const { direction, exact = [] } = spec;
  const detectors = spec.detectors.filter(
    ({ family, kind, region }) => family === 'literal' && kind.startsWith('secret.') && region === undefined,
  );
  return { direction, detectors, exact };
}

/** The ways in which texts are to be put together so that none of the values is missed. */
export function jointsOf({ exact = [] }: EngineSpec): readonly Joint[] {
  const spaces = Math.max(0, ...exact.map(({ value }) => value.match(/\s/g)?.length ?? 0));
  return spaces === 0 ? [{ spaces }] : [{ spaces: 0 }, { spaces }];
}

const overlap = (a: Finding, from: number, to: number): boolean => a.start < to && from < a.end;

export class Splits {
  readonly joints: readonly Joint[];
  readonly #engine: Engine;

  constructor(engine: Engine, joints: readonly Joint[]) {
    this.#engine = engine;
    this.joints = joints;
  }

  /**
   * Values that reach over a seam. `live`, when the last piece may go on (`open`): what there is of it may be the end of a value
   * that began in another.
   */
  in(pieces: readonly Piece[], open = false): Look {
    const splits: Split[] = [];
    let live = false;
    for (const [from, to] of windows(pieces.length)) {
      const look = this.#look(pieces.slice(from, to), open && to === pieces.length);
      splits.push(...look.splits);
      live ||= look.live;
    }
    return { splits, live };
  }

  #look(pieces: readonly Piece[], open: boolean): Look {
    const text = pieces.map(({ units }) => units).join('');
    if (!open && text.length < MIN_EXACT) return NOTHING;
    const seen: Seen[] = [];
    const lane = this.#engine.lane({
      keyed: UNKEYED,
      treat: (finding, value) => {
        seen.push({ finding, value });
        return FLAG;
      },
      onFinding: () => undefined,
    });
    lane.push(text);
    const live = open && lane.held > pieces.at(-1)!.units.length;
    if (!open) lane.end();
    return { splits: seen.flatMap((one) => this.#split(one, pieces)), live };
  }

  #split({ finding, value }: Seen, pieces: readonly Piece[]): Split[] {
    const parts: Split['parts'][number][] = [];
    let at = 0;
    for (const piece of pieces) {
      const start = Math.max(finding.start, at);
      const end = Math.min(finding.end, at + piece.units.length);
      if (start < end) {
        // What is whole on one side of the seam is found there.
        const own = this.#engine.scan(piece.units);
        if (own.some((other) => other.kind === finding.kind && overlap(other, start - at, end - at)))
          return [];
        const { kind, detector, confidence, view } = finding;
        const offset = piece.from - at;
        const given = { kind, detector, confidence, view, value, start: start + offset, end: end + offset };
        parts.push({ text: piece.text, given });
      }
      at += piece.units.length;
    }
    return parts.length < 2 ? [] : [{ parts }];
  }
}
