// From a document that nothing is wrong with to the frozen configuration. What can still go wrong here is a secret that is not there.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { deepFreeze, type Path, resolvePolicies } from '@sluice/policy';
import { parseAddress, parseUpstream } from './address.ts';
import { certificateFaults } from './certificate.ts';
import { wrong } from './check-reference.ts';
import type {
  Config,
  ConnectionConfig,
  KnownValues,
  ListenConfig,
  ProtocolName,
  TlsConfig,
} from './config.ts';
import type { ConnectionDocument, FileDocument } from './document.ts';
import { matcher } from './patterns.ts';
import { DEFAULTS, keyPath, storePath } from './places.ts';
import type { ConfigIssue } from './problem.ts';
import {
  isWrong,
  parseReference,
  pathOf,
  type ReadContext,
  type Reference,
  readSecret,
  readText,
  type Wrong,
} from './reference.ts';
import { Secret } from './secret.ts';
import { isPostgres, parseDatabase } from './store-place.ts';

export interface BuildContext extends ReadContext {
  readonly text: string;
  readonly hash: string;
  readonly file: string | undefined;
}

export interface Built {
  readonly config: Config;
  readonly issues: readonly ConfigIssue[];
  readonly secretFiles: readonly string[];
  /** Over all that references resolved to; tells whether a secret has changed and nothing else. */
  readonly secretsHash: string;
}

const TIMEOUTS = { connect: 10_000, first_byte: 120_000, idle: 60_000 };

export function build(document: FileDocument, context: BuildContext): Built {
  const secrets = new SecretReader(context);
  const { admin = [], auditor = [], approver = [] } = document.identity?.roles ?? {};
  const config: Config = {
    file: context.file,
    text: context.text,
    hash: context.hash,
    listen: {
      data: listen(document.listen?.data, DEFAULTS.data, ['listen', 'data'], secrets),
      admin: {
        ...listen(document.listen?.admin, DEFAULTS.admin, ['listen', 'admin'], secrets),
        url: adminUrl(document.listen?.admin),
      },
    },
    store: storeConfig(document.store, context.directory, secrets),
    seal: { keyFile: keyPath(document.seal?.key, context.directory) },
    log: {
      copy: document.log?.copy === undefined ? undefined : path.resolve(context.directory, document.log.copy),
      witnesses: (document.log?.witnesses ?? []).map(({ url, key }) => ({
        url: url.replace(/\/+$/, ''),
        key,
      })),
    },
    identity: {
      oidc: (document.identity?.oidc ?? []).map(({ issuer, audience, groups }) => ({
        issuer,
        audience: [audience].flat(),
        groups: groupClaim(groups),
      })),
      roles: { admin, auditor, approver },
    },
    connections: byName(document.connections ?? {}, (connection, name) =>
      resolveConnection(connection, name, secrets),
    ),
    access: document.access ?? [],
    values: values(document, secrets),
    policies: policiesOf(document),
  };
  return {
    config: deepFreeze(config),
    issues: secrets.issues,
    secretFiles: [...secrets.files],
    secretsHash: secrets.hash(),
  };
}

/** The known values alone, for those who need nothing else, and what is wrong with their references. */
export function knownValuesOf(
  document: FileDocument,
  context: ReadContext,
): { readonly values: readonly KnownValues[]; readonly issues: readonly ConfigIssue[] } {
  const secrets = new SecretReader(context);
  return { values: values(document, secrets), issues: secrets.issues };
}

const values = (document: FileDocument, secrets: SecretReader): readonly KnownValues[] =>
  Object.entries(document.values ?? {}).map(([name, reference]) => ({
    name,
    values: secrets.lines(reference, ['values', name]),
  }));

function storeConfig(
  store: FileDocument['store'],
  directory: string,
  secrets: SecretReader,
): Config['store'] {
  const { url, password, tls, ca } = typeof store === 'object' ? store : { url: store };
  if (url === undefined || !isPostgres(url)) return { kind: 'sqlite', path: storePath(url, directory) };
  const { local, ...place } = sound(parseDatabase(url));
  return {
    kind: 'postgres',
    ...place,
    password: password === undefined ? undefined : secrets.secret(password, ['store', 'password']),
    tls:
      (tls ?? (!local || ca !== undefined))
        ? { ca: ca === undefined ? undefined : secrets.text(ca, ['store', 'ca']) }
        : undefined,
  };
}

/** The policies alone: they need no secret. */
export function policiesOf({ policies, identity }: FileDocument): Config['policies'] {
  return resolvePolicies(policies ?? {}, {
    matcher,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    approvers: identity?.roles?.approver ?? [],
  });
}

