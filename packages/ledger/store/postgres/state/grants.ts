// Grants in PostgreSQL: standing permissions of a person for a rule, until an end.
import type { ApprovalStore, Grant } from '../../../ledger.ts';
import type { Row } from '../database.ts';
import type { StateContext } from './context.ts';

export function postgresGrants({
  db,
}: StateContext): Pick<ApprovalStore, 'grant' | 'grants' | 'listGrants' | 'revokeGrant'> {
  return {
    async grant({ id, person, connection, rule, until, by, reason }) {
      await db.prepared('insert into grants values ($1, $2, $3, $4, $5, $6, $7, false)', [
        id,
        person,
        connection,
        rule,
        until,
        JSON.stringify(by),
        reason,
      ]);
    },
    grants: async (person, connection, now) =>
      (
        await db.prepared(
          `select * from grants where person = $1 and connection = $2 and until > $3 and not revoked
           order by until, id collate "C"`,
          [person, connection, now],
        )
      ).map(toGrant),
    listGrants: async (now) =>
      (
        await db.prepared(
          'select * from grants where until > $1 and not revoked order by until, id collate "C"',
          [now],
        )
      ).map(toGrant),
    revokeGrant: async (id) =>
      (await db.prepared('update grants set revoked = true where id = $1 and not revoked returning id', [id]))
        .length === 1,
  };
}

const toGrant = (row: Row): Grant => ({
  id: String(row.id),
  person: String(row.person),
  connection: String(row.connection),
  rule: String(row.rule),
  until: Number(row.until),
  by: JSON.parse(String(row.approvers)) as string[],
  reason: String(row.reason),
});
