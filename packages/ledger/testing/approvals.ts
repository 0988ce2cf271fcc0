// What every store's approvals must do: the words of the contract one by one, and then any sequence of calls against a
// plain model in memory.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Approval, ApprovalStore, State } from '../ledger.ts';
import { NOON, sampleApproval } from './samples.ts';

const yes = (person: string, at = NOON + 1) => ({ person, approve: true, at, reason: 'fine' });
const no = (person: string, at = NOON + 1) => ({ person, approve: false, at, reason: 'not fine' });

interface Opened {
  readonly state: State;
  close(): Promise<void>;
}

/** `open` gives an empty state; `shared` one that has seen other things, in the store that a gateway would use. */
export function approvalConformance(
  open: () => Promise<Opened>,
  shared: () => ApprovalStore,
  effort: number,
): void {
  describe('approvals', () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const approvals = () => opened.state.approvals;
    const attach = async (id: string, changes = {}, cap = 10) => {
      const attached = await approvals().attach(sampleApproval(id, changes), cap);
      return attached === 'capped' ? attached : { id: attached.approval.id, created: attached.created };
    };

    it('attach the same digest to the one that lives', async () => {
      expect(await attach('a', { digest: 'd' })).toEqual({ id: 'a', created: true });
      expect(await attach('b', { digest: 'd' })).toEqual({ id: 'a', created: false });
      await approvals().vote('a', yes('bob'));
      expect(await attach('c', { digest: 'd' })).toEqual({ id: 'a', created: false });
      await approvals().attempt('a', NOON + 2);
      await approvals().consume('a');
      expect(await attach('d', { digest: 'd' })).toEqual({ id: 'd', created: true });
    });

    it('attach concurrent duplicates to one', async () => {
      const ids = Array.from({ length: 20 }, (_, n) => `a${n}`);
      const attached = await Promise.all(ids.map((id) => attach(id, { digest: 'd' })));
      expect(attached.filter((a) => a !== 'capped' && a.created)).toHaveLength(1);
      expect(new Set(attached.map((a) => (a === 'capped' ? a : a.id))).size).toBe(1);
    });

    it('are capped for each principal, and those past their end do not count', async () => {
      await attach('a', {}, 2);
      await attach('b', { expiresAt: NOON + 1 }, 2);
      expect(await attach('c', {}, 2)).toBe('capped');
      expect(await attach('d', { principal: 'oidc:other' }, 2)).toEqual({ id: 'd', created: true });
      expect(await attach('e', { digest: 'digest of a' }, 2)).toEqual({ id: 'a', created: false });
      expect(await attach('f', { createdAt: NOON + 2 }, 2)).toEqual({ id: 'f', created: true });
    });

    it('count a person once, never the person who asked, and are closed by one denial', async () => {
      await attach('a', { minimum: 2 });
      expect(await approvals().vote('a', yes('ada'))).toBe('own');
      expect(await approvals().vote('none', yes('bob'))).toBe('unknown');
      expect(await approvals().vote('a', yes('bob'))).toMatchObject({
        status: 'pending',
        votes: [yes('bob')],
      });
      expect(await approvals().vote('a', yes('bob'))).toBe('twice');
      expect(await approvals().vote('a', no('bob'))).toBe('twice');
      expect(await approvals().vote('a', yes('cid'))).toMatchObject({ status: 'approved' });
      expect(await approvals().vote('a', no('dan'))).toBe('closed');
      await attach('b', { minimum: 2 });
      await approvals().vote('b', yes('bob'));
      expect(await approvals().vote('b', no('cid'))).toMatchObject({ status: 'denied' });
    });

    it('take no vote at or past their end', async () => {
      await attach('a', { expiresAt: NOON + 10 });
      expect(await approvals().vote('a', yes('bob', NOON + 10))).toBe('closed');
      expect(await approvals().vote('a', yes('bob', NOON + 9))).toMatchObject({ status: 'approved' });
    });

    it('allow one attempt at a time and three in all', async () => {
      await attach('a');
      expect(await approvals().attempt('a', NOON)).toBe('gone');
      await approvals().vote('a', yes('bob'));
      for (let n = 0; n < 3; n++) {
        const tried = await Promise.all([1, 2, 3].map(() => approvals().attempt('a', NOON + 2)));
        expect(tried.sort()).toEqual(['busy', 'busy', 'ok']);
        await approvals().release('a');
      }
      expect(await approvals().attempt('a', NOON + 2)).toBe('spent');
      expect((await approvals().get('a'))!.attempts).toBe(3);
    });

    it('are consumed exactly once, whoever asks at the same time', async () => {
      await attach('a');
      expect(await approvals().consume('a')).toBe(false);
      await approvals().vote('a', yes('bob'));
      await approvals().attempt('a', NOON + 2);
      const consumed = await Promise.all(Array.from({ length: 10 }, () => approvals().consume('a')));
      expect(consumed.filter(Boolean)).toHaveLength(1);
      expect(await approvals().attempt('a', NOON + 3)).toBe('gone');
    });

    it('expire, pending or approved, but not under an attempt', async () => {
      for (const id of ['pending', 'approved', 'running']) {
        await attach(id);
        if (id !== 'pending') await approvals().vote(id, yes('bob'));
      }
      await approvals().attempt('running', NOON + 2);
      const end = NOON + 60_000;
      expect(await approvals().expire(end - 1)).toEqual([]);
      expect((await approvals().expire(end)).map(({ id, status }) => `${id} ${status}`).sort()).toEqual([
        'approved expired',
        'pending expired',
      ]);
      expect(await approvals().expire(end)).toEqual([]);
      expect(await approvals().consume('running')).toBe(true);
    });

    it('tell a retry that they were denied or have expired, for a while', async () => {
      await attach('a', { digest: 'd' });
      await approvals().vote('a', no('bob', NOON + 5));
      expect((await approvals().recent('d', NOON + 5))?.id).toBe('a');
      expect(await approvals().recent('d', NOON + 6)).toBeUndefined();
      await attach('b', { digest: 'e' });
      expect(await approvals().recent('e', NOON)).toBeUndefined();
      await approvals().expire(NOON + 70_000);
      expect((await approvals().recent('e', NOON + 60_000))?.status).toBe('expired');
    });

    it('are listed newest first, by status', async () => {
      await attach('a');
      await attach('b', { createdAt: NOON + 1 });
      await approvals().vote('a', yes('bob'));
      const ids = async (filter: Parameters<ApprovalStore['list']>[0]) =>
        (await approvals().list(filter)).map(({ id }) => id);
      expect(await ids({})).toEqual(['b', 'a']);
      expect(await ids({ status: 'pending' })).toEqual(['b']);
      expect(await ids({ limit: 1 })).toEqual(['b']);
    });

    it('grants hold for their person, connection and time', async () => {
      const grant = {
        id: 'g',
        person: 'ada',
        connection: 'gpt',
        rule: 'env-dump',
        until: NOON,
        by: ['bob'],
        reason: 'r',
      };
      await approvals().grant(grant);
      expect(await approvals().grants('ada', 'gpt', NOON - 1)).toEqual([grant]);
      expect(await approvals().grants('ada', 'gpt', NOON)).toEqual([]);
      expect(await approvals().grants('bob', 'gpt', NOON - 1)).toEqual([]);
      expect(await approvals().grants('ada', 'claude', NOON - 1)).toEqual([]);
      expect(await approvals().listGrants(NOON - 1)).toEqual([grant]);
      expect(await approvals().revokeGrant('g')).toBe(true);
      expect(await approvals().revokeGrant('g')).toBe(false);
      expect(await approvals().listGrants(0)).toEqual([]);
    });

    it('follow the model through any sequence of calls', { timeout: 120_000 }, async () => {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.commands(commands, { maxCommands: 80, size: 'max' }), async (sequence) => {
          const prefix = `r${++round}-`;
          await fc.asyncModelRun(() => ({ model: new Model(), real: { store: shared(), prefix } }), sequence);
        }),
        { numRuns: Math.ceil(100 * effort) },
      );
    });
  });
}