function byName<T, U>(
  from: Readonly<Record<string, T>>,
  make: (value: T, name: string) => U,
): Readonly<Record<string, U>> {
  const into: Record<string, U> = Object.create(null);
  for (const [name, value] of Object.entries(from)) into[name] = make(value, name);
  return into;
}

function groupClaim(
  groups: string | { readonly claim: string; readonly separator?: string | undefined } | undefined,
): { name: string; separator?: string } {
  if (typeof groups === 'object')
    return { name: groups.claim, ...(groups.separator === undefined ? {} : { separator: groups.separator }) };
  return { name: groups ?? 'groups' };
}

/** Checked before: an http or https URL. */
function adminUrl(entry: NonNullable<FileDocument['listen']>['admin']): string | undefined {
  return typeof entry === 'object' ? entry.url?.replace(/\/+$/, '') : undefined;
}

type ListenDocument = NonNullable<NonNullable<FileDocument['listen']>['data']>;

function listen(
  entry: ListenDocument | undefined,
  fallback: string,
  at: Path,
  secrets: SecretReader,
): ListenConfig {
  const { address, tls } = typeof entry === 'object' ? entry : { address: entry ?? fallback };
  const { host, port } = sound(parseAddress(address));
  if (tls === undefined) return { host, port, tls: undefined };
  const files: TlsConfig = {
    cert: secrets.text(tls.cert, [...at, 'tls', 'cert']),
    key: new Secret(secrets.text(tls.key, [...at, 'tls', 'key'])),
    clientCa:
      tls.client_ca === undefined ? undefined : secrets.text(tls.client_ca, [...at, 'tls', 'client_ca']),
  };
  for (const [part, fault] of certificateFaults(files))
    secrets.issues.push(wrong(fault, [...at, 'tls', part]));
  return { host, port, tls: files };
}

function resolveConnection(
  connection: ConnectionDocument,
  name: string,
  secrets: SecretReader,
): ConnectionConfig {
  const { origin, prefix } = sound(parseUpstream(connection.upstream));
  const { connect, first_byte, idle } = { ...TIMEOUTS, ...connection.timeouts };
  return {
    name,
    protocol: connection.protocol as ProtocolName,
    origin,
    prefix,
    credential:
      connection.credential === undefined
        ? undefined
        : secrets.secret(connection.credential, ['connections', name, 'credential']),
    isDefault: connection.default ?? false,
    nonces: connection.nonces ?? [],
    timeouts: {
      connect: connect ?? TIMEOUTS.connect,
      firstByte: first_byte ?? TIMEOUTS.first_byte,
      idle: idle ?? TIMEOUTS.idle,
    },
  };
}

/** What the checks have found sound stays sound. */
function sound<T extends object>(value: T | Wrong): T {
  if ('code' in value && 'message' in value) throw new Error('a value that was checked before is wrong now');
  return value as T;
}

/** Resolves references, collecting what is wrong with them instead of stopping. */
class SecretReader {
  readonly issues: ConfigIssue[] = [];
  readonly files = new Set<string>();
  readonly #context: ReadContext;
  readonly #hash = createHash('sha256');

  constructor(context: ReadContext) {
    this.#context = context;
  }

  secret(text: string, at: Path): Secret {
    const read = readSecret(this.#reference(text), this.#context);
    if (read instanceof Secret) return this.#seen(read.reveal(), read);
    return this.#missing(read, at, new Secret(''));
  }

  text(text: string, at: Path): string {
    const read = readText(this.#reference(text), this.#context);
    return typeof read === 'string' ? this.#seen(read, read) : this.#missing(read, at, '');
  }

  /** One secret a line; empty lines do not count. */
  lines(text: string, at: Path): readonly Secret[] {
    return this.text(text, at)
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => new Secret(line));
  }

  hash(): string {
    return this.#hash.copy().digest('hex');
  }

  #reference(text: string): Reference {
    const reference = parseReference(text);
    if (isWrong(reference)) throw new Error('a reference that was checked before is wrong now');
    if (reference.scheme === 'file') this.files.add(pathOf(reference, this.#context.directory));
    return reference;
  }

  #seen<T>(value: string, result: T): T {
    this.#hash.update(`${value.length}:${value};`);
    return result;
  }

  #missing<T>(found: Wrong, at: Path, nothing: T): T {
    this.issues.push(wrong(found, at));
    this.#hash.update('missing;');
    return nothing;
  }
}
