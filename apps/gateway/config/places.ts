// Where a gateway is and where it keeps its things: all that most commands need to know of a configuration. Read leniently and
// quickly: a mistake elsewhere in the file, or a secret that is not set here, must not keep anybody from the kill switch.
import path from 'node:path';
import { parseDocument } from 'yaml';
import { type Address, parseAddress } from './address.ts';
import { isWrong, parseReference, readText } from './reference.ts';

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
  /** Absolute path of the database. */
  readonly store: string;
  /** Absolute path of the key-encryption key. */
  readonly keyFile: string;
}

export function storePath(store: string | undefined, directory: string): string {
  return path.resolve(directory, (store ?? DEFAULTS.store).slice('sqlite:'.length));
}

export function keyPath(key: string | undefined, directory: string): string {
  return path.resolve(directory, (key ?? DEFAULTS.key).slice('file:'.length));
}

/** `directory` is where relative paths start. What cannot be understood counts as left out; `sluice check` tells of it. */
export function placesOf(
  text: string,
  directory: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Places {
  const document = parseDocument(text, { logLevel: 'silent' });
  const read = (...at: readonly string[]): string | undefined => {
    const value: unknown = document.getIn(at);
    return typeof value === 'string' ? value : undefined;
  };
  const port = (name: 'data' | 'admin'): PortPlace => {
    const address = parseAddress(read('listen', name, 'address') ?? read('listen', name) ?? '');
    const { host, port } = 'code' in address ? (parseAddress(DEFAULTS[name]) as Address) : address;
    const cert = read('listen', name, 'tls', 'cert');
    return { host, port, tls: cert === undefined ? undefined : { cert: certificate(cert, directory, env) } };
  };
  const store = read('store');
  const key = read('seal', 'key');
  return {
    data: port('data'),
    admin: port('admin'),
    store: storePath(store?.startsWith('sqlite:') ? store : undefined, directory),
    keyFile: keyPath(key?.startsWith('file:') ? key : undefined, directory),
  };
}

function certificate(
  text: string,
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const reference = parseReference(text);
  if (isWrong(reference)) return undefined;
  const read = readText(reference, { directory, env });
  return typeof read === 'string' ? read : undefined;
}
