// The state's interfaces without their promises: SQLite answers at once, in whichever thread it runs.

/** The same methods, returning what their promises would resolve with. */
export type Sync<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Awaited<R> : T[K];
};
