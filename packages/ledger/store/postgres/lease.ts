// One holder at a time over all gateways, for work that only one may do (signing). Held by a connection: it is free again
// when the process or its machine ends, within some ten seconds when nobody says goodbye.
import type { Database } from './database.ts';
import { LOCKS } from './migrate.ts';

export interface Lease {
  /** False from the moment that the connection is known to be lost: then another may hold it. */
  readonly held: boolean;
  release(): Promise<void>;
}

/**
 * Undefined when another gateway has it: ask again later. Between losing it and learning of that, two may believe that they
 * hold it, so what the holder writes must be conditional on what it has read.
 */
export async function acquireLease(db: Database, name: string): Promise<Lease | undefined> {
  const session = await db.session();
  let held = false;
  session.onEnd(() => (held = false));
  try {
    const [row] = await session.query('select pg_try_advisory_lock($1, hashtext($2)) as got', [
      LOCKS.lease,
      `${db.schema}/${name}`,
    ]);
    held = row!.got === true;
  } catch (error) {
    await session.end();
    throw error;
  }
  if (!held) {
    await session.end();
    return undefined;
  }
  return {
    get held() {
      return held;
    },
    release: () => session.end(),
  };
}
