// What a maker of values looks like. Independent makers are written from the issuers' descriptions of their formats and
// share no code with the detectors: a set drawn from a detector's own pattern proves that the pattern matches itself.
import type { Draw } from '../draw.ts';

export interface Maker {
  readonly kind: string;
  /** A fresh value. */
  readonly make: (draw: Draw) => string;
  /**
   * How a setting that holds it is called, for carriers that name what they carry. A value that nothing tells from others
   * (a random password) is only to be found beside its name.
   */
  readonly name: string;
  /** True when only its name tells what it is. */
  readonly needsName?: true;
}
