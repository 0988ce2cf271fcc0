// What a detector is: one file in detectors/ exports one or more of these rows. It knows patterns and checks;
// it must not know policies, protocols or streams.
import type { Direction } from '@sluice/types';

/** The span a pattern matched, in the reading (view) where it was seen. Checks look at nothing else. */
export interface Match {
  /** The matched text as the view reads it. */
  readonly text: string;
  /** At most `LEFT_CONTEXT` code units of the view before the match. */
  readonly left: string;
  /** Which of the detector's patterns matched. */
  readonly pattern: number;
}

/** What a check says of a match whose kind or extent it alone can tell. */
export interface Verdict {
  /** 0 to 1. */
  readonly confidence: number;
  /** One of the detector's `kinds`. Default: its `kind`. */
  readonly kind?: string;
  /** The value itself: [from, to) within match.text. Takes the place of `trim`. */
  readonly span?: readonly [number, number];
}

/** Code units of context on the left that a check may look at. */
export const LEFT_CONTEXT = 96;

/**
 * Automata are built per family, so that unrelated partial matches do not multiply states. `literal`: a fixed beginning.
 * `digits`: numbers, and other runs of counted length from a word's start. `word`: begins with a name or a sign.
 * `phrase`: several words apart. Counted runs beside names or phrases multiply; keep them apart.
 */
export type Family = 'literal' | 'digits' | 'word' | 'phrase' | 'custom';

export interface Detector {
  /** Unique, kebab-case, e.g. `github-token`. */
  readonly id: string;
  /** Dotted kind of its findings, e.g. `secret.github-token`. */
  readonly kind: string;
  /** One sentence: what it finds and how it verifies. Goes into the catalogue. */
  readonly about: string;
  /** What it knowingly lets pass, as the catalogue says it: forms, places, lengths. */
  readonly misses?: string;
  /** Where the format is documented. */
  readonly source?: string;
  readonly family: Family;
  /**
   * RE2-style patterns (no backreferences, no lookaround but ^ $ \b \B), matched leftmost-longest.
   * A capturing group named `v` is not supported: the whole match is the finding, unless `trim` narrows it.
   */
  readonly patterns: readonly string[];
  readonly ignoreCase?: boolean;
  /** Default: both. */
  readonly direction?: Direction;
  /**
   * Confidence 0..1 of a match, or false: not one, and the search resumes one code unit after its start. Default 0.9.
   * A verdict also says which of several kinds it is, so that many formats of one shape share one pattern.
   */
  readonly check?: (match: Match) => number | Verdict | false;
  /** Kinds that a verdict may name besides `kind`, and what each finds and how it verifies. */
  readonly kinds?: Readonly<Record<string, string>>;
  /** Narrows the match to the value itself, e.g. the password in a connection string: [from, to) within match.text. */
  readonly trim?: (match: Match) => readonly [number, number];
  /** Long region with a clear opener: masked from the opener on, at once, while `body` holds, at most to `closer`. */
  readonly region?: {
    /** Character class of what may follow the opener, in pattern syntax, e.g. `[A-Za-z0-9+/=\s]`. */
    readonly body: string;
    /** Literal text that ends the region and belongs to it, e.g. `-----END RSA PRIVATE KEY-----`; '' when only body ends it. */
    readonly closer: string;
    /** Code units after which the region ends anyway. */
    readonly max: number;
  };
  /** Code units a match may have; longer candidates are findings of kind `limit.match-length`. Default 1024. */
  readonly maxLength?: number;
  /** Synthetic, never a live credential. Assemble look-alikes from parts so that scanners of this repository stay quiet. */
  readonly examples: {
    /** Each text contains the value between ‹ and ›, which the tests remove. */
    readonly positive: readonly string[];
    /** Texts of similar shape in which nothing may be found by this detector. */
    readonly negative: readonly string[];
    /** Disguised values that must be found all the same, with the view that reads them. */
    readonly evasive?: readonly { readonly text: string; readonly view: string }[];
  };
}
