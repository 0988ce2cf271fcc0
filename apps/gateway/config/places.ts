// Where a gateway is and where it keeps its things: all that most commands need to know of a configuration. Read leniently and
// quickly: a mistake elsewhere in the file, or a secret that is not set here, must not keep anybody from the kill switch.
import path from 'node:path';
import { parseDocument } from 'yaml';
import { type Address, parseAddress } from './address.ts';
import type { StoreConfig } from './config.ts';
import { isWrong, parseReference, type ReadContext, readSecret, readText } from './reference.ts';
import { Secret } from './secret.ts';
import { parseDatabase, tokenPath } from './store-place.ts';

type Env = ReadContext['env'];

/** What holds where the file says nothing. */
export const DEFAULTS = {
  data: '127.0.0.1:8080',
  admin: '127.0.0.1:8081',
  store: 'sqlite:data/sluice.db',
  key: 'file:data/sluice.key',
} as const;

export interface PortPlace {
  readonly host: string;
  readonly port: number;
  /** Whether TLS is spoken there, and the certificate in PEM as far as it can be read from here. */
  readonly tls: { readonly cert: string | undefined } | undefined;
}

export interface Places {
  readonly data: PortPlace;
  readonly admin: PortPlace;
  readonly store: StoreConfig;
  /** Absolute path of the key-encryption key. */
  readonly keyFile: string;
  /** Absolute path of the local administrator's token. */
  readonly tokenFile: string;
}

export function storePath(store: string | undefined, directory: string): string {
  return path.resolve(directory, (store ?? DEFAULTS.store).slice('sqlite:'.length));
}

export function keyPath(key: string | undefined, directory: string): string {
  return path.resolve(directory, (key ?? DEFAULTS.key).slice('file:'.length));
}

/** `directory` is where relative paths start. What cannot be understood counts as left out; `sluice check` tells of it. */
export function placesOf(text: string, directory: string, env: Env = process.env): Places {
  const document = parseDocument(text, { logLevel: 'silent' });
  const read = (...at: readonly string[]): string | undefined => {
    const value: unknown = document.getIn(at);
    return typeof value === 'string' ? value : undefined;
  };
  const key = read('seal', 'key');
  const port = (name: 'data' | 'admin'): PortPlace => {
    const address = parseAddress(read('listen', name, 'address') ?? read('listen', name) ?? '');
    const { host, port } = 'code' in address ? (parseAddress(DEFAULTS[name]) as Address) : address;
    const cert = read('listen', name, 'tls', 'cert');
    return { host, port, tls: cert === undefined ? undefined : { cert: textIn(cert, directory, env) } };
  };
  const keyFile = keyPath(key?.startsWith('file:') ? key : undefined, directory);
  const store = storeIn(read, document.getIn(['store', 'tls']), directory, env);
  return {
    data: port('data'),
    admin: port('admin'),
    store,
    keyFile,
    tokenFile: tokenPath(store, keyFile),
  };
}

function storeIn(
  read: (...at: readonly string[]) => string | undefined,
  tls: unknown,
  directory: string,
  env: Env,
): StoreConfig {
  const url = read('store', 'url') ?? read('store');
  const parsed = url === undefined ? undefined : parseDatabase(url);
  if (parsed === undefined || 'code' in parsed)
    return { kind: 'sqlite', path: storePath(url?.startsWith('sqlite:') ? url : undefined, directory) };
  const { local, ...place } = parsed;
  const ca = read('store', 'ca');
  const encrypted = typeof tls === 'boolean' ? tls : !local || ca !== undefined;
  return {
    kind: 'postgres',
    ...place,
    password: secretIn(read('store', 'password'), directory, env),
    tls: encrypted ? { ca: ca === undefined ? undefined : textIn(ca, directory, env) } : undefined,
  };
}

function textIn(text: string, directory: string, env: Env): string | undefined {
  const reference = parseReference(text);
  if (isWrong(reference)) return undefined;
  const read = readText(reference, { directory, env });
  return typeof read === 'string' ? read : undefined;
}

function secretIn(text: string | undefined, directory: string, env: Env): Secret | undefined {
  const reference = text === undefined ? undefined : parseReference(text);
  if (reference === undefined || isWrong(reference)) return undefined;
  const read = readSecret(reference, { directory, env });
  return read instanceof Secret ? read : undefined;
}
