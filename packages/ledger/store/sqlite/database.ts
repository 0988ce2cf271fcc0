// What one thread of one process does with the database: queries and state as a table of methods by name, so that the
// same code serves a worker's calls and a process that calls directly.
import type { DatabaseSync } from 'node:sqlite';
import type { ApprovalStore, ExchangeFilter, KeyStore, SwitchStore } from '../../ledger.ts';
import { erase } from './erase.ts';
import { Queries } from './query.ts';
import { sqliteApprovals } from './state/approvals.ts';
import { sqliteKeys } from './state/keys.ts';
import { sqliteSwitches } from './state/switches.ts';

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
    ...named('keys', sqliteKeys(state)),
    ...named('approvals', sqliteApprovals(state)),
    ...named('switches', sqliteSwitches(state)),
  };
}

const named = (area: string, table: object): Record<string, Method> =>
  Object.fromEntries(Object.entries(table).map(([name, method]) => [`${area}.${name}`, method as Method]));

export type Call = (method: string, args: readonly unknown[]) => Promise<unknown>;

const KEYS = ['insert', 'byHash', 'list', 'revoke'] as const satisfies (keyof KeyStore)[];
const SWITCHES = [
  'stop',
  'resume',
  'stopped',
  'openGlass',
  'confirmGlass',
  'closeGlass',
  'glasses',
] as const satisfies (keyof SwitchStore)[];
const APPROVALS = [
  'attach',
  'get',
  'recent',
  'list',
  'vote',
  'expire',
  'attempt',
  'release',
  'consume',
  'grant',
  'grants',
  'listGrants',
  'revokeGrant',
] as const satisfies (keyof ApprovalStore)[];

/** The state's interfaces over `call`; `generation` is answered without it, since it is asked on every request. */
export function stateOver(call: Call, generation: (what: 'keys' | 'switches') => number) {
  const stubs = (area: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => call(`${area}.${name}`, args)]));
  return {
    keys: { ...stubs('keys', KEYS), generation: () => generation('keys') } as unknown as KeyStore,
    approvals: stubs('approvals', APPROVALS) as unknown as ApprovalStore,
    switches: {
      ...stubs('switches', SWITCHES),
      generation: () => generation('switches'),
    } as unknown as SwitchStore,
  };
}
