// Each kind of tampering, done to a real bundle and a real database, is caught and named. And what was not tampered with is
// verified by a program that shares no line with what wrote it.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { exchangeId, type Ledger, openLedger, policyAct } from '@sluice/ledger';
import { zip } from '@sluice/ledger/evidence/zip';
import { finding, sampleEnd, sampleStart } from '@sluice/ledger/testing/samples';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from './bundle.ts';
import { readKey, type VerifierKey } from './note.ts';
import type { ProblemName } from './problems.ts';
import { run } from './program.ts';
import { verifyStore } from './store.ts';
import { readZip, ZipError } from './zip.ts';

const AT = Date.UTC(2026, 0, 1);
const folder = mkdtempSync(path.join(tmpdir(), 'sluice-verify-'));
const at = (name: string) => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Made {
  readonly key: VerifierKey;
  readonly vkey: string;
  readonly bundle: Buffer;
  /** The checkpoint after the first half of the sessions, and after all. */
  readonly half: string;
  readonly whole: string;
}

async function fill(ledger: Ledger, count: number): Promise<string> {
  const policy = policyAct(AT, 'standard', '{"name":"standard"}');
  await ledger.act(policy);
  for (let n = 0; n < count; n++) {
    const id = exchangeId(AT + n);
    const start = sampleStart(id, {
      at: AT + n,
      policy: { name: 'standard', hash: policy.on },
      findings: [finding('pii.email')],
    });
    await ledger.begin(start, { received: Buffer.from(`prompt ${n}`) });
    await ledger.finish(id, sampleEnd({ at: AT + n }), { original: Buffer.from(`answer ${n}`) });
  }
  return (await ledger.log.advance())!.note;
}

async function make(name: string): Promise<Made> {
  const ledger = await openLedger({ path: at(`${name}.db`), keyFile: at(`${name}.key`) });
  const half = await fill(ledger, 10);
  const whole = await fill(ledger, 10);
  const bundle = await ledger.evidence({ at: AT, by: 'ada', filter: { since: AT } });
  const { vkey } = ledger.log;
  await ledger.close();
  return { key: readKey(vkey)!, vkey, bundle, half, whole };
}

let own: Made;
let other: Made;
beforeAll(async () => {
  own = await make('own');
  other = await make('other');
}, 60_000);

type Files = Map<string, Buffer>;
const edit = (files: Files, name: string, change: (text: string) => string) =>
  files.set(name, Buffer.from(change(files.get(name)!.toString())));
const policyFile = (files: Files) => [...files.keys()].find((name) => name.startsWith('policies/'))!;

const BUNDLE: readonly (readonly [string, (files: Files) => void, ProblemName])[] = [
  ['an edited header', (f) => edit(f, 'entries.jsonl', (t) => t.replace('gpt-4o', 'gpt-4x')), 'not_included'],
  [
    'two entries that changed places',
    (f) => edit(f, 'entries.jsonl', (t) => t.replace('"seq":1,', '"seq":2,')),
    'not_included',
  ],
  ['a removed entry', (f) => edit(f, 'entries.jsonl', (t) => t.slice(t.indexOf('\n') + 1)), 'altered_file'],
  ['a removed proof', (f) => edit(f, 'proofs.jsonl', (t) => t.slice(t.indexOf('\n') + 1)), 'missing_proof'],
  [
    'an altered proof',
    (f) => edit(f, 'proofs.jsonl', (t) => t.replace(/"proof":\["..../, '"proof":["AAAA')),
    'not_included',
  ],
  [
    'an entry of another log',
    (f) => f.set('entries.jsonl', readZip(other.bundle).get('entries.jsonl')!),
    'not_included',
  ],
  ['the checkpoint of another log', (f) => f.set('checkpoint', Buffer.from(other.whole)), 'wrong_key'],
  ['an older checkpoint put in', (f) => f.set('checkpoint', Buffer.from(own.half)), 'not_included'],
  [
    'an altered checkpoint',
    (f) => edit(f, 'checkpoint', (t) => t.replace(/\n(\d+)\n/, '\n9$1\n')),
    'bad_signature',
  ],
  [
    'a changed manifest',
    (f) => edit(f, 'manifest.json', (t) => t.replace('"ada"', '"eve"')),
    'altered_manifest',
  ],
  [
    'a swapped signature',
    (f) => f.set('manifest.note', readZip(other.bundle).get('manifest.note')!),
    'wrong_key',
  ],
  ['an altered policy text', (f) => edit(f, policyFile(f), (t) => `${t} `), 'altered_policy'],
  [
    'an altered report',
    (f) => edit(f, 'report.html', (t) => t.replace('Evidence', 'evidence')),
    'altered_file',
  ],
  ['a file left out', (f) => f.delete('report.json'), 'missing_file'],
  ['a file put in', (f) => f.set('note.txt', Buffer.from('x')), 'added_file'],
];

describe('a bundle', () => {
  it('as exported is verified with the public key alone', () => {
    expect(verifyBundle(own.bundle, own.key)).toMatchObject({ ok: true, problems: [] });
    const html = readZip(own.bundle).get('report.html')!.toString();
    expect(html).not.toMatch(/<script|<link|src=|href=/);
    expect(own.bundle.toString('latin1')).not.toContain('prompt 1');
  });

  it.each(BUNDLE)('with %s is caught, and it is named', (_, tamper, named) => {
    const files = readZip(own.bundle);
    tamper(files);
    const { ok, problems } = verifyBundle(zip(files), own.key);
    expect(ok).toBe(false);
    expect(problems.map(({ problem }) => problem)).toContain(named);
  });

  it('of another key is not verified with this one', () => {
    expect(verifyBundle(own.bundle, other.key).problems.map(({ problem }) => problem)).toContain('wrong_key');
  });

  it('of any bytes, or damaged anywhere, is verified or not, and never an error', () => {
    fc.assert(
      fc.property(fc.nat(own.bundle.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const damaged = Buffer.from(own.bundle);
        damaged[place]! ^= flip;
        verifyBundle(damaged, own.key);
      }),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => readZip(Buffer.from(bytes))).toThrow(ZipError);
      }),
    );
  });
});

