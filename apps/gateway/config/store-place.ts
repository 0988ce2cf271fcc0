// Where the record is kept: `sqlite:PATH`, or the URL of a PostgreSQL database, whose password never stands in it.
// It must not read a secret or a file.
import path from 'node:path';
import { isLoopback } from './address.ts';
import type { Wrong } from './reference.ts';

export interface DatabasePlace {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** True when what is sent stays on this machine. */
  readonly local: boolean;
}

export const isPostgres = (text: string): boolean => /^postgres(?:ql)?:/.test(text);

const EXAMPLE = 'is not a database like postgres://sluice@db.example/sluice';

/** As libpq writes it, with a socket's folder as `?host=/run/postgresql`; everything else has a key of its own. */
export function parseDatabase(text: string): DatabasePlace | Wrong {
  const url = isPostgres(text) ? URL.parse(text) : null;
  if (url === null) return { code: 'bad_url', message: EXAMPLE };
  if (url.password !== '') {
    return {
      code: 'literal_secret',
      message: 'has a password in it: secrets are references',
      hint: 'Write `store: { url: postgres://user@host/database, password: env:NAME }`. If the secret was shared with this file, replace it.',
    };
  }
  const query = [...url.searchParams.keys()];
  if (url.hash !== '' || query.some((key) => key !== 'host'))
    return {
      code: 'bad_url',
      message: 'has parameters that are not known here; only `?host=` with the folder of a socket is',
    };
  const socket = url.searchParams.get('host');
  const host = socket ?? url.hostname.replace(/^\[|\]$/g, '');
  const [user, database] = [url.username, url.pathname.slice(1)].map((part) => decoded(part));
  if (!user || !database || host === '' || (socket !== null && !socket.startsWith('/')))
    return { code: 'bad_url', message: EXAMPLE };
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    user,
    database,
    local: socket !== null || isLoopback(host),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign: the name as it stands, which no database will have.
    return part;
  }
}

/** The local administrator's token lies beside the embedded record, or beside the key of a shared one. */
export function tokenPath(
  store: { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres' },
  keyFile: string,
): string {
  return path.join(path.dirname(store.kind === 'sqlite' ? store.path : keyFile), 'admin.token');
}
