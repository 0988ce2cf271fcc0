// Every filter finds its page by walking an index in the order of the page: no table is read whole and nothing is sorted.
import { expect, it } from 'vitest';
import { beginEntry, endEntry, stepEntry } from '../../entry.ts';
import type { ExchangeFilter } from '../../ledger.ts';
import { testHome } from '../../testing/home.ts';
import { finding, NOON, sampleEnd, sampleStart } from '../../testing/samples.ts';
import { Queries } from './query.ts';
import { connect } from './schema.ts';
import { SqliteStore } from './store.ts';

const HASH = '11'.repeat(32);

const FILTERS: readonly ExchangeFilter[] = [
  {},
  { principal: 'key:ci' },
  { connection: 'gpt' },
  { operation: 'chat' },
  { model: 'gpt-4o' },
  { verdict: 'allow' },
  { group: 'engineering' },
  { policy: 'standard' },
  { approval: 'hold' },
  { error: 'upstream_error' },
  { finding: 'pii' },
  { value: HASH },
  { minSize: 10 },
  { maxLatency: 1000 },
  { minSize: 10, maxLatency: 1000 },
  { connection: 'gpt', minSize: 10 },
  { group: 'engineering', finding: 'pii', model: 'gpt-4o', minSize: 1 },
  { value: HASH, group: 'engineering', verdict: 'allow' },
];

it('plans no full scan and no sort for any filter, on any page', async () => {
  const home = testHome();
  const store = await SqliteStore.open({ path: home.path, segmentBytes: 1 << 20 });
  const start = sampleStart('ses_a', { findings: [finding('pii.email', HASH)] });
  await store.append(beginEntry(start, undefined), 'now');
  await store.append(stepEntry('ses_a', NOON, 'hold', {}), 'now');
  await store.append(endEntry('ses_a', sampleEnd({ error: 'upstream_error' }), undefined), 'now');
  await store.exchanges({});

  const db = connect(home.path, 'none');
  const prepare = db.prepare.bind(db);
  const pages = new Set<string>();
  db.prepare = (sql: string) => {
    if (sql.startsWith('select e.seq')) pages.add(sql);
    return prepare(sql);
  };
  const queries = new Queries(db);
  for (const filter of FILTERS) {
    expect(queries.exchanges(filter)).toHaveLength(1);
    for (const page of [{ since: NOON - 1 }, { after: 'ses_a' }]) queries.exchanges({ ...filter, ...page });
  }
  expect(pages.size).toBeGreaterThan(FILTERS.length);
  for (const sql of pages) {
    const steps = prepare(`explain query plan ${sql}`).all();
    const plan = steps.map(({ detail }) => String(detail)).join('; ');
    // The unfiltered list walks its index from the end, which SQLite calls a scan as well.
    expect(plan.replace('SCAN e USING INDEX exchanges_by_time', ''), sql).not.toMatch(/SCAN|TEMP B-TREE/);
  }
  db.close();
  await store.close();
  home.remove();
});
