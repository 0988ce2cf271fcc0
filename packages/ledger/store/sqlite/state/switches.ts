// Kill switches and break-glass in SQLite. Each method is one transaction; any process may call.
import type { DatabaseSync } from 'node:sqlite';
import type { GlassRequest, SwitchStore } from '../../../ledger.ts';
import { transaction } from '../schema.ts';
import { bump } from './changes.ts';
import type { Sync } from './sync.ts';

const MINUTE = 60_000;

export function sqliteSwitches(db: DatabaseSync): Omit<Sync<SwitchStore>, 'generation'> {
  const stop = db.prepare('insert or replace into stops values (?, ?, ?, ?)');
  const resume = db.prepare('delete from stops where connection = ?');
  const stops = db.prepare('select * from stops order by connection');
  const open = db.prepare(
    `insert into glasses (id, subject, connection, reason, requested_by, minutes) values (?, ?, ?, ?, ?, ?)`,
  );
  const byId = db.prepare('select * from glasses where id = ?');
  const confirm = db.prepare('update glasses set confirmed_by = ?, until = ? where id = ?');
  const close = db.prepare('update glasses set closed = 1 where id = ? and closed = 0');
  const standing = db.prepare(
    'select * from glasses where closed = 0 and (until is null or until > ?) order by id',
  );

  const changing = <T>(work: () => T, changed: (result: T) => boolean = () => true): T =>
    transaction(db, () => {
      const result = work();
      if (changed(result)) bump(db, 'switches');
      return result;
    });

  return {
    stop(connection, by, at, reason) {
      changing(() => stop.run(connection, by, at, reason));
    },
    resume: (connection) => changing(() => resume.run(connection).changes === 1, Boolean),
    stopped: () =>
      stops.all().map((row) => ({
        connection: String(row.connection),
        by: String(row.stopped_by),
        at: Number(row.at),
        reason: String(row.reason),
      })),
    openGlass({ id, subject, connection, reason, requestedBy, minutes }) {
      changing(() => open.run(id, subject, connection, reason, requestedBy, minutes));
    },
    confirmGlass: (id, by, at) =>
      changing(
        () => {
          const row = byId.get(id);
          if (!row) return 'unknown' as const;
          if (row.closed === 1 || row.confirmed_by !== null) return 'closed' as const;
          if (row.requested_by === by || row.subject === by) return 'own' as const;
          confirm.run(by, at + Number(row.minutes) * MINUTE, id);
          return toGlass(byId.get(id)!);
        },
        (result) => typeof result === 'object',
      ),
    closeGlass: (id) => changing(() => close.run(id).changes === 1, Boolean),
    glasses: (now) => standing.all(now).map(toGlass),
  };
}

const toGlass = (row: Record<string, unknown>): GlassRequest => ({
  id: String(row.id),
  subject: String(row.subject),
  connection: String(row.connection),
  reason: String(row.reason),
  requestedBy: String(row.requested_by),
  ...(row.confirmed_by !== null && { confirmedBy: String(row.confirmed_by) }),
  minutes: Number(row.minutes),
  ...(row.until !== null && { until: Number(row.until) }),
});