/** Rewrites the entries of a copy of the database, in one chunk, as somebody who owns it could. */
function rewrite(name: string, change: (entries: { header: Buffer; body: Buffer }[]) => void): string {
  const file = at(`${name}.db`);
  copyFileSync(at('own.db'), file);
  const db = new DatabaseSync(file);
  const entries: { header: Buffer; body: Buffer }[] = [];
  for (const head of db.prepare('select * from heads order by first').all()) {
    const kept = Buffer.from(head.headers as Uint8Array);
    const headers = head.compressed === 1 ? zstdDecompressSync(kept) : kept;
    const chunk = db.prepare('select bytes from bodies where first = ?').get(head.first as number);
    const bodies = Buffer.from((chunk?.bytes as Uint8Array | undefined) ?? []);
    let bodyAt = 0;
    for (let place = 0; place < headers.length; ) {
      const [length, bodyLength] = [headers.readUInt32LE(place), headers.readUInt32LE(place + 4)];
      const header = headers.subarray(place + 8, place + 8 + length);
      entries.push({ header, body: bodies.subarray(bodyAt, bodyAt + bodyLength) });
      place += 8 + length;
      bodyAt += bodyLength;
    }
  }
  change(entries);
  db.exec('delete from heads; delete from bodies');
  const lengths = entries.map(({ header, body }) => {
    const both = Buffer.alloc(8);
    both.writeUInt32LE(header.length, 0);
    both.writeUInt32LE(body.length, 4);
    return Buffer.concat([both, header]);
  });
  db.prepare('insert into heads values (0, ?, 1, ?)').run(
    entries.length,
    zstdCompressSync(Buffer.concat(lengths)),
  );
  db.prepare('insert into bodies values (0, ?)').run(Buffer.concat(entries.map(({ body }) => body)));
  db.close();
  return file;
}

function sql(name: string, ...statements: readonly string[]): string {
  const file = at(`${name}.db`);
  copyFileSync(at('own.db'), file);
  const db = new DatabaseSync(file);
  for (const statement of statements) db.exec(statement);
  db.close();
  return file;
}

const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  copy[0]! ^= 1;
  return copy;
};

