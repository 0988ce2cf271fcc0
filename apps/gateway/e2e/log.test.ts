// The log over HTTP as strangers read it: by paths alone, by a reader written in another language with other people's
// packages, and by nobody who may not see entries.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseVkey } from '@sluice/ledger';
import { startWitness } from '@sluice/ledger/testing/witness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../testing/harness.ts';

let harness: Harness;
let outside: string;

beforeAll(async () => {
  outside = mkdtempSync(path.join(tmpdir(), 'sluice-outside-'));
  harness = await startHarness({ more: `log: { copy: "${path.join(outside, 'checkpoint')}" }\n` });
});
afterAll(async () => {
  await harness.close();
  rmSync(outside, { recursive: true, force: true });
});

const url = (at: string) => `${harness.gateway.adminUrl}/log/${at}`;
const token = () => readFileSync(harness.gateway.adminTokenFile, 'utf8').trim();
const call = (content: string) =>
  fetch(`${harness.openai}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'leaky-1', messages: [{ role: 'user', content }] }),
  }).then((response) => response.text());

async function calls(count: number): Promise<string> {
  await Promise.all(Array.from({ length: count }, (_, n) => call(`echo: ${n}`)));
  const { note } = (await harness.gateway.ledger.log.advance())!;
  return note;
}

const status = async (at: string, bearer?: string) =>
  (await fetch(url(at), { headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } }))
    .status;

describe('the log over HTTP', () => {
  it('gives its checkpoint, key and hashes to everybody, and entries to those who may read them', async () => {
    const note = await calls(3);
    const size = Number(note.split('\n')[1]);
    expect(await (await fetch(url('checkpoint'))).text()).toBe(note);
    const key = (await (await fetch(url('key'))).text()).trim();
    expect(parseVkey(key)?.name).toBe(note.split('\n')[0]);
    const tile = await (await fetch(url(`tile/0/000.p/${size}`))).arrayBuffer();
    expect(tile.byteLength).toBe(size * 32);
    expect(await status(`tile/entries/000.p/${size}`)).toBe(401);
    expect(await status(`tile/entries/000.p/${size}`, harness.key)).toBe(403);
    expect(await status(`tile/entries/000.p/${size}`, token())).toBe(200);
  });

  it.each([
    'tile/0/000',
    'tile/0/0',
    'tile/7/000',
    'tile/0/000.p/9999',
    'tile/x',
    'tile/..%2fcheckpoint',
    'nothing',
  ])('has nothing at %s', async (at) => {
    expect([404, 401]).toContain(await status(at));
    expect(await status(at, token())).toBe(404);
  });

  it('keeps the newest checkpoint in a file outside', async () => {
    const note = await calls(1);
    expect(readFileSync(path.join(outside, 'checkpoint'), 'utf8')).toBe(note);
  });

  it('records the text of each policy in force once, and a changed one when it comes into force', async () => {
    const texts = async () =>
      (await harness.admin('GET', '/acts?limit=500')).body.acts.filter(
        ({ act }: { act: string }) => act === 'policy.text',
      );
    const before = await texts();
    expect(before.map(({ details }: { details: { name: string } }) => details.name)).toContain('standard');
    await harness.reconfigure(
      (yaml) => `${yaml}\npolicies:\n  standard: { extends: built-in, record: redacted }\n`,
    );
    while ((await texts()).length === before.length) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await texts()).toHaveLength(before.length + 1);
  });
});

describe('evidence', () => {
  it('is made for those who may read the record, and that it was made is an entry', async () => {
    await calls(1);
    const made = async (bearer: string, body: object) =>
      fetch(`${harness.gateway.adminUrl}/api/v1/evidence`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await made(harness.key, {})).status).toBe(403);
    expect((await made(token(), { session: 'ses_none' })).status).toBe(404);
    expect((await made(token(), { nope: 1 })).status).toBe(400);
    const bundle = await made(token(), { connection: 'gpt' });
    expect(bundle.headers.get('content-type')).toBe('application/zip');
    expect(Buffer.from(await bundle.arrayBuffer()).toString('latin1', 0, 2)).toBe('PK');
    const { body } = await harness.admin('GET', '/acts?limit=1');
    expect(body.acts[0]).toMatchObject({ act: 'evidence.export', details: { connection: 'gpt' } });
  });
});

describe('a configuration', () => {
  it('names witnesses; one that does not know the log is told of, and the gateway goes on', async () => {
    const key = (await (await fetch(url('key'))).text()).trim();
    const witness = await startWitness('witness.local/w', Buffer.alloc(32, 8), [key]);
    const second = await startHarness({
      more: `log: { witnesses: [{ url: "${witness.url}/", key: "${witness.vkey}" }] }\n`,
    });
    // It does not know this log, and says so; the gateway goes on and tells its operator.
    while (witness.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(witness.requests).toEqual([404]);
    while (!second.logged().includes('a witness did not cosign'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    await second.close();
    await witness.close();
  });
});

/** The reader in Go, built; or why there is none. */
function secondReader(): { program?: string; why?: string } {
  const source = path.resolve(import.meta.dirname, '../../../checks/second-reader');
  const program = path.join(outside, 'second-reader');
  if (!hasGo()) return { why: 'Go is not installed' };
  try {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: source, stdio: 'pipe', timeout: 120_000 });
    return { program };
  } catch {
    return { why: 'Go cannot build it here: its module cannot be fetched, or Go is too old' };
  }
}

function hasGo(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

describe('a reader written with the packages of Go’s checksum database', () => {
  it('reads tiles and checkpoints, and finds every entry included and the old checkpoint continued', async (context) => {
    const { program, why } = secondReader();
    if (program === undefined) return context.skip(why);
    const old = path.join(outside, 'old');
    writeFileSync(old, await calls(20));
    const note = await calls(120);
    const run = async (vkey: string) =>
      (await promisify(execFile)(program, [url('').slice(0, -1), vkey, token(), old])).stdout;
    const [, size] = note.split('\n');
    expect(Number(size)).toBeGreaterThan(256);
    const key = (await (await fetch(url('key'))).text()).trim();
    expect(await run(key)).toBe(
      `${size} included, consistent with ${readFileSync(old, 'utf8').split('\n')[1]}\n`,
    );
    await expect(run(key.replace(/.{4}$/, 'AAAA'))).rejects.toThrow();
    writeFileSync(old, readFileSync(old, 'utf8').replace(/\n\d+\n/, '\n7\n'));
    await expect(run(key)).rejects.toThrow();
  }, 150_000);
});
