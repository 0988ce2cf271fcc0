// A finding: where something of a kind was seen. It never carries the value.

export interface Finding {
  /** Dotted, e.g. `secret.aws-access-key-id`, `pii.email`, `custom.<name>`. */
  readonly kind: string;
  /** Id of the detector that found it. */
  readonly detector: string;
  /** UTF-16 code units of the lane's own text, half open. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1. Never decides alone whether a value is masked; policies may ask for a minimum. */
  readonly confidence: number;
  /** A reading in which it was seen: `raw`, `folded`, `base64`, `json`, or nested `base64>base64`; of several, any one. */
  readonly view: string;
  /** True when it could only be decided after text had been released; a late finding cuts the stream. */
  readonly late: boolean;
  /** Keyed hash of kind and value, so that two findings can be compared; empty when no key was given. */
  readonly hash: string;
}

/** A finding placed in its exchange. */
export interface LaneFinding extends Finding {
  readonly lane: string;
}
