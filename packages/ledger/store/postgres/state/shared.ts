// What gateways on one store have in common beside keys, switches and approvals: counts of use, and the configuration.
import type { SharedState, Usage } from '../../../ledger.ts';
import type { StateContext } from './context.ts';

export function postgresShared({ db, notices, changing }: StateContext): SharedState {
  return {
    onChange: (listener) => notices.onChange(listener),

    async count(added) {
      if (added.length === 0) return [];
      // In one order everywhere, so that two gateways never wait for each other's rows.
      const rows = [...added].sort((a, b) => (a.key < b.key ? -1 : 1));
      const counted = await db.prepared(
        `insert into usage as u select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[])
         on conflict (key) do update set slot = greatest(u.slot, excluded.slot),
           requests = case when u.slot > excluded.slot then u.requests when u.slot < excluded.slot then excluded.requests
             else u.requests + excluded.requests end,
           bytes = case when u.slot > excluded.slot then u.bytes when u.slot < excluded.slot then excluded.bytes
             else u.bytes + excluded.bytes end
         returning key, slot, requests, bytes`,
        [
          rows.map(({ key }) => key),
          rows.map(({ slot }) => slot),
          rows.map(({ requests }) => requests),
          rows.map(({ bytes }) => bytes),
        ],
      );
      return counted.map(
        (row): Usage => ({
          key: String(row.key),
          slot: Number(row.slot),
          requests: Number(row.requests),
          bytes: Number(row.bytes),
        }),
      );
    },

    configs: {
      async current() {
        const [row] = await db.prepared('select text, hash from configs order by n desc limit 1', []);
        return row && { text: String(row.text), hash: String(row.hash) };
      },
      wasPublished: async (hash) =>
        (await db.prepared('select 1 from configs where hash = $1 limit 1', [hash])).length > 0,
      publish: (text, hash, by, at) =>
        changing('config', async (tx) => {
          // What is in force already is not published again: gateways that read the same file would echo each other.
          const [last] = await tx.prepared('select hash from configs order by n desc limit 1', []);
          if (last?.hash === hash) return { changed: false, result: undefined };
          await tx.prepared('insert into configs (hash, text, by, at) values ($1, $2, $3, $4)', [
            hash,
            text,
            by,
            at,
          ]);
          return { changed: true, result: undefined };
        }),
    },
  };
}
