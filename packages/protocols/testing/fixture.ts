// What a protocol's fixtures are: answers and requests as the provider's published schema has them, written for these tests.
import type { Claim } from '../protocol.ts';
import type { Json } from './wire.ts';

export interface WholeFixture {
  readonly name: string;
  readonly claim: Claim;
  readonly status: number;
  readonly body: Json;
}

export interface StreamFixture {
  readonly name: string;
  readonly claim: Claim;
  /** Payloads of the events in order; a string goes out as it is. */
  readonly events: readonly Json[];
  /** Where `{text}` stands, the suite puts texts of its own, one piece an event. */
  readonly growing?: {
    readonly before: readonly Json[];
    readonly piece: (text: string) => Json;
    readonly after: readonly Json[];
  };
}

export interface RequestFixture {
  readonly name: string;
  readonly claim: Claim;
  readonly body: Json;
}

export interface Fixtures {
  readonly requests: readonly RequestFixture[];
  readonly whole: readonly WholeFixture[];
  readonly streams: readonly StreamFixture[];
  /** Writes events as the provider does. */
  readonly write: (events: readonly Json[]) => Buffer;
}
