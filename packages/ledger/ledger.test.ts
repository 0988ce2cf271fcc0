// The ledger as the gateway uses it: receipts, replays, what is on disk, a second process, the master key.
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  exchangeId,
  KeyUnusable,
  type Ledger,
  LedgerLocked,
  openLedger,
  openState,
  type RecordMode,
  RecordUnavailable,
} from './index.ts';
import { type TestHome, testHome } from './testing/home.ts';
import { finding, NOON, sampleEnd, sampleKey, sampleStart } from './testing/samples.ts';

let home: TestHome;
let ledger: Ledger;
const open = () => openLedger({ ...home, segmentBytes: 1 << 20 });
const reopen = async () => {
  await ledger.close();
  ledger = await open();
};

const start = async () => {
  home = testHome();
  ledger = await open();
};
const stop = async () => {
  await ledger.close();
  home.remove();
};
/** Opening a ledger costs more than most tests: where ids keep tests apart, they share one. */
const sharing = () => {
  beforeAll(start);
  afterAll(stop);
};
const alone = () => {
  beforeEach(start);
  afterEach(stop);
};
let ids = 0;
const fresh = () => `ses_${++ids}`;

const bytes = (text: string) => Buffer.from(text);
const text = (pieces: readonly { readonly bytes: Buffer }[] | undefined) =>
  pieces?.map((piece) => piece.bytes.toString()).join('');

describe('an exchange', () => {
  sharing();
  it('has a receipt for its begin, its steps and its end, in order', async () => {
    const id = fresh();
    const begin = await ledger.begin(sampleStart(id), { received: bytes('hello') });
    const step = await ledger.step(id, 'forward', { attempt: 1 });
    const end = await ledger.finish(id, sampleEnd());
    expect([begin, step, end].map(({ exchange, seq }) => [exchange, seq - begin.seq])).toEqual([
      [id, 0],
      [id, 1],
      [id, 2],
    ]);
  });

  it('reads in the list as it was begun and ended, with its findings counted by kind', async () => {
    const id = fresh();
    const start = sampleStart(id, {
      connection: 'listed',
      findings: [finding('pii.email', 'h1'), finding('pii.email', 'h2')],
      verdict: {
        kind: 'transform',
        reasons: [{ rule: 'r', kind: 'pii.email', action: 'mask', lane: 'l', count: 2 }],
      },
    });
    const end = sampleEnd({
      findings: [finding('pii.email'), finding('secret.jwt')],
      usage: { input: 3 },
      firstByteMs: 7,
    });
    const { seq } = await ledger.begin(start, { received: bytes('hello') });
    await ledger.finish(id, end);
    const { findings: _, ...begun } = start;
    const { findings: __, ...ended } = end;
    expect(await ledger.list({ connection: 'listed' })).toEqual([
      { ...begun, seq, state: 'ended', end: ended, findings: { 'pii.email': 3, 'secret.jwt': 1 } },
    ]);
  });

  it('replays its findings with their places and keyed hashes', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id, { findings: [finding('pii.email', 'h1')] }), {
      received: bytes('x'),
    });
    await ledger.finish(id, sampleEnd({ findings: [finding('secret.jwt', 'h2')] }));
    const replay = (await ledger.replay(id, { reveal: false }))!;
    expect(replay.promptFindings).toEqual([finding('pii.email', 'h1')]);
    expect(replay.responseFindings).toEqual([finding('secret.jwt', 'h2')]);
  });

  it('replays its steps', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id), { received: bytes('x') });
    await ledger.step(id, 'hold', { approval: 'apr_1' });
    const replay = (await ledger.replay(id, { reveal: false }))!;
    expect(replay.summary.state).toBe('held');
    expect(replay.steps).toMatchObject([{ step: 'hold', details: { approval: 'apr_1' } }]);
  });

  it('cannot begin twice, and an id that is used again harms nothing', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id), { received: bytes('first') });
    await expect(ledger.begin(sampleStart(id), { received: bytes('x') })).rejects.toBeInstanceOf(RangeError);
    await ledger.finish(id, sampleEnd());
    await ledger.begin(sampleStart(id), { received: bytes('second') });
    await ledger.finish(id, sampleEnd());
    expect((await ledger.replay(id, { reveal: false }))!.forwarded!.toString()).toBe('second');
    expect((await ledger.list({})).filter((summary) => summary.id === id)).toHaveLength(2);
  });

  it('that nobody began has no replay, takes no step and no end', async () => {
    expect(await ledger.replay('ses_none', { reveal: true })).toBeUndefined();
    await expect(ledger.step('ses_none', 'hold', {})).rejects.toBeInstanceOf(RecordUnavailable);
    await expect(ledger.finish('ses_none', sampleEnd())).rejects.toBeInstanceOf(RecordUnavailable);
    expect(() => ledger.piece('ses_none', 'delivered', NOON, bytes('x'))).toThrow(RangeError);
  });
});

