// Approvals in SQLite. Each method is one transaction, so that of concurrent callers, in any process, one wins.
import type { DatabaseSync } from 'node:sqlite';
import type { Approval, ApprovalStore, Vote } from '../../../ledger.ts';
import { transaction } from '../schema.ts';
import { sqliteGrants } from './grants.ts';
import type { Sync } from './sync.ts';

/** Upstream attempts that one approval allows. */
const ATTEMPTS = 3;
const PAGE = 100;

export function sqliteApprovals(db: DatabaseSync): Sync<ApprovalStore> {
  const byId = db.prepare('select * from approvals where id = ?');
  const votesOf = db.prepare(
    'select person, approve, at, reason from votes where approval = ? order by at, person',
  );
  const live = db.prepare(`select * from approvals where digest = ? and status in ('pending', 'approved')
    and (expires_at > ? or busy = 1) order by created_at desc limit 1`);
  const pendingOf = db.prepare(
    `select count(*) as n from approvals where principal = ? and status = 'pending' and expires_at > ?`,
  );
  const insert =
    db.prepare(`insert into approvals (id, digest, exchange, principal, person, connection, operation, model,
    policy, rules, findings, groups, minimum, created_at, expires_at, status)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')`);
  const recent = db.prepare(`select * from approvals where digest = ? and status in ('denied', 'expired')
    and closed_at >= ? order by closed_at desc limit 1`);
  const list = db.prepare('select * from approvals order by created_at desc, id desc limit ?');
  const listByStatus = db.prepare(
    'select * from approvals where status = ? order by created_at desc, id desc limit ?',
  );
  const addVote = db.prepare('insert or ignore into votes values (?, ?, ?, ?, ?)');
  const approvals = db.prepare('select count(*) as n from votes where approval = ? and approve = 1');
  const setStatus = db.prepare('update approvals set status = ?, closed_at = ? where id = ?');
  const past = db.prepare(
    `select * from approvals where status in ('pending', 'approved') and expires_at <= ? and busy = 0`,
  );
  const begin = db.prepare('update approvals set attempts = attempts + 1, busy = 1 where id = ?');
  const release = db.prepare('update approvals set busy = 0 where id = ?');
  const consume = db.prepare(
    `update approvals set status = 'consumed', busy = 0 where id = ? and status = 'approved'`,
  );

  const get = (id: string): Approval | undefined => {
    const row = byId.get(id);
    return row && read(row);
  };
  const read = (row: Record<string, unknown>): Approval =>
    toApproval(row, votesOf.all(String(row.id)).map(toVote));
  const expire = (now: number): readonly Approval[] =>
    past.all(now).map((row) => {
      setStatus.run('expired', Number(row.expires_at), String(row.id));
      return get(String(row.id))!;
    });

  return {
    attach: (draft, cap) =>
      transaction(db, () => {
        const found = live.get(draft.digest, draft.createdAt);
        if (found) return { approval: read(found), created: false };
        if (Number(pendingOf.get(draft.principal, draft.createdAt)!.n) >= cap) return 'capped' as const;
        insert.run(
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
        );
        return { approval: get(draft.id)!, created: true };
      }),

    get,

    recent(digest, since) {
      const row = recent.get(digest, since);
      return row && read(row);
    },

    list({ status, limit = PAGE }) {
      return (status === undefined ? list.all(limit) : listByStatus.all(status, limit)).map(read);
    },

    vote: (id, vote) =>
      transaction(db, () => {
        const row = byId.get(id);
        if (!row) return 'unknown' as const;
        if (row.status !== 'pending' || Number(row.expires_at) <= vote.at) return 'closed' as const;
        if (row.person === vote.person) return 'own' as const;
        const added = addVote.run(id, vote.person, Number(vote.approve), vote.at, vote.reason).changes === 1;
        if (!added) return 'twice' as const;
        if (!vote.approve) setStatus.run('denied', vote.at, id);
        else if (Number(approvals.get(id)!.n) >= Number(row.minimum)) setStatus.run('approved', null, id);
        return get(id)!;
      }),

    expire: (now) => transaction(db, () => expire(now)),

    attempt: (id, now) =>
      transaction(db, () => {
        const row = byId.get(id);
        if (row?.status !== 'approved') return 'gone' as const;
        if (row.busy === 1) return 'busy' as const;
        if (Number(row.expires_at) <= now) return 'gone' as const;
        if (Number(row.attempts) >= ATTEMPTS) return 'spent' as const;
        begin.run(id);
        return 'ok' as const;
      }),

    release(id) {
      release.run(id);
    },

    consume: (id) => consume.run(id).changes === 1,

    ...sqliteGrants(db),
  };
}

/** An attempt that died with its process was not an answer: another may start. For the writer, at its start. */
export function releaseAll(db: DatabaseSync): void {
  db.exec('update approvals set busy = 0 where busy = 1');
}

const toVote = (row: Record<string, unknown>): Vote => ({
  person: String(row.person),
  approve: row.approve === 1,
  at: Number(row.at),
  reason: String(row.reason),
});

const toApproval = (row: Record<string, unknown>, votes: readonly Vote[]): Approval => ({
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
