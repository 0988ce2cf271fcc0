// The surface of the engine: what the gateway, the command line and a browser may rely on. Implementations are elsewhere.
import type { Direction, Finding, LaneEditor, LaneFormat, Treatment } from '@sluice/types';
import type { Detector } from './detector.ts';
import type { Acrostics } from './seams/acrostic.ts';
import type { Given, Splits } from './seams/split.ts';

/** A user's own pattern or word list, from the policy document. */
export interface CustomRule {
  /** Kind is `custom.<name>`. */
  readonly name: string;
  readonly direction: Direction;
  /** RE2-style; `(?i)` prefix allowed. */
  readonly patterns?: readonly string[];
  /** Literal words, matched whole and without regard to case. */
  readonly words?: readonly string[];
}

/** A value known beforehand (the gateway's own credentials, canaries): found exactly, in every view. */
export interface ExactValue {
  readonly kind: string;
  readonly value: string;
}

export interface EngineSpec {
  readonly direction: Direction;
  readonly detectors: readonly Detector[];
  readonly custom?: readonly CustomRule[];
  readonly exact?: readonly ExactValue[];
}

/** Keyed functions supplied from outside, since this package has no cryptography. The only places a value goes to. */
export interface Keyed {
  hash(kind: string, value: string): string;
  /** The stand-in for `tokenize` and for `as: token`; the same value gives the same stand-in. */
  token(kind: string, value: string): string;
}

export interface TransformOptions {
  /**
   * Chooses what is done with a finding. Called once a finding is settled, with the matched text as the view reads it
   * (after `trim`), so that exceptions by host or by pattern can be decided. Whoever is called may look at the value
   * and must not keep it.
   */
  readonly treat: (finding: Finding, value: string) => Treatment;
  readonly keyed: Keyed;
  readonly format?: LaneFormat;
  /**
   * Stand-ins to turn back into their values (`tokenize`), as they appear in the text. They are opaque to all detectors.
   * Not restored inside a URL.
   */
  readonly restore?: ReadonlyMap<string, string>;
  /** Taken for found besides what is: parts of values that go on in other texts. */
  readonly given?: readonly Given[];
}

export interface Transformed {
  readonly output: string;
  readonly findings: readonly Finding[];
}

export interface LaneOptions extends TransformOptions {
  /** Called once for each settled finding, in order of settlement, before the text that it touches is returned. */
  readonly onFinding: (finding: Finding, treatment: Treatment) => void;
  /** `whole`: nothing is returned before `end`, and late detectors mask exactly too. */
  readonly release?: 'stream' | 'whole';
  /** False: a `block` treatment reads as a mask, as in `transform`, and nothing is thrown. Default true. */
  readonly cuts?: boolean;
}

/** Compiled once per policy and direction, shared by all calls. */
export interface Engine {
  /** Deterministic function of the whole text. */
  scan(text: string, keyed?: Keyed): Finding[];
  /** What a lane editor's concatenated output must equal, whatever the chunks. A `block` treatment reads as `mask` here. */
  transform(text: string, options: TransformOptions): Transformed;
  lane(options: LaneOptions): LaneEditor;
  /** Looks for values that are split over texts; compiled when it is first asked for. */
  splits(): Splits;
  /** The exact values as first or last letters: late on a stream, and known to be there in a whole text (`given`). */
  readonly acrostics: Acrostics;
  /** For metrics and the bounded-memory promise. */
  stats(): { readonly states: number; readonly bytes: number; readonly flushes: number };
}
