// What one thread of one process does with the database: queries and state as a table of methods by name, so that the
// same code serves a worker's calls and a process that calls directly.
import type { DatabaseSync } from 'node:sqlite';
import type { ApprovalStore, ExchangeFilter, KeyStore, SwitchStore } from '../../ledger.ts';
import { erase } from './erase.ts';
import { Queries } from './query.ts';
import { sqliteApprovals } from './state/approvals.ts';
import type { Generations } from './state/changes.ts';
import { sqliteKeys } from './state/keys.ts';
import { sqliteSwitches } from './state/switches.ts';
import { sqliteTree } from './tree.ts';

// biome-ignore lint/suspicious/noExplicitAny: arguments are checked where the methods are named, in the typed stubs below
type Method = (...args: any[]) => unknown;

/** `state`: a connection whose commits are durable. */
export function methods(state: DatabaseSync): Record<string, Method> {
  const queries = new Queries(state);
  return {
    exchanges: (filter: ExchangeFilter) => queries.exchanges(filter),
    entries: (exchange: string) => queries.entries(exchange),
    range: (from: number, limit: number) => queries.range(from, limit),
    acts: (filter: { since?: number; limit?: number }) => queries.acts(filter),
    erase: (exchanges: readonly string[]) => erase(state, exchanges),
    ...named('tree', sqliteTree(state)),
    ...named('keys', sqliteKeys(state)),
    ...named('approvals', sqliteApprovals(state)),
    ...named('switches', sqliteSwitches(state)),
  };
}

const named = (area: string, table: object): Record<string, Method> =>
  Object.fromEntries(Object.entries(table).map(([name, method]) => [`${area}.${name}`, method as Method]));

export type Call = (method: string, args: readonly unknown[]) => Promise<unknown>;

/** Every method that goes over `call`: exhaustive by type, so that none can be forgotten. */
const STUBS: {
  readonly keys: Record<keyof Omit<KeyStore, 'generation'>, true>;
  readonly switches: Record<keyof Omit<SwitchStore, 'generation'>, true>;
  readonly approvals: Record<keyof ApprovalStore, true>;
} = {
  keys: { insert: true, byHash: true, list: true, revoke: true },
  switches: {
    stop: true,
    resume: true,
    stopped: true,
    openGlass: true,
    confirmGlass: true,
    closeGlass: true,
    glasses: true,
  },
  approvals: {
    attach: true,
    get: true,
    recent: true,
    list: true,
    vote: true,
    expire: true,
    attempt: true,
    release: true,
    consume: true,
    grant: true,
    grants: true,
    listGrants: true,
    revokeGrant: true,
  },
};

/** The state's interfaces over `call`; `generation` is answered without it, since it is asked on every request. */
export function stateOver(call: Call, generations: Generations) {
  const asked = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    try {
      return await call(name, args);
    } finally {
      generations.forget();
    }
  };
  const stubs = (area: keyof typeof STUBS) =>
    Object.fromEntries(
      Object.keys(STUBS[area]).map((name) => [name, (...args: unknown[]) => asked(`${area}.${name}`, args)]),
    );
  return {
    keys: { ...stubs('keys'), generation: () => generations.of('keys') } as unknown as KeyStore,
    approvals: stubs('approvals') as unknown as ApprovalStore,
    switches: {
      ...stubs('switches'),
      generation: () => generations.of('switches'),
    } as unknown as SwitchStore,
    shared: undefined,
  };
}