/** The contract once more, as plainly as can be. */
interface Row {
  readonly id: string;
  readonly digest: string;
  readonly person: string;
  readonly minimum: number;
  readonly expiresAt: number;
  status: Approval['status'];
  votes: Map<string, boolean>;
  attempts: number;
  busy: boolean;
}

class Model {
  now = NOON;
  readonly rows: Row[] = [];
}

interface Real {
  readonly store: ApprovalStore;
  readonly prefix: string;
}

const PEOPLE = ['ada', 'bob', 'cid'];
const CAP = 3;
const nth = (model: Model, n: number): Row | undefined => model.rows[n % Math.max(1, model.rows.length)];

/** A command that does the same to both, and compares what they say. */
function command(
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
): fc.AsyncCommand<Model, Real> {
  return { check: () => true, run, toString: () => name };
}

const attachCommand = fc
  .record({
    digest: fc.constantFrom('x', 'y'),
    person: fc.constantFrom('ada', 'bob'),
    minimum: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ digest, person, minimum }) =>
    command(`attach ${digest} by ${person}, ${minimum}`, async (model, { store, prefix }) => {
      const id = `${prefix}${model.rows.length}`;
      const expiresAt = model.now + 50;
      const draft = sampleApproval(id, {
        digest: prefix + digest,
        person,
        principal: prefix + person,
        minimum,
        createdAt: model.now,
        expiresAt,
      });
      const attached = await store.attach(draft, CAP);
      const live = model.rows.findLast(
        (row) =>
          row.digest === digest &&
          (row.status === 'pending' || row.status === 'approved') &&
          (row.expiresAt > model.now || row.busy),
      );
      if (live)
        return expect(attached).toMatchObject({
          approval: { id: live.id, status: live.status },
          created: false,
        });
      const pending = model.rows.filter(
        (r) => r.person === person && r.status === 'pending' && r.expiresAt > model.now,
      );
      if (pending.length >= CAP) return expect(attached).toBe('capped');
      expect(attached).toMatchObject({
        approval: { id, status: 'pending', votes: [], attempts: 0 },
        created: true,
      });
      model.rows.push({
        id,
        digest,
        person,
        minimum,
        expiresAt,
        status: 'pending',
        votes: new Map(),
        attempts: 0,
        busy: false,
      });
    }),
  );