describe('content', () => {
  sharing();
  const masked = { received: bytes('my password is hunter2'), forwarded: bytes('my password is ****') };
  const answer = { original: bytes('the key is 1234'), delivered: bytes('the key is ****') };
  const seen = async (id: string, reveal: boolean) => {
    const { received, forwarded, original, delivered } = (await ledger.replay(id, { reveal }))!;
    return [received?.toString(), forwarded?.toString(), text(original), text(delivered)];
  };

  const rows: [
    RecordMode,
    typeof masked | { received: Buffer },
    typeof answer | { original: Buffer },
    unknown[],
    unknown[],
  ][] = [
    [
      'full',
      masked,
      answer,
      [undefined, 'my password is ****', undefined, 'the key is ****'],
      ['my password is hunter2', 'my password is ****', 'the key is 1234', 'the key is ****'],
    ],
    [
      'full',
      { received: bytes('hi') },
      { original: bytes('ho') },
      [undefined, 'hi', undefined, 'ho'],
      ['hi', 'hi', 'ho', 'ho'],
    ],
    [
      'redacted',
      masked,
      answer,
      [undefined, 'my password is ****', undefined, 'the key is ****'],
      [undefined, 'my password is ****', undefined, 'the key is ****'],
    ],
    [
      'redacted',
      { received: bytes('hi') },
      { original: bytes('ho') },
      [undefined, 'hi', undefined, 'ho'],
      [undefined, 'hi', undefined, 'ho'],
    ],
    [
      'metadata',
      masked,
      answer,
      [undefined, undefined, undefined, ''],
      [undefined, undefined, undefined, ''],
    ],
  ];
  it.each(rows)(
    'recorded as %s is replayed as far as it was kept and may be seen',
    async (record, request, response, without, reveal) => {
      const id = fresh();
      await ledger.begin(sampleStart(id, { record }), request);
      await ledger.finish(id, sampleEnd(), response);
      expect(await seen(id, false)).toEqual(without);
      expect(await seen(id, true)).toEqual(reveal);
    },
  );

  it.each([
    ['by its verdict', { verdict: { kind: 'deny', reasons: [] } } as const],
    ['before it was inspected', { refused: 'malformed_request' }],
  ])(
    'of a request refused %s was never forwarded, and only those who may reveal see it',
    async (_, changes) => {
      const id = fresh();
      await ledger.begin(sampleStart(id, changes), { received: bytes('a secret') });
      await ledger.finish(id, sampleEnd({ outcome: 'refused' }));
      expect(await seen(id, false)).toEqual([undefined, undefined, undefined, '']);
      expect(await seen(id, true)).toEqual(['a secret', undefined, '', '']);
    },
  );

  it('of a refused request is not kept at all where only what passed is recorded', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id, { record: 'redacted', refused: 'prompt_blocked' }), {
      received: bytes('a secret'),
    });
    await ledger.finish(id, sampleEnd({ outcome: 'refused' }));
    expect(await seen(id, true)).toEqual([undefined, undefined, undefined, '']);
  });

  it('that is erased leaves the summary, and nothing to reveal', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id, { findings: [finding('pii.email', 'h1')] }), masked);
    ledger.piece(id, 'delivered', NOON, bytes('the'));
    await ledger.finish(id, sampleEnd());
    expect(await ledger.erase([id])).toBe(1);
    const replay = (await ledger.replay(id, { reveal: true }))!;
    expect(replay.summary.findings).toEqual({ 'pii.email': 1 });
    expect(replay.promptFindings).toEqual([]);
    expect(await seen(id, true)).toEqual([undefined, undefined, '', '']);
  });
});

