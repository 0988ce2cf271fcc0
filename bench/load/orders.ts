// What the runner asks of the load generator, and what it gets back. Types only.

/** Where a peer listens and how a call to it looks. */
export interface Target {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Times in milliseconds. */
export interface Quantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

export type Order =
  /** `connections` callers, each sending the next call when the last is answered, for `ms` or `calls`. */
  | {
      readonly kind: 'calls';
      readonly target: Target;
      readonly model: string;
      readonly connections: number;
      readonly ms: number;
      /** Ends it earlier. */
      readonly calls?: number;
    }
  /** `streams` streams at once, each read to its end. */
  | {
      readonly kind: 'streams';
      readonly target: Target;
      readonly model: string;
      readonly streams: number;
      /** Port of the fake model server, which says when it wrote what. */
      readonly upstream: number;
    }
  /** Opens streams and keeps them open until `close`. */
  | { readonly kind: 'open'; readonly target: Target; readonly model: string; readonly streams: number }
  | { readonly kind: 'close' }
  /** One caller, whose every call is a conversation of `messages` messages. */
  | {
      readonly kind: 'conversation';
      readonly target: Target;
      readonly messages: number;
      readonly ms: number;
      readonly fresh: boolean;
    };

export interface CallFigures {
  readonly calls: number;
  readonly failed: number;
  /** What was wrong with the first that failed. */
  readonly failure: string | undefined;
  readonly seconds: number;
  /** To the first byte of the answer; for a stream, to the first event. */
  readonly first: Quantiles;
  /** To the last byte. */
  readonly whole: Quantiles;
  /** Of the generator itself, share of one core. */
  readonly load: number;
}

export interface StreamFigures {
  readonly events: number;
  readonly failed: number;
  /** What was wrong with the first that failed. */
  readonly failure: string | undefined;
  readonly seconds: number;
  readonly first: Quantiles;
  /** From the moment at which the model server wrote an event until its last character was visible. */
  readonly lag: Quantiles;
  /** How many further events the model server had written by then. */
  readonly tokensLate: Quantiles;
  /** Characters written and not yet visible when the model server writes the next event. */
  readonly held: Quantiles;
  readonly load: number;
}

export type Answer =
  | { readonly calls: CallFigures }
  | { readonly streams: StreamFigures }
  | { readonly opened: number };
