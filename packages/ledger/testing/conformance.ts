// What every store must do. A store passes by calling `storeConformance` from its test with a way to open it.
// It knows the seam alone: no tables, no files.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  actEntry,
  beginEntry,
  type EntryDraft,
  endEntry,
  parseHeader,
  pieceEntry,
  stepEntry,
} from '../entry.ts';
import type { ExchangeFilter, ExchangeStart } from '../ledger.ts';
import { ExchangeSeal } from '../seal.ts';
import type { Observer, Store } from '../store.ts';
import { masterWrapper } from '../wrapper.ts';
import { approvalConformance } from './approvals.ts';
import { finding, NOON, sampleEnd, sampleStart } from './samples.ts';
import { stateConformance } from './state.ts';

/** One ledger's worth of storage, empty at first. */
export interface StoreHome {
  /** Opens the store, which an earlier opening may have left; the test closes it before the next opening. */
  open(): Promise<Store>;
  /** The state alone, beside or without an open store: of a new storage each time. */
  openState(): Promise<Pick<Observer, 'state' | 'close'>>;
  /** Removes everything. */
  remove(): Promise<void>;
}

const wrapper = masterWrapper(Buffer.alloc(32, 7));

/** An exchange's entries with sealed bodies. */
function entriesOf(id: string, changes: Partial<ExchangeStart> = {}) {
  const seal = new ExchangeSeal(id, wrapper);
  const begin = beginEntry(
    sampleStart(id, changes),
    seal.seal('begin', { forwarded: Buffer.from(`prompt of ${id}`) }),
  );
  const step = stepEntry(id, NOON + 1, 'forward', { attempt: 1 });
  const piece = pieceEntry(id, NOON + 2, seal.seal('piece', { delivered: Buffer.from(`answer of ${id}`) })!);
  const end = (findings: readonly string[] = []) =>
    endEntry(id, sampleEnd({ findings: findings.map((kind) => finding(kind)) }), undefined);
  return { begin, step, piece, end };
}

