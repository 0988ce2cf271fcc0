// Other scanners, measured on the same texts. A peer that is not installed is left out and said to be.
import type { Span } from '../labelled.ts';

export interface Peer {
  readonly name: string;
  /** Spans in each text, or undefined when it is not to be had here. */
  readonly find: (texts: readonly string[]) => Promise<readonly (readonly Span[])[] | undefined>;
}
