// Grants in SQLite: standing permissions of a person for a rule, until an end.
import type { DatabaseSync } from 'node:sqlite';
import type { ApprovalStore, Grant } from '../../../ledger.ts';
import type { Sync } from './sync.ts';

export function sqliteGrants(
  db: DatabaseSync,
): Pick<Sync<ApprovalStore>, 'grant' | 'grants' | 'listGrants' | 'revokeGrant'> {
  const insert = db.prepare('insert into grants values (?, ?, ?, ?, ?, ?, ?, 0)');
  const inForce = db.prepare(
    'select * from grants where person = ? and connection = ? and until > ? and revoked = 0 order by until, id',
  );
  const all = db.prepare('select * from grants where until > ? and revoked = 0 order by until, id');
  const revoke = db.prepare('update grants set revoked = 1 where id = ? and revoked = 0');

  return {
    grant({ id, person, connection, rule, until, by, reason }) {
      insert.run(id, person, connection, rule, until, JSON.stringify(by), reason);
    },
    grants: (person, connection, now) => inForce.all(person, connection, now).map(toGrant),
    listGrants: (now) => all.all(now).map(toGrant),
    revokeGrant: (id) => revoke.run(id).changes === 1,
  };
}

const toGrant = (row: Record<string, unknown>): Grant => ({
  id: String(row.id),
  person: String(row.person),
  connection: String(row.connection),
  rule: String(row.rule),
  until: Number(row.until),
  by: JSON.parse(String(row.approvers)) as string[],
  reason: String(row.reason),
});
