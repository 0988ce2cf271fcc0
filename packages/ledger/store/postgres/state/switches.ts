// Kill switches and break-glass in PostgreSQL. Each method is one transaction; any gateway may call.
import type { GlassRequest, SwitchStore } from '../../../ledger.ts';
import type { Queryable, Row } from '../database.ts';
import type { StateContext } from './context.ts';

const MINUTE = 60_000;

export function postgresSwitches({ db, changing, notices }: StateContext): SwitchStore {
  const changes = async (tx: Queryable, text: string, values: readonly unknown[]) => {
    const changed = (await tx.prepared(`${text} returning 1`, values)).length > 0;
    return { changed, result: changed };
  };
  return {
    stop: (connection, by, at, reason) =>
      changing('switches', async (tx) => {
        await tx.prepared(
          `insert into stops values ($1, $2, $3, $4) on conflict (connection)
           do update set stopped_by = excluded.stopped_by, at = excluded.at, reason = excluded.reason`,
          [connection, by, at, reason],
        );
        return { changed: true, result: undefined };
      }),
    resume: (connection) =>
      changing('switches', (tx) => changes(tx, 'delete from stops where connection = $1', [connection])),
    stopped: async () =>
      (await db.prepared('select * from stops order by connection collate "C"', [])).map((row) => ({
        connection: String(row.connection),
        by: String(row.stopped_by),
        at: Number(row.at),
        reason: String(row.reason),
      })),
    openGlass: ({ id, subject, connection, reason, requestedBy, minutes }) =>
      changing('switches', async (tx) => {
        await tx.prepared(
          'insert into glasses (id, subject, connection, reason, requested_by, minutes) values ($1, $2, $3, $4, $5, $6)',
          [id, subject, connection, reason, requestedBy, minutes],
        );
        return { changed: true, result: undefined };
      }),
    confirmGlass: (id, by, at) =>
      changing<GlassRequest | 'own' | 'closed' | 'unknown'>('switches', async (tx) => {
        const [row] = await tx.prepared('select * from glasses where id = $1 for update', [id]);
        if (!row) return { changed: false, result: 'unknown' };
        if (row.closed === true || row.confirmed_by !== null) return { changed: false, result: 'closed' };
        if (row.requested_by === by || row.subject === by) return { changed: false, result: 'own' };
        const [confirmed] = await tx.prepared(
          'update glasses set confirmed_by = $1, until = $2 where id = $3 returning *',
          [by, at + Number(row.minutes) * MINUTE, id],
        );
        return { changed: true, result: toGlass(confirmed!) };
      }),
    closeGlass: (id) =>
      changing('switches', (tx) =>
        changes(tx, 'update glasses set closed = true where id = $1 and not closed', [id]),
      ),
    glasses: async (now) =>
      (
        await db.prepared(
          'select * from glasses where not closed and (until is null or until > $1) order by id collate "C"',
          [now],
        )
      ).map(toGlass),
    generation: () => notices.generation('switches'),
  };
}

const toGlass = (row: Row): GlassRequest => ({
  id: String(row.id),
  subject: String(row.subject),
  connection: String(row.connection),
  reason: String(row.reason),
  requestedBy: String(row.requested_by),
  ...(row.confirmed_by !== null && { confirmedBy: String(row.confirmed_by) }),
  minutes: Number(row.minutes),
  ...(row.until !== null && { until: Number(row.until) }),
});