/** `effort`: share of the random runs, for a store whose calls go over a wire. */
export function storeConformance(name: string, home: () => StoreHome, effort = 1): void {
  describe(`${name} as a store`, () => {
    let place: StoreHome;
    let store: Store;
    const reopen = async () => {
      await store.close();
      store = await place.open();
    };
    const put = (entry: EntryDraft) => store.append(entry, 'now');

    // One storage for all: opening one costs more than most tests. Ids keep them apart.
    beforeAll(async () => {
      place = home();
      store = await place.open();
    });
    afterAll(async () => {
      await store.close();
      await place.remove();
    });
    let ids = 0;
    const fresh = (name: string) => `ses_${++ids}_${name}`;

    describe('appending', () => {
      it('gives positions from 0 without gaps, in the order of the calls', async () => {
        const drafts = Array.from({ length: 300 }, (_, n) => entriesOf(`ses_${n}`).begin);
        const seqs = await Promise.all(
          drafts.map((draft, n) => store.append(draft, n % 3 === 0 ? 'behind' : 'now')),
        );
        expect(seqs).toEqual(drafts.map((_, n) => n));
      });

      it('goes on where it stopped when it is opened again', async () => {
        const last = await put(entriesOf(fresh('a')).begin);
        await reopen();
        expect(await put(entriesOf(fresh('b')).begin)).toBe(last + 1);
      });

      it('makes entries that nobody waits for durable before long, and at the close at the latest', async () => {
        const { begin, piece } = entriesOf(fresh('a'));
        const written = [store.append(begin, 'behind'), store.append(piece, 'behind')];
        await reopen();
        const [first, second] = await Promise.all(written);
        expect(second).toBe(first! + 1);
        expect(await store.range(first!, 10)).toHaveLength(2);
      });

      it('gives headers and bodies back byte for byte', async () => {
        const { begin, step, piece, end } = entriesOf(fresh('ä'), { model: 'modèle "x" \u2028' });
        const drafts = [begin, step, piece, end()];
        const first = (await Promise.all(drafts.map(put)))[0]!;
        for (const opened of [false, true]) {
          if (opened) await reopen();
          const stored = await store.range(first, 10);
          expect(stored.map(({ header }) => header.toString('hex'))).toEqual(
            drafts.map((d) => d.header.toString('hex')),
          );
          expect(stored.map(({ body }) => body?.toString('hex'))).toEqual(
            drafts.map((d) => d.body?.toString('hex')),
          );
        }
      });

      it('keeps a body of several megabytes', async () => {
        const id = fresh('big');
        const seal = new ExchangeSeal(id, wrapper);
        const big = Buffer.alloc(5 << 20, 'x');
        const at = await put(beginEntry(sampleStart(id), seal.seal('begin', { received: big })));
        const after = fresh('after');
        await put(entriesOf(after).begin);
        await reopen();
        const [first, second] = await store.range(at, 10);
        expect(first!.body!.length).toBeGreaterThan(big.length);
        expect(parseHeader(second!.header)).toMatchObject({ exchange: after });
      });
    });

    describe('an exchange', () => {
      it('is seen by the query that follows the append, with every entry in order and its wrapped key', async () => {
        const id = fresh('a');
        const { begin, step, piece, end } = entriesOf(id);
        const [first] = await Promise.all([begin, entriesOf(fresh('b')).begin, step, piece, end()].map(put));
        const found = (await store.entries(id))!;
        expect(found.entries.map(({ seq }) => seq - first!)).toEqual([0, 2, 3, 4]);
        expect(found.key?.equals(begin.key!)).toBe(true);
        expect(found.head.state).toBe('ended');
        expect(await store.entries('ses_none')).toBeUndefined();
      });

      const hold = (id: string) => stepEntry(id, NOON, 'hold', {});
      const states: [string, string, (id: string) => EntryDraft[]][] = [
        ['has begun', 'open', () => []],
        ['waits for an approval', 'held', (id) => [hold(id)]],
        ['was approved', 'open', (id) => [hold(id), stepEntry(id, NOON, 'approved', {})]],
        ['has ended', 'ended', (id) => [endEntry(id, sampleEnd(), undefined)]],
        [
          'was interrupted',
          'interrupted',
          (id) => [endEntry(id, sampleEnd({ outcome: 'interrupted' }), undefined)],
        ],
      ];
      it.each(states)('that %s reads as %s, also when opened again', async (_, state, more) => {
        const id = fresh('a');
        for (const draft of [entriesOf(id).begin, ...more(id)]) await put(draft);
        expect((await store.entries(id))!.head.state).toBe(state);
        await reopen();
        expect((await store.entries(id))!.head.state).toBe(state);
        await put(endEntry(id, sampleEnd(), undefined));
      });

      it('without an end is named when the store is opened again, however many have ended since', async () => {
        const [open, late] = [fresh('open'), fresh('late')];
        await put(entriesOf(open).begin);
        for (let n = 0; n < 20; n++) {
          const { begin, end } = entriesOf(fresh(`ended${n}`));
          await put(begin);
          await put(end());
        }
        await put(entriesOf(late).begin);
        await reopen();
        expect(store.leftOpen.filter((id) => [open, late].includes(id))).toEqual([open, late]);
        expect(store.leftOpen.filter((id) => id.includes('ended'))).toEqual([]);
      });
    });

    describe('a list', () => {
      const PRINCIPALS = ['key:a', 'oidc:b'];
      const MODELS = ['m1', 'm2'];
      const KINDS = ['pii.email', 'pii.us-ssn', 'secret.aws-access-key-id', 'secrets.other'];
      const some = fc.record({
        at: fc.integer({ min: NOON, max: NOON + 20 }),
        subject: fc.constantFrom(...PRINCIPALS),
        connection: fc.constantFrom('gpt', 'claude'),
        operation: fc.constantFrom('chat', 'embed'),
        model: fc.constantFrom(...MODELS),
        verdict: fc.constantFrom('allow' as const, 'deny' as const),
        promptKinds: fc.uniqueArray(fc.constantFrom(...KINDS), { maxLength: 2 }),
        answerKinds: fc.uniqueArray(fc.constantFrom(...KINDS), { maxLength: 2 }),
        ended: fc.boolean(),
      });
      type Some = typeof some extends fc.Arbitrary<infer T> ? T : never;
      const filters = fc
        .tuple(
          fc.record({
            since: fc.integer({ min: NOON, max: NOON + 10 }),
            until: fc.integer({ min: NOON + 10, max: NOON + 20 }),
            principal: fc.constantFrom(...PRINCIPALS, 'key:nobody'),
            operation: fc.constantFrom('chat', 'embed'),
            model: fc.constantFrom(...MODELS),
            verdict: fc.constantFrom('allow', 'deny'),
            finding: fc.constantFrom(...KINDS, 'pii', 'secret', 'none'),
          }),
          // Two at a time: with more, hardly anything matches, and an empty page proves little.
          fc.uniqueArray(
            fc.constantFrom('since', 'until', 'principal', 'operation', 'model', 'verdict', 'finding'),
            { maxLength: 2 },
          ),
        )
        .map(
          ([all, keys]) =>
            Object.fromEntries(
              Object.entries(all).filter(([k]) => keys.includes(k as 'since')),
            ) as ExchangeFilter,
        );
      const matches = (e: Some, f: ExchangeFilter) =>
        (f.since === undefined || e.at >= f.since) &&
        (f.until === undefined || e.at < f.until) &&
        (f.principal === undefined || e.subject === f.principal) &&
        (f.connection === undefined || e.connection === f.connection) &&
        (f.operation === undefined || e.operation === f.operation) &&
        (f.model === undefined || e.model === f.model) &&
        (f.verdict === undefined || e.verdict === f.verdict) &&
        (f.finding === undefined ||
          [...e.promptKinds, ...(e.ended ? e.answerKinds : [])].some(
            (kind) => kind === f.finding || kind.startsWith(`${f.finding}.`),
          ));

      it('gives, page by page, exactly what matches, newest first', { timeout: 120_000 }, async () => {
        let round = 0;
        await fc.assert(
          fc.asyncProperty(
            fc.array(some, { minLength: 20, maxLength: 40, size: 'max' }),
            fc.array(filters, { minLength: 4, maxLength: 8 }),
            async (rows, queries) => {
              // Rounds share a store; a connection's name keeps them apart.
              const mine = `${++round}/`;
              const id = (n: number) => `ses_${mine}${n}`;
              const appended = rows.flatMap((row, n) => {
                const { begin, end } = entriesOf(id(n), {
                  at: row.at,
                  principal: {
                    subject: `${mine}${row.subject}`,
                    display: '',
                    groups: [],
                    method: 'key',
                    person: '',
                  },
                  connection: mine + row.connection,
                  operation: mine + row.operation,
                  model: mine + row.model,
                  verdict: { kind: row.verdict, reasons: [] },
                  findings: row.promptKinds.map((kind) => finding(kind)),
                });
                return row.ended ? [put(begin), put(end(row.answerKinds))] : [put(begin)];
              });
              await Promise.all(appended);
              for (const connection of ['gpt', 'claude'])
                for (const query of queries) {
                  const asked = { ...query, connection };
                  const expected = rows
                    .map((row, n) => ({ row, n }))
                    .filter(({ row }) => matches(row, asked))
                    .sort((a, b) => b.row.at - a.row.at || b.n - a.n)
                    .map(({ n }) => id(n));
                  const found: string[] = [];
                  for (;;) {
                    const page = await store.exchanges({
                      ...asked,
                      connection: mine + connection,
                      ...(query.principal && { principal: mine + query.principal }),
                      ...(query.operation && { operation: mine + query.operation }),
                      ...(query.model && { model: mine + query.model }),
                      ...(found.length > 0 && { after: found.at(-1)! }),
                      limit: 3,
                    });
                    found.push(
                      ...page.map(({ begin }) => (parseHeader(begin) as { exchange: string }).exchange),
                    );
                    if (page.length < 3) break;
                  }
                  expect(found).toEqual(expected);
                }
            },
          ),
          { numRuns: Math.ceil(25 * effort) },
        );
      });

      describe('of one connection', () => {
        const here = { connection: 'search' };
        const [one, other] = ['11'.repeat(32), '22'.repeat(32)];
        const groups = (names: readonly string[]) => ({ ...sampleStart('').principal!, groups: names });
        beforeAll(async () => {
          const drafts = (
            id: string,
            start: Partial<ExchangeStart>,
            end: Parameters<typeof sampleEnd>[0],
          ) => {
            const seal = new ExchangeSeal(id, wrapper);
            return [
              beginEntry(
                sampleStart(id, { ...here, ...start }),
                seal.seal('begin', { forwarded: Buffer.from(id) }),
              ),
              endEntry(id, sampleEnd(end), seal.seal('end', { original: Buffer.from(id) })),
            ] as const;
          };
          const [a, aEnd] = drafts(
            'search_a',
            { at: NOON, principal: groups(['red', 'blue']), findings: [finding('pii.email', one)] },
            { findings: [finding('secret.key', other)], requestBytes: 0, responseBytes: 0 },
          );
          const [b, bEnd] = drafts(
            'search_b',
            { at: NOON + 1, principal: groups(['blue']), policy: { name: 'strict', hash: 'cd'.repeat(32) } },
            {
              at: NOON + 5001,
              findings: [finding('pii.email', one)],
              requestBytes: 990,
              error: 'upstream_error',
            },
          );
          const [c, cEnd] = drafts(
            'search_c',
            { at: NOON + 2, refused: 'prompt_blocked', record: 'metadata' },
            { at: NOON + 3, outcome: 'interrupted', requestBytes: 1, responseBytes: 1000 },
          );
          const held = stepEntry('search_b', NOON + 2, 'hold', { approval: 'apr_search' });
          const approved = stepEntry('search_b', NOON + 3, 'approved', { approval: 'apr_search' });
          await Promise.all([a, b, held, c, approved, aEnd, bEnd, cEnd].map(put));
        });
        const rows: [ExchangeFilter, string][] = [
          [{ group: 'blue' }, 'ba'],
          [{ group: 'red' }, 'a'],
          [{ group: 'r' }, ''],
          [{ policy: 'strict' }, 'b'],
          [{ policy: 'ab'.repeat(32) }, 'ca'],
          [{ approval: 'hold' }, 'b'],
          [{ approval: 'approved', group: 'blue' }, 'b'],
          [{ approval: 'apr_search' }, 'b'],
          [{ approval: 'denied' }, ''],
          [{ error: 'upstream_error' }, 'b'],
          [{ error: 'prompt_blocked' }, 'c'],
          [{ error: 'interrupted' }, 'c'],
          [{ minSize: 1001 }, 'cb'],
          [{ minSize: 1002 }, 'b'],
          [{ minSize: 1011 }, ''],
          [{ maxSize: 1000 }, 'a'],
          [{ maxSize: 0 }, 'a'],
          [{ minLatency: 5000 }, 'b'],
          [{ minLatency: 100, maxLatency: 4999 }, 'a'],
          [{ minSize: 1001, maxLatency: 1 }, 'c'],
          [{ value: one }, 'ba'],
          [{ value: one.slice(0, 16) }, 'ba'],
          [{ value: one, group: 'red' }, 'a'],
          [{ value: other }, 'a'],
          [{ value: '33'.repeat(32) }, ''],
          [{ value: one, maxSize: 0, finding: 'pii' }, 'a'],
          [{ group: 'blue', finding: 'pii', since: NOON + 1 }, 'b'],
        ];
        const found = async (filter: ExchangeFilter) =>
          (await store.exchanges(filter))
            .map(({ begin }) => (parseHeader(begin) as { exchange: string }).exchange)
            .filter((id) => id.startsWith('search_'))
            .map((id) => id.slice('search_'.length))
            .join('');
        it.each(rows)('finds by %j', async (filter, ids) => {
          expect(await found({ ...filter, ...here })).toBe(ids);
          expect(await found({ ...filter, limit: 1000 })).toMatch(new RegExp(`^${[...ids].join('.*')}`));
          if (ids.length > 1)
            expect(await found({ ...filter, ...here, after: `search_${ids[0]}` })).toBe(ids.slice(1));
        });

        it('no longer finds a value whose exchange was erased, and finds it elsewhere', async () => {
          await store.erase(['search_a']);
          expect(await found({ value: one })).toBe('b');
          expect(await found({ value: other })).toBe('');
          expect(await found({ ...here, group: 'red' })).toBe('a');
          await reopen();
          expect(await found({ value: one })).toBe('b');
        });
      });

      it('gives nothing after an exchange that is unknown', async () => {
        await put(entriesOf(fresh('a')).begin);
        expect(await store.exchanges({ after: 'ses_none' })).toEqual([]);
      });
    });

    it('lists acts, newest first, since a time', async () => {
      for (let n = 0; n < 5; n++)
        await put(actEntry({ at: NOON + n, act: 'key.create', by: 'ada', on: `key ${n}` }));
      const on = async (filter: { since?: number; limit?: number }) =>
        (await store.acts(filter)).map(({ header }) => (parseHeader(header) as { on: string }).on);
      expect(await on({})).toEqual(['key 4', 'key 3', 'key 2', 'key 1', 'key 0']);
      expect(await on({ since: NOON + 3 })).toEqual(['key 4', 'key 3']);
      expect(await on({ limit: 1 })).toEqual(['key 4']);
    });

    it('erases keys and bodies of what has ended, and leaves every header as it was', async () => {
      const [goneId, staysId, openId] = [fresh('gone'), fresh('stays'), fresh('open')];
      const [gone, stays] = [entriesOf(goneId), entriesOf(staysId)];
      const base = await put(gone.begin);
      for (const draft of [gone.piece, gone.end(), stays.begin, stays.piece, stays.end()]) await put(draft);
      await put(entriesOf(openId).begin);
      const before = await store.range(base, 100);

      expect(await store.erase([goneId, openId, 'ses_none'])).toBe(1);

      for (const opened of [false, true]) {
        if (opened) await reopen();
        const after = await store.range(base, 100);
        expect(after.map(({ header }) => header.toString())).toEqual(
          before.map(({ header }) => header.toString()),
        );
        expect((await store.entries(goneId))!.key).toBeUndefined();
        const bodies = (await store.entries(goneId))!.entries.map(({ body }) => body);
        for (const body of bodies) expect(body === undefined || body.every((byte) => byte === 0)).toBe(true);
        expect((await store.entries(staysId))!.key).toBeDefined();
        expect((await store.entries(staysId))!.entries.map(({ body }) => body?.toString('hex'))).toEqual([
          stays.begin.body!.toString('hex'),
          stays.piece.body!.toString('hex'),
          undefined,
        ]);
      }
    });

    stateConformance(() => home().openState());
    approvalConformance(
      () => home().openState(),
      () => store.state.approvals,
      effort,
    );
  });
}