const STORE: readonly (readonly [string, () => string, ProblemName])[] = [
  ['its end cut off', () => rewrite('cut', (e) => e.splice(-3)), 'truncated'],
  ['entries reordered', () => rewrite('order', (e) => e.splice(4, 2, e[5]!, e[4]!)), 'reordered'],
  [
    'an entry put in',
    () => rewrite('in', (e) => e.splice(5, 0, { header: Buffer.from('{"v":1}'), body: Buffer.alloc(0) })),
    'inserted',
  ],
  ['an entry taken out of the middle', () => rewrite('out', (e) => e.splice(5, 1)), 'deleted'],
  [
    'a header edited',
    () =>
      rewrite('head', (e) =>
        e.splice(5, 1, { ...e[5]!, header: Buffer.from(e[5]!.header.toString().replace('gpt', 'gqt')) }),
      ),
    'altered_header',
  ],
  [
    'a sealed body edited',
    () => rewrite('body', (e) => e.splice(1, 1, { ...e[1]!, body: flipped(e[1]!.body) })),
    'altered_body',
  ],
  [
    'a tile altered',
    () => sql('tile', 'update tree_runs set hashes = zeroblob(length(hashes))'),
    'altered_tile',
  ],
  [
    'a checkpoint’s signature swapped',
    () => sql('sig', "update checkpoints set note = replace(note, '— ', '— x')"),
    'wrong_key',
  ],
  [
    'a checkpoint moved to another size',
    () =>
      sql(
        'size',
        'update checkpoints set note = replace(note, char(10) || size || char(10), char(10) || (size + 1) || char(10))',
      ),
    'bad_signature',
  ],
];

describe('a store', () => {
  it('as it was written is verified, alone and against what was kept outside', () => {
    expect(verifyStore(at('own.db'), own.key, undefined)).toMatchObject({ ok: true, problems: [] });
    for (const outside of [own.half, own.whole])
      expect(verifyStore(at('own.db'), own.key, outside)).toMatchObject({ ok: true, problems: [] });
  });

  it.each(STORE)('with %s is caught, and it is named', (_, tamper, named) => {
    const { ok, problems } = verifyStore(tamper(), own.key, undefined);
    expect(ok).toBe(false);
    expect(problems.map(({ problem }) => problem)).toContain(named);
  });

  it('with the key of another log is not verified', () => {
    expect(verifyStore(at('own.db'), other.key, undefined).problems[0]?.problem).toBe('wrong_key');
  });

  it('rolled back to an older one, tree and checkpoints with it, is caught by the checkpoint outside', async () => {
    const ledger = await openLedger({ path: at('own.db'), keyFile: at('own.key') });
    copyFileSync(at('own.db'), at('old.db'));
    const later = await fill(ledger, 2);
    await ledger.close();
    const problems = (outside: string) => verifyStore(at('old.db'), own.key, outside).problems;
    expect(problems(own.whole)).toEqual([]);
    expect(problems(later)).toEqual([{ problem: 'rolled_back', where: 'the checkpoint from outside' }]);
  });

  it('whose key signed another history is caught by the checkpoint of the first', async () => {
    copyFileSync(at('own.log.key'), at('fork.log.key'));
    // The key is taken up by a new record, as somebody who owns it could have it.
    const ledger = await openLedger({ path: at('fork.db'), keyFile: at('fork.key') });
    await fill(ledger, 30);
    await ledger.close();
    expect(verifyStore(at('fork.db'), own.key, undefined).ok).toBe(true);
    const { problems } = verifyStore(at('fork.db'), own.key, own.half);
    expect(problems.map(({ problem }) => problem)).toEqual(['forked']);
  });
});

describe('the program', () => {
  const said = (...args: readonly string[]) => {
    let text = '';
    const take = (part: string) => {
      text += part;
    };
    return { code: run(args, { out: take, err: take }), text };
  };

  it('ends with 0 when nothing is wrong, 1 when something is, 2 when it was not asked rightly', () => {
    writeFileSync(at('bundle.zip'), own.bundle);
    writeFileSync(at('vkey'), `${own.vkey}\n`);
    const good = said(at('bundle.zip'), `--key=${at('vkey')}`);
    expect(good).toMatchObject({
      code: 0,
      text: expect.stringMatching(/Verified\. It proves:[\s\S]*does not prove:/),
    });
    expect(said(at('bundle.zip'), `--key=${other.vkey}`)).toMatchObject({ code: 1 });
    expect(JSON.parse(said(at('bundle.zip'), `--key=${own.vkey}`, '--json').text).ok).toBe(true);
    expect(said('--store', at('cut.db'), '--key', own.vkey).text).toContain('truncated: ');
    for (const args of [
      [],
      [at('bundle.zip')],
      [at('none.zip'), `--key=${own.vkey}`],
      ['--nope'],
      [at('bundle.zip'), '--key=x'],
    ])
      expect(said(...args).code).toBe(2);
  });
});
