// What the admin API works on; compose.ts fills it.
import type { Authenticator } from '@sluice/identity';
import type { Ledger } from '@sluice/ledger';
import type { Logger } from 'pino';
import type { Approvals } from '../approvals/approvals.ts';
import type { Metrics } from '../metrics.ts';
import type { RoleGroups } from './permissions.ts';

export interface ConnectionInfo {
  readonly name: string;
  readonly protocol: string;
  /** Scheme, host and port: never a credential. */
  readonly upstream: string;
  readonly default: boolean;
}

export interface ConfigInfo {
  /** Where the configuration in force came from. */
  readonly source: string;
  readonly loadedAt: number;
  /** Why the newest file is not in force, when it is not. */
  readonly problems: readonly string[];
}

export interface AdminServices {
  readonly ledger: Ledger;
  readonly approvals: Approvals;
  readonly authenticator: Authenticator;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** SHA-256 of the local administrator's token. */
  readonly localToken: Buffer;
  roles(): RoleGroups;
  connections(): readonly ConnectionInfo[];
  config(): ConfigInfo;
  /** Reads the file again; resolves with what is then in force. */
  reload(): Promise<ConfigInfo>;
  ready(): boolean;
  now(): number;
}
