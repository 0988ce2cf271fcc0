// The configuration in force: resolved, typed and frozen. What the rest of the gateway reads; nothing here reads a file.
import type { AccessRule, ResolvedPolicy } from '@sluice/policy';
import type { Secret } from './secret.ts';

/** Where to listen, and with which certificate. */
export interface ListenConfig {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly tls: TlsConfig | undefined;
}

export interface AdminListenConfig extends ListenConfig {
  /** Where people reach it, without a slash at its end, when the file says so. */
  readonly url: string | undefined;
}

/** PEM texts. With `clientCa`, callers have to present a certificate that it signed. */
export interface TlsConfig {
  readonly cert: string;
  readonly key: Secret;
  readonly clientCa: string | undefined;
}

export interface ConnectionConfig {
  readonly name: string;
  readonly protocol: ProtocolName;
  /** Scheme, host and port of the model server. */
  readonly origin: string;
  /** Path before the provider's own paths, without a slash at its end; mostly empty. */
  readonly prefix: string;
  readonly credential: Secret | undefined;
  /** Serves the bare path too. */
  readonly isDefault: boolean;
  /** Top-level request fields that differ from call to call and do not count for an approval's digest. */
  readonly nonces: readonly string[];
  /** Milliseconds. */
  readonly timeouts: { readonly connect: number; readonly firstByte: number; readonly idle: number };
}

export type ProtocolName = 'openai' | 'anthropic';

export interface OidcConfig {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** The claim with the groups, and what separates them when it is one string. */
  readonly groups: { readonly name: string; readonly separator?: string };
}

export interface WitnessConfig {
  /** Submission prefix, without a slash at its end. */
  readonly url: string;
  /** Public key of a cosigner: `name+id+key`. */
  readonly key: string;
}

/** Groups whose members have the role. */
export interface RolesConfig {
  readonly admin: readonly string[];
  readonly auditor: readonly string[];
  readonly approver: readonly string[];
}

/** Values known beforehand. Findings of them are of kind `canary.<name>`. */
export interface KnownValues {
  readonly name: string;
  readonly values: readonly Secret[];
}
export type StoreConfig =
  /** Absolute path of the database. */
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
      /** Undefined: from PGPASSFILE or PGPASSWORD. */
      readonly password: Secret | undefined;
      /** Undefined: in clear. `ca` in PEM; without it, what the system knows. */
      readonly tls: { readonly ca: string | undefined } | undefined;
    };

export interface Config {
  /** The file it was read from; undefined for a text of the program's own. */
  readonly file: string | undefined;
  /** The text it was read from; it holds no secrets, only references. */
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly hash: string;
  readonly listen: { readonly data: ListenConfig; readonly admin: AdminListenConfig };
  readonly store: StoreConfig;
  /** Absolute path of the key-encryption key. */
  readonly seal: { readonly keyFile: string };
  /** Where checkpoints go besides the store. */
  readonly log: { readonly copy: string | undefined; readonly witnesses: readonly WitnessConfig[] };
  readonly identity: { readonly oidc: readonly OidcConfig[]; readonly roles: RolesConfig };
  /** By name, without a prototype, so that any name a caller sends can be looked up. */
  readonly connections: Readonly<Record<string, ConnectionConfig>>;
  readonly access: readonly AccessRule[];
  readonly values: readonly KnownValues[];
  /** By name, the built-in ones (`standard` unless the file defines it, and `built-in`) included; without a prototype. */
  readonly policies: Readonly<Record<string, ResolvedPolicy>>;
}
