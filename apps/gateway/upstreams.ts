// Connection pools to the model servers. A pool outlives a reload as long as some connection uses it, so that changing a
// credential or a policy costs no call; pools that nobody uses any more end once their calls have.
import { type Dispatcher, Pool } from 'undici';

export interface PoolOptions {
  /** Milliseconds to connect. */
  readonly connectTimeout: number;
}

/** Bytes of headers that a model server may send: more is a fault, not an answer. */
const MAX_HEADERS = 32 * 1024;

export class Upstreams {
  #pools = new Map<string, Pool>();

  /** `keep` collects what the new configuration uses; whatever is not in it is closed by `retain`. */
  pool(origin: string, options: PoolOptions, keep: Set<string>): Dispatcher {
    const key = `${origin} ${options.connectTimeout}`;
    keep.add(key);
    let pool = this.#pools.get(key);
    if (pool === undefined) {
      pool = new Pool(origin, {
        pipelining: 1,
        keepAliveTimeout: 10_000,
        maxHeaderSize: MAX_HEADERS,
        connect: { timeout: options.connectTimeout },
        allowH2: false,
      });
      this.#pools.set(key, pool);
    }
    return pool;
  }

  retain(keep: ReadonlySet<string>, onError: (error: unknown) => void): void {
    for (const [key, pool] of this.#pools) {
      if (keep.has(key)) continue;
      this.#pools.delete(key);
      pool.close().catch(onError);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
    this.#pools.clear();
  }
}