describe('a streamed answer', () => {
  sharing();
  it('is replayed piece by piece with its timing, whatever was kept back or masked in between', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id), { received: bytes('x') });
    const original = ['Call ', '555-', '1234', ' now'].map((t, n) => ({ at: 10 * n, bytes: bytes(t) }));
    const delivered = [
      { at: 1, bytes: bytes('Call ') },
      { at: 25, bytes: bytes('[phone]') },
      { at: 31, bytes: bytes(' now') },
    ];
    for (const { at, bytes } of original) ledger.piece(id, 'original', NOON + at, bytes);
    for (const { at, bytes } of delivered) ledger.piece(id, 'delivered', NOON + at, bytes);
    await ledger.finish(id, sampleEnd());
    const replay = (await ledger.replay(id, { reveal: true }))!;
    expect(replay.original).toEqual(original);
    expect(replay.delivered).toEqual(delivered);
  });

  it('keeps the order of pieces over many blocks, and the same bytes once', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id), { received: bytes('x') });
    let expected = '';
    for (let n = 0; n < 3000; n++) {
      const piece = bytes(`event ${n} of the stream\n`);
      expected += piece.toString();
      for (const side of ['original', 'delivered'] as const) ledger.piece(id, side, NOON + n, piece);
    }
    await ledger.finish(id, sampleEnd());
    const replay = (await ledger.replay(id, { reveal: true }))!;
    expect(text(replay.delivered)).toBe(expected);
    expect(text(replay.original)).toBe(expected);
    expect(replay.delivered.map(({ at }) => at)).toEqual(replay.original!.map(({ at }) => at));
  });

  it('is in the record before its end, without anyone asking', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id), { received: bytes('x') });
    ledger.piece(id, 'delivered', NOON + 5, bytes('so far'));
    await expect
      .poll(async () => text((await ledger.replay(id, { reveal: false }))?.delivered), { timeout: 5000 })
      .toBe('so far');
  });

  it('is not kept on a side that the record mode leaves out', async () => {
    for (const [id, record] of [
      ['ses_r', 'redacted'],
      ['ses_m', 'metadata'],
    ] as const) {
      await ledger.begin(sampleStart(id, { record }), { received: bytes('x') });
      ledger.piece(id, 'original', NOON, bytes('unmasked'));
      ledger.piece(id, 'delivered', NOON, bytes('masked'));
      await ledger.finish(id, sampleEnd());
    }
    const replay = async (id: string) => text((await ledger.replay(id, { reveal: true }))!.delivered);
    expect([await replay('ses_r'), await replay('ses_m')]).toEqual(['masked', '']);
    expect((await ledger.replay('ses_r', { reveal: true }))!.original).toBeUndefined();
  });

  it('asks the caller to wait once too much is not yet durable, and says when to go on', async () => {
    const id = fresh();
    await ledger.begin(sampleStart(id), { received: bytes('x') });
    const chunk = Buffer.alloc(64 << 10, 'a');
    let pieces = 1;
    while (ledger.piece(id, 'delivered', NOON, chunk)) pieces++;
    expect(pieces * chunk.length).toBeLessThanOrEqual((8 << 20) + chunk.length);
    await ledger.drained();
    expect(ledger.piece(id, 'delivered', NOON, chunk)).toBe(true);
    await ledger.finish(id, sampleEnd());
    const replay = (await ledger.replay(id, { reveal: false }))!;
    expect(replay.delivered.length).toBe(pieces + 1);
  });
});

describe('a ledger opened again', () => {
  alone();
  it('closes what was open when the last process ended as interrupted, by an entry', async () => {
    await ledger.begin(sampleStart('ses_a'), { received: bytes('x') });
    await ledger.begin(sampleStart('ses_b'), { received: bytes('x') });
    await ledger.finish('ses_b', sampleEnd());
    await reopen();
    const [b, a] = await ledger.list({});
    expect([b!.id, b!.state]).toEqual(['ses_b', 'ended']);
    expect([a!.id, a!.state, a!.end!.outcome]).toEqual(['ses_a', 'interrupted', 'interrupted']);
    expect((await ledger.begin(sampleStart('ses_c'), { received: bytes('x') })).seq).toBe(4);
  });
});

