// A database of an earlier layout is opened, kept and made findable by what the present layout knows.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { beginEntry, endEntry, parseHeader, stepEntry } from '../../entry.ts';
import type { ExchangeFilter } from '../../ledger.ts';
import { testHome } from '../../testing/home.ts';
import { NOON, sampleEnd, sampleStart } from '../../testing/samples.ts';
import { Chunks } from './chunks.ts';
import { SqliteStore } from './store.ts';

it('opens a database of layout 1, and finds what is in it by the fields that came later', async () => {
  const home = testHome();
  const db = new DatabaseSync(home.path);
  db.exec('pragma journal_mode = wal');
  db.exec(readFileSync(new URL('fixtures/version-1.sql', import.meta.url), 'utf8'));
  new Chunks(db).append(0, [
    beginEntry(sampleStart('ses_old'), undefined),
    stepEntry('ses_old', NOON, 'hold', { approval: 'apr_1' }),
    endEntry('ses_old', sampleEnd({ error: 'upstream_error' }), undefined),
    beginEntry(sampleStart('ses_open'), undefined),
  ]);
  db.exec(`insert into names (id, value) values (1, 'a');
    insert into exchanges values (0, 'ses_old', ${NOON}, 2, 2, 1, 1, 1, 1, 1), (3, 'ses_open', ${NOON}, null, 0, 1, 1, 1, 1, 1);
    insert into middles values (0, 1); update applied set next_seq = 4, oldest_open = 3`);
  db.close();

  for (let opening = 0; opening < 2; opening++) {
    const store = await SqliteStore.open({ path: home.path, segmentBytes: 1 << 20 });
    const found = async (filter: ExchangeFilter) =>
      (await store.exchanges(filter)).map(
        ({ begin }) => (parseHeader(begin) as { exchange: string }).exchange,
      );
    expect(await found({ group: 'engineering' })).toEqual(['ses_open', 'ses_old']);
    expect(await found({ policy: 'ab'.repeat(32) })).toEqual(['ses_open', 'ses_old']);
    expect(await found({ approval: 'apr_1' })).toEqual(['ses_old']);
    expect(await found({ error: 'upstream_error' })).toEqual(['ses_old']);
    expect(await found({ minSize: 30, maxSize: 30 })).toEqual(['ses_old']);
    expect(await found({ maxLatency: 100 })).toEqual(['ses_old']);
    expect(store.leftOpen).toEqual(['ses_open']);
    await store.close();
  }
  home.remove();
});
