// The surface of the automata: what a scanner may rely on. Implementations live behind it; it knows no detectors,
// views or policies.

/** One detector's patterns. Groups are searched independently of one another. */
export interface GroupSpec {
  /** RE2-style syntax; see `docs/design/automata.md`. None may match the empty text. */
  readonly patterns: readonly string[];
  /** As if every pattern began with `(?i)`. Default false. */
  readonly ignoreCase?: boolean;
  /** Code units a match may have. Longer candidates are reported through `OnLimit`. Default 1024, at least 1. */
  readonly maxLength?: number;
  /**
   * Groups of the same track share an automaton; those of different tracks run abreast, so that partial matches of one do
   * not multiply the states of another. Any number; at most four different ones. Default 0.
   */
  readonly track?: number;
}

export interface CompileOptions {
  /** Bytes that the lazily built tables may take before they are dropped and rebuilt. Default 16 MiB. */
  readonly cacheBytes?: number;
  /** Code units before `open` that `Cursor.slice` can still read. Default 96. */
  readonly leftContext?: number;
}

/**
 * Called once for each leftmost-longest candidate `[start, end)` of a group, in order of start within the group, as
 * soon as no further text could change it. `pattern` is the lowest index of the group's patterns that match exactly
 * this span. `true` takes the match and the group's search resumes at `end`; `false` refuses it and the search resumes
 * at `start + 1`.
 */
export type Accept = (group: number, pattern: number, start: number, end: number) => boolean;

/**
 * A candidate that has no match within `maxLength` and is still alive beyond it is reported from its start to the place
 * where it completes or is disproved, in pieces of at most `maxLength` units that follow one another without a gap.
 * Each piece is reported before `open` passes its start.
 */
export type OnLimit = (group: number, start: number, end: number) => void;

/**
 * One text as it arrives. Results do not depend on how it is cut into chunks. A callback may throw; the cursor is of no
 * use afterwards.
 */
export interface Cursor {
  /** Reads on. Calls back for whatever this chunk settles. */
  push(chunk: string): void;
  /** No more text: settles everything. Nothing may be pushed afterwards. */
  end(): void;
  /** Code units read so far. */
  readonly position: number;
  /**
   * The earliest start at which some group still has a live candidate (one that more text, or the end, can turn into a
   * match or make longer); `position` if there is none. Never decreases.
   */
  readonly open: number;
  /** The text from `start` to `end`; both between `open - leftContext` (as of the last push) and `position`, else RangeError. During a callback, everything from the match's start less `leftContext` is readable. */
  slice(start: number, end: number): string;
  /** An independent copy at the same place, with callbacks of its own if given. */
  clone(accept?: Accept, onLimit?: OnLimit): Cursor;
  /** Whether both have nothing open and will from here on find the same in the same text (positions may differ). */
  restsLike(other: Cursor): boolean;
}

export interface ProgramStats {
  /** Automaton states at present in the tables. */
  readonly states: number;
  /** Bytes of the tables, estimated. */
  readonly bytes: number;
  /** How often tables were dropped because they were full. */
  readonly flushes: number;
}

/** Many groups compiled into one automaton. Immutable to its users, shared by any number of cursors. */
export interface Program {
  readonly groups: number;
  /** Searches a whole text. */
  scan(text: string, accept: Accept, onLimit?: OnLimit): void;
  cursor(accept: Accept, onLimit?: OnLimit): Cursor;
  stats(): ProgramStats;
}