const voteCommand = fc
  .record({ n: fc.nat(4), person: fc.constantFrom(...PEOPLE), approve: fc.boolean() })
  .map(({ n, person, approve }) =>
    command(`${person} votes ${approve} on ${n}`, async (model, { store }) => {
      const row = nth(model, n);
      const said = await store.vote(row?.id ?? 'none', { person, approve, at: model.now, reason: '' });
      if (!row) return expect(said).toBe('unknown');
      if (row.status !== 'pending' || row.expiresAt <= model.now) return expect(said).toBe('closed');
      if (row.person === person) return expect(said).toBe('own');
      if (row.votes.has(person)) return expect(said).toBe('twice');
      row.votes.set(person, approve);
      if (!approve) row.status = 'denied';
      else if ([...row.votes.values()].filter(Boolean).length >= row.minimum) row.status = 'approved';
      expect(said).toMatchObject({ id: row.id, status: row.status, votes: { length: row.votes.size } });
    }),
  );

const attemptCommand = fc.nat(4).map((n) =>
  command(`attempt ${n}`, async (model, { store }) => {
    const row = nth(model, n);
    const said = await store.attempt(row?.id ?? 'none', model.now);
    if (row?.status !== 'approved') return expect(said).toBe('gone');
    if (row.busy) return expect(said).toBe('busy');
    if (row.expiresAt <= model.now) return expect(said).toBe('gone');
    if (row.attempts >= 3) return expect(said).toBe('spent');
    row.attempts++;
    row.busy = true;
    expect(said).toBe('ok');
  }),
);

const releaseCommand = fc.nat(4).map((n) =>
  command(`release ${n}`, async (model, { store }) => {
    const row = nth(model, n);
    await store.release(row?.id ?? 'none');
    if (row) row.busy = false;
  }),
);

const consumeCommand = fc.nat(4).map((n) =>
  command(`consume ${n}`, async (model, { store }) => {
    const row = nth(model, n);
    const may = row?.status === 'approved';
    expect(await store.consume(row?.id ?? 'none')).toBe(may);
    if (row && may) Object.assign(row, { status: 'consumed', busy: false });
  }),
);

const passCommand = fc.integer({ min: 1, max: 40 }).map((ms) =>
  command(`${ms} ms pass`, async (model, { store, prefix }) => {
    model.now += ms;
    const expired = (await store.expire(model.now))
      .filter(({ id }) => id.startsWith(prefix))
      .map(({ id }) => id);
    const due = model.rows.filter(
      (row) => ['pending', 'approved'].includes(row.status) && row.expiresAt <= model.now && !row.busy,
    );
    for (const row of due) row.status = 'expired';
    expect(expired.sort()).toEqual(due.map(({ id }) => id).sort());
  }),
);

const lookCommand = fc.nat(4).map((n) =>
  command(`look at ${n}`, async (model, { store }) => {
    const row = nth(model, n);
    const seen = await store.get(row?.id ?? 'none');
    if (!row) return expect(seen).toBeUndefined();
    expect(seen).toMatchObject({
      status: row.status,
      attempts: row.attempts,
      votes: { length: row.votes.size },
    });
  }),
);

const commands = [
  attachCommand,
  attachCommand,
  voteCommand,
  attemptCommand,
  releaseCommand,
  consumeCommand,
  passCommand,
  lookCommand,
];