describe('the files of a ledger', () => {
  alone();
  it('hold no prompt, no answer and no keyed hash in clear, recorded in full or not', async () => {
    const canary = (what: string) => `CANARY-${what}-${exchangeId(0)}`;
    const secrets: string[] = [];
    const secret = (what: string) => secrets[secrets.push(canary(what)) - 1]!;
    for (const [n, record] of (['full', 'redacted', 'metadata'] as const).entries()) {
      const id = `ses_${n}`;
      await ledger.begin(sampleStart(id, { record, findings: [finding('pii.email', secret('hash'))] }), {
        received: bytes(secret('received')),
        forwarded: bytes(secret('forwarded')),
      });
      ledger.piece(id, 'original', NOON, bytes(secret('piece')));
      ledger.piece(id, 'delivered', NOON, bytes(secret('delivered piece')));
      await ledger.finish(id, sampleEnd({ findings: [finding('pii.email', secret('hash'))] }), {
        original: bytes(secret('original')),
        delivered: bytes(secret('delivered')),
      });
    }
    await ledger.list({});
    const look = () => {
      const found = secrets.filter((one) => home.contents().some(({ bytes }) => bytes.includes(one)));
      expect(found).toEqual([]);
      // The look itself works: what is searchable is found.
      expect(home.contents().some(({ bytes }) => bytes.includes('gpt-4o'))).toBe(true);
    };
    look();
    await reopen();
    look();
  });

  it('are readable by their owner alone', () => {
    if (process.platform === 'win32') return;
    const open = home
      .contents()
      .filter(({ name }) => (statSync(join(home.directory, name)).mode & 0o077) !== 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  });
});

describe('a second process', () => {
  alone();
  it('cannot be the writer too, and can once the first has closed', async () => {
    await expect(open()).rejects.toBeInstanceOf(LedgerLocked);
    await reopen();
    expect(ledger.available).toBe(true);
  });

  it('reads the record, changes the state and hands acts to the writer, who makes entries of them once', async () => {
    await ledger.begin(sampleStart('ses_a'), { received: bytes('hello') });
    await ledger.list({});
    const other = await openState(home);
    expect((await other.list({})).map(({ id }) => id)).toEqual(['ses_a']);
    expect((await other.replay('ses_a', { reveal: false }))?.forwarded?.toString()).toBe('hello');
    expect(other.deriveKey('findings').equals(ledger.deriveKey('findings'))).toBe(true);

    const before = ledger.keys.generation();
    await other.keys.insert(sampleKey('k'));
    const act = { at: NOON, act: 'key.create', by: 'ada', on: 'k' };
    await other.act(act);
    await expect.poll(() => ledger.keys.generation(), { timeout: 5000, interval: 5 }).not.toBe(before);
    expect((await ledger.keys.byHash('hash of k'))?.id).toBe('k');
    await expect.poll(() => ledger.acts({}), { timeout: 5000 }).toEqual([{ ...act, seq: 1 }]);
    await reopen();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await ledger.acts({})).toMatchObject([act]);
    await other.close();
  });

  it('leaves its acts for the writer to find when none is running', async () => {
    await ledger.close();
    const other = await openState(home);
    await other.act({ at: NOON, act: 'key.create', by: 'ada', on: 'k' });
    await other.close();
    ledger = await open();
    await expect.poll(() => ledger.acts({}), { timeout: 5000 }).toMatchObject([{ on: 'k' }]);
  });
});

describe('the master key', () => {
  alone();
  it('is made once, for its owner alone, and derives the same keys at every start, a different one for each purpose', async () => {
    const derived = ledger.deriveKey('findings');
    expect(derived).toHaveLength(32);
    expect(ledger.deriveKey('tokens').equals(derived)).toBe(false);
    await reopen();
    expect(ledger.deriveKey('findings').equals(derived)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(home.keyFile).mode & 0o777).toBe(0o600);
  });

  it('opens what earlier starts have sealed', async () => {
    for (const id of ['ses_a', 'ses_b']) {
      await ledger.begin(sampleStart(id), { received: bytes(`prompt of ${id}`) });
      await reopen();
    }
    for (const id of ['ses_a', 'ses_b'])
      expect((await ledger.replay(id, { reveal: false }))!.forwarded?.toString()).toBe(`prompt of ${id}`);
  });

  const unusable: [string, (file: string) => void][] = [
    ['is missing beside an old ledger', (file) => rmSync(file)],
    ['is malformed', (file) => writeFileSync(file, 'sluice-master-1:short\n')],
    [
      'is another',
      (file) => writeFileSync(file, `sluice-master-1:${Buffer.alloc(32, 9).toString('base64url')}\n`),
    ],
    ['can be read by everyone', (file) => chmodSync(file, 0o644)],
  ];
  it.each(unusable)('that %s opens nothing, and nothing is written in its place', async (_, spoil) => {
    const key = readFileSync(home.keyFile);
    await ledger.close();
    spoil(home.keyFile);
    const spoiled = existsSync(home.keyFile) && readFileSync(home.keyFile);
    await expect(open()).rejects.toBeInstanceOf(KeyUnusable);
    await expect(openState(home)).rejects.toBeInstanceOf(KeyUnusable);
    expect(existsSync(home.keyFile) && readFileSync(home.keyFile)).toEqual(spoiled);
    rmSync(home.keyFile, { force: true });
    writeFileSync(home.keyFile, key, { mode: 0o600 });
    ledger = await open();
  });
});
