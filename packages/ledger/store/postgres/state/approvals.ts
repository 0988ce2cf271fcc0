// Approvals in PostgreSQL. Each method is one transaction that locks what it judges, so that of concurrent callers, at
// whichever gateway, one wins.
import type { Approval, ApprovalStore, Vote } from '../../../ledger.ts';
import type { Queryable, Row } from '../database.ts';
import { LOCKS } from '../migrate.ts';
import type { StateContext } from './context.ts';
import { postgresGrants } from './grants.ts';

/** Upstream attempts that one approval allows. */
const ATTEMPTS = 3;
const PAGE = 100;

export function postgresApprovals(context: StateContext): ApprovalStore {
  const { db, gateway } = context;
  const tell = (tx: Queryable) => tx.prepared("select pg_notify($1, 'approvals')", [db.schema]);

  return {
    attach: (draft, cap) =>
      db.transaction(async (tx) => {
        // The digest is of the principal too: one lock for both the duplicates and the cap.
        await tx.prepared('select pg_advisory_xact_lock($1, hashtext($2))', [
          LOCKS.attach,
          `${db.schema}/${draft.principal}`,
        ]);
        const [found] = await tx.prepared(
          `select * from approvals where digest = $1 and status in ('pending', 'approved')
           and (expires_at > $2 or busy is not null) order by created_at desc limit 1`,
          [draft.digest, draft.createdAt],
        );
        if (found) return { approval: await withVotes(tx, found), created: false };
        const [pending] = await tx.prepared(
          `select count(*) as n from approvals where principal = $1 and status = 'pending' and expires_at > $2`,
          [draft.principal, draft.createdAt],
        );
        if (Number(pending!.n) >= cap) return 'capped' as const;
        const [row] = await tx.prepared(
          `insert into approvals (id, digest, exchange, principal, person, connection, operation, model, policy, rules,
             findings, groups, minimum, created_at, expires_at, status)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'pending') returning *`,
          [
            draft.id,
            draft.digest,
            draft.exchange,
            draft.principal,
            draft.person,
            draft.connection,
            draft.operation,
            draft.model,
            draft.policy,
            JSON.stringify(draft.rules),
            JSON.stringify(draft.findings),
            JSON.stringify(draft.groups),
            draft.minimum,
            draft.createdAt,
            draft.expiresAt,
          ],
        );
        await tell(tx);
        return { approval: toApproval(row!, []), created: true };
      }),

    async get(id) {
      const [row] = await db.prepared('select * from approvals where id = $1', [id]);
      return row && withVotes(db, row);
    },

    async recent(digest, since) {
      const [row] = await db.prepared(
        `select * from approvals where digest = $1 and status in ('denied', 'expired') and closed_at >= $2
         order by closed_at desc limit 1`,
        [digest, since],
      );
      return row && withVotes(db, row);
    },

    async list({ status, limit = PAGE }) {
      const rows = await db.query(
        `select * from approvals ${status === undefined ? '' : 'where status = $2'}
         order by created_at desc, id collate "C" desc limit $1`,
        status === undefined ? [limit] : [limit, status],
      );
      return allWithVotes(db, rows);
    },

    vote: (id, vote) =>
      db.transaction(async (tx) => {
        const [row] = await tx.prepared('select * from approvals where id = $1 for update', [id]);
        if (!row) return 'unknown' as const;
        if (row.status !== 'pending' || Number(row.expires_at) <= vote.at) return 'closed' as const;
        if (row.person === vote.person) return 'own' as const;
        const added = await tx.prepared(
          'insert into votes values ($1, $2, $3, $4, $5) on conflict do nothing returning approval',
          [id, vote.person, vote.approve, vote.at, vote.reason],
        );
        if (added.length === 0) return 'twice' as const;
        const voted = await withVotes(tx, row);
        const yes = voted.votes.filter(({ approve }) => approve).length;
        const status = !vote.approve ? 'denied' : yes >= voted.minimum ? 'approved' : 'pending';
        await tx.prepared('update approvals set status = $1, closed_at = $2 where id = $3', [
          status,
          status === 'denied' ? vote.at : null,
          id,
        ]);
        await tell(tx);
        return { ...voted, status };
      }),

    expire: (now) =>
      db.transaction(async (tx) => {
        const rows = await tx.prepared(
          `update approvals set status = 'expired', closed_at = expires_at
           where status in ('pending', 'approved') and expires_at <= $1 and busy is null returning *`,
          [now],
        );
        if (rows.length > 0) await tell(tx);
        return allWithVotes(tx, rows);
      }),

    attempt: (id, now) =>
      db.transaction(async (tx) => {
        const [row] = await tx.prepared('select * from approvals where id = $1 for update', [id]);
        if (row?.status !== 'approved') return 'gone' as const;
        if (row.busy !== null) return 'busy' as const;
        if (Number(row.expires_at) <= now) return 'gone' as const;
        if (Number(row.attempts) >= ATTEMPTS) return 'spent' as const;
        await tx.prepared('update approvals set attempts = attempts + 1, busy = $1 where id = $2', [
          gateway(),
          id,
        ]);
        return 'ok' as const;
      }),

    release: (id) =>
      db.transaction(async (tx) => {
        await tx.prepared('update approvals set busy = null where id = $1', [id]);
        await tell(tx);
      }),

    consume: async (id) =>
      (
        await db.prepared(
          `update approvals set status = 'consumed', busy = null where id = $1 and status = 'approved' returning id`,
          [id],
        )
      ).length === 1,

    ...postgresGrants(context),
  };
}

async function allWithVotes(db: Queryable, rows: readonly Row[]): Promise<readonly Approval[]> {
  if (rows.length === 0) return [];
  const votes = await db.prepared(
    'select * from votes where approval = any($1) order by at, person collate "C"',
    [rows.map(({ id }) => id)],
  );
  return rows.map((row) => toApproval(row, votes.filter(({ approval }) => approval === row.id).map(toVote)));
}

const withVotes = async (db: Queryable, row: Row): Promise<Approval> => (await allWithVotes(db, [row]))[0]!;

const toVote = (row: Row): Vote => ({
  person: String(row.person),
  approve: row.approve === true,
  at: Number(row.at),
  reason: String(row.reason),
});

const toApproval = (row: Row, votes: readonly Vote[]): Approval => ({
  id: String(row.id),
  digest: String(row.digest),
  exchange: String(row.exchange),
  principal: String(row.principal),
  person: String(row.person),
  connection: String(row.connection),
  operation: String(row.operation),
  model: String(row.model),
  policy: String(row.policy),
  rules: JSON.parse(String(row.rules)) as string[],
  findings: JSON.parse(String(row.findings)) as Record<string, number>,
  groups: JSON.parse(String(row.groups)) as string[],
  minimum: Number(row.minimum),
  createdAt: Number(row.created_at),
  expiresAt: Number(row.expires_at),
  status: row.status as Approval['status'],
  votes,
  attempts: Number(row.attempts),
});
