// What a call needs of the configuration, resolved and frozen: connections with their upstreams, access, policies with
// their compiled engines. A new one is made at each reload; calls in flight keep the one they began with.
import type { Engine } from '@sluice/inspect';
import type { AccessRule, ResolvedPolicy } from '@sluice/policy';
import type { Protocol } from '@sluice/protocols';
import type { Dispatcher } from 'undici';

export interface Connection {
  readonly name: string;
  readonly protocol: Protocol;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path prefix at the upstream, without a slash at the end. */
  readonly prefix: string;
  readonly dispatcher: Dispatcher;
  /** Header names and values that carry the held credential. */
  readonly credential: readonly string[];
  /** Top-level request fields that do not count for an approval's digest. */
  readonly nonces: readonly string[];
  /** Milliseconds: until the headers of the answer, and between two pieces of it. */
  readonly firstByteTimeout: number;
  readonly idleTimeout: number;
}

export interface PolicyRuntime {
  /** Stands for all that decides what is found: the policy, and the gateway's own secrets. */
  readonly id: string;
  readonly policy: ResolvedPolicy;
  readonly prompt: Engine;
  readonly response: Engine;
}

export interface Runtime {
  readonly connections: ReadonlyMap<string, Connection>;
  readonly fallback: Connection | undefined;
  readonly access: readonly AccessRule[];
  readonly policies: ReadonlyMap<string, PolicyRuntime>;
  /** The largest body that any policy lets in: a bound before the policy is known. */
  readonly maxRequestBytes: number;
}
