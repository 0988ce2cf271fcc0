// Gateway keys in SQLite. Each method is one transaction; any process may call.
import type { DatabaseSync } from 'node:sqlite';
import type { KeyStore, StoredKey } from '../../../ledger.ts';
import { transaction } from '../schema.ts';
import { bump } from './changes.ts';
import type { Sync } from './sync.ts';

export function sqliteKeys(db: DatabaseSync): Omit<Sync<KeyStore>, 'generation'> {
  const insert = db.prepare('insert into gateway_keys values (?, ?, ?, ?, ?, ?, ?, ?, null)');
  const byHash = db.prepare('select * from gateway_keys where hash = ?');
  const all = db.prepare('select * from gateway_keys order by created_at, id');
  const revoke = db.prepare('update gateway_keys set revoked_at = ? where id = ? and revoked_at is null');

  return {
    insert(key) {
      transaction(db, () => {
        const connections = key.connections ? JSON.stringify(key.connections) : null;
        const groups = JSON.stringify(key.groups);
        insert.run(
          key.id,
          key.name,
          key.hash,
          key.owner,
          groups,
          connections,
          key.createdAt,
          key.expiresAt ?? null,
        );
        bump(db, 'keys');
      });
    },
    byHash(hash) {
      const row = byHash.get(hash);
      return row && toKey(row);
    },
    list: () => all.all().map(toKey),
    revoke: (id, at) =>
      transaction(db, () => {
        const revoked = revoke.run(at, id).changes === 1;
        if (revoked) bump(db, 'keys');
        return revoked;
      }),
  };
}

const toKey = (row: Record<string, unknown>): StoredKey => ({
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
