// A thin layer over `pg`: connections that are set up the same way, statements with their values, transactions.
// It must not know what the statements are about.
import { Client, type ClientConfig, Pool, type PoolClient, types } from 'pg';
import { mappedTalk } from './failure.ts';

export interface PostgresOptions {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Undefined: PGPASSWORD, or what the file named by PGPASSFILE says. */
  readonly password?: string | undefined;
  /** Undefined is in clear. The server's certificate and its name are always checked; `ca` replaces the well-known ones. */
  readonly tls?: { readonly ca: string | undefined } | undefined;
  /** Where the tables are. Default `sluice`. */
  readonly schema?: string;
  /** Milliseconds without a sign of life after which another gateway counts as dead. Default 5,000. */
  readonly leaseMs?: number;
}

export type Row = Record<string, unknown>;

export interface Queryable {
  /** Planned for its values. */
  query(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Planned once for each connection: for statements that are run over and over. */
  prepared(text: string, values: readonly unknown[]): Promise<Row[]>;
}

/** A connection of one's own, for locks and notices that end with it. */
export interface Session extends Queryable {
  onNotice(listener: (payload: string) => void): void;
  /** Called once when the connection is gone, whoever ended it. */
  onEnd(listener: () => void): void;
  end(): Promise<void>;
}

const CONNECT_MS = 5000;
const QUERY_MS = 30_000;
const CONNECTIONS = 8;

/** Positions and times fit in a double for longer than anyone will keep a record. */
const INT8 = 20;
const parsers: ClientConfig['types'] = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? Number
      : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `sluice_${names.size}`));
  return name;
}

/** PostgreSQL's texts have no NUL. */
const sent = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value;

const SETTINGS = (schema: string): string =>
  // A partner that lost its power must not keep a lock for the two hours of a default keep-alive.
  `set search_path = ${schema}; set synchronous_commit = on; set idle_in_transaction_session_timeout = '20s';
   set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set timezone = 'UTC'`;

type Connection = Pick<PoolClient, 'query'>;

const over = (connection: Connection): Queryable => {
  const ask = async (
    config: { readonly text: string; readonly name?: string },
    values: readonly unknown[],
  ) => {
    try {
      return (await connection.query({ ...config, values: values.map(sent) })).rows as Row[];
    } catch (error) {
      throw mappedTalk(error);
    }
  };
  return {
    query: (text, values = []) => ask({ text }, values),
    prepared: (text, values) => ask({ text, name: nameOf(text) }, values),
  };
};

export class Database implements Queryable {
  /** Name of the schema, which is the channel of its notices too. */
  readonly schema: string;
  readonly #config: ClientConfig;
  readonly #pool: Pool;

  constructor(options: PostgresOptions) {
    const { host, port, user, database, password, tls, schema = 'sluice' } = options;
    if (!/^[a-z][a-z0-9_]*$/.test(schema)) throw new RangeError(`${schema} is no name of a schema.`);
    this.schema = schema;
    this.#config = {
      host,
      port,
      user,
      database,
      ...(password !== undefined && { password }),
      ssl:
        tls === undefined ? false : { rejectUnauthorized: true, ...(tls.ca !== undefined && { ca: tls.ca }) },
      application_name: 'sluice',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: QUERY_MS,
      keepAlive: true,
      types: parsers!,
    };
    this.#pool = new Pool({ ...this.#config, max: CONNECTIONS, idleTimeoutMillis: 60_000 });
    // Of a connection that nobody uses: the next one who asks gets a new one, or the error.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => {
      client.query(SETTINGS(schema)).catch(() => undefined);
    });
  }

  query(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#borrowed((client) => over(client).query(text, values));
  }

  prepared(text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.#borrowed((client) => over(client).prepared(text, values));
  }

  /** `behind`: the commit need not be on disk when this resolves, and may be lost in a crash of the server, whole. */
  transaction<T>(work: (tx: Queryable) => Promise<T>, commit: 'durable' | 'behind' = 'durable'): Promise<T> {
    return this.#borrowed(async (client) => {
      const tx = over(client);
      await tx.query(commit === 'durable' ? 'begin' : 'begin; set local synchronous_commit = off');
      try {
        const result = await work(tx);
        await tx.query('commit');
        return result;
      } catch (error) {
        await tx.query('rollback');
        throw error;
      }
    });
  }

  async session(): Promise<Session> {
    const client = new Client(this.#config);
    // The end follows, and is what is listened for.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(SETTINGS(this.schema));
    } catch (error) {
      throw mappedTalk(error);
    }
    return {
      ...over(client),
      onNotice: (listener) => client.on('notification', ({ payload }) => listener(payload ?? '')),
      onEnd: (listener) => client.once('end', listener),
      end: () => client.end(),
    };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** A connection on which anything failed is not used again: what state it is in, nobody knows. */
  async #borrowed<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw mappedTalk(error);
    }
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}
