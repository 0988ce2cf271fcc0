// What one personal number is, as a row of a table. It knows no country and no text around.

export interface IdRow {
  /** Of its findings, without `pii.`; begins with the country. */
  readonly kind: string;
  /** Whose number, in words. */
  readonly what: string;
  /** What `valid` looks at, for the catalogue. Empty: nothing but the shape, so that words must stand before it. */
  readonly verified: string;
  /** The whole number in capitals without separators. */
  readonly shape: RegExp;
  readonly valid?: (compact: string) => boolean;
  /** Words before it that name it. */
  readonly words: RegExp;
  /** Forms with separators that are its own. Other separators are taken only where words name it. */
  readonly written?: RegExp;
  /** Confidence without such words, compact or as `written`. Left out: words must name it. */
  readonly alone?: number;
  /** The same for its written form only, where a run of bare digits says too little. */
  readonly aloneWritten?: number;
  /** Made up and valid, as people write them. */
  readonly samples: readonly string[];
  /** A setting's or form's words before a sample, which `words` matches. */
  readonly label: string;
}
