// Gateway keys in PostgreSQL. Each method is one transaction; any gateway may call.
import type { KeyStore, StoredKey } from '../../../ledger.ts';
import type { Row } from '../database.ts';
import type { StateContext } from './context.ts';

export function postgresKeys({ db, changing, notices }: StateContext): KeyStore {
  return {
    insert: (key) =>
      changing('keys', async (tx) => {
        const connections = key.connections ? JSON.stringify(key.connections) : null;
        await tx.prepared('insert into gateway_keys values ($1, $2, $3, $4, $5, $6, $7, $8, null)', [
          key.id,
          key.name,
          key.hash,
          key.owner,
          JSON.stringify(key.groups),
          connections,
          key.createdAt,
          key.expiresAt ?? null,
        ]);
        return { changed: true, result: undefined };
      }),
    async byHash(hash) {
      const [row] = await db.prepared('select * from gateway_keys where hash = $1', [hash]);
      return row && toKey(row);
    },
    list: async () =>
      (await db.prepared('select * from gateway_keys order by created_at, id', [])).map(toKey),
    revoke: (id, at) =>
      changing('keys', async (tx) => {
        const revoked = await tx.prepared(
          'update gateway_keys set revoked_at = $1 where id = $2 and revoked_at is null returning id',
          [at, id],
        );
        return { changed: revoked.length === 1, result: revoked.length === 1 };
      }),
    generation: () => notices.generation('keys'),
  };
}

const toKey = (row: Row): StoredKey => ({
  id: String(row.id),
  name: String(row.name),
  hash: String(row.hash),
  owner: String(row.owner),
  groups: JSON.parse(String(row.groups)) as string[],
  ...(row.connections !== null && { connections: JSON.parse(String(row.connections)) as string[] }),
  createdAt: Number(row.created_at),
  ...(row.expires_at !== null && { expiresAt: Number(row.expires_at) }),
  ...(row.revoked_at !== null && { revokedAt: Number(row.revoked_at) }),
});
