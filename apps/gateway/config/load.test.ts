// Loading as a whole: what is resolved, how much can go wrong at once, and that nothing makes it throw.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeCertificate } from '../testing/certificate.ts';
import type { Config } from './config.ts';
import { loadFile, loadText } from './load.ts';
import { printProblems } from './print.ts';
import { demoConfig, TEMPLATE } from './template.ts';
import { harm } from './testing/harm.ts';

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
const GOOD = fixture('good.yaml');
const SECRET = ['sk', 'held', 'by', 'the', 'gateway'].join('-');
const env = { OPENAI_API_KEY: SECRET, ANTHROPIC_API_KEY: `${SECRET}-2` };

function good(text: string, options: Parameters<typeof loadText>[1] = { env }): Config {
  const { config, problems } = loadText(text, options);
  if (config === undefined) throw new Error(JSON.stringify(problems));
  return config;
}

const { cert, key } = makeCertificate('a port');
const other = makeCertificate('another port');

describe('known values', () => {
  test('are read from their references, one a line, and are shown by nothing', () => {
    const config = good('values: { keys: env:KEYS }\n', { env: { KEYS: `${SECRET}\n\n${SECRET}-2\n` } });
    expect(config.values.map(({ name, values }) => [name, values.map((value) => value.reveal())])).toEqual([
      ['keys', [SECRET, `${SECRET}-2`]],
    ]);
    expect(inspect(config.values, { depth: 9 })).not.toContain(SECRET);
  });

  test('are references and never the values, and have to be there', () => {
    for (const text of [`values: { keys: ${SECRET} }\n`, 'values: { keys: env:NOT_SET }\n']) {
      const { config, problems } = loadText(text, { env });
      expect(config).toBeUndefined();
      expect(problems.map(({ path: at }) => at)).toContain('values.keys');
    }
  });
});

describe('a good file', () => {
  test('has nothing wrong with it', () => {
    expect(loadText(GOOD, { env }).problems).toEqual([]);
  });

  test('is resolved: addresses, paths from the file on, connections, access and policies', () => {
    const config = good(GOOD, { env, file: '/etc/sluice/sluice.yaml' });
    expect(config.listen).toEqual({
      data: { host: '127.0.0.1', port: 8080, tls: undefined },
      admin: { host: '127.0.0.1', port: 8081, tls: undefined, url: undefined },
    });
    expect([config.store, config.seal.keyFile]).toEqual([
      { kind: 'sqlite', path: '/etc/sluice/data/sluice.db' },
      '/etc/sluice/data/sluice.key',
    ]);
    expect(config.connections.gpt).toMatchObject({
      name: 'gpt',
      protocol: 'openai',
      origin: 'https://api.openai.com',
      prefix: '',
      isDefault: true,
      timeouts: { connect: 10_000, firstByte: 120_000, idle: 60_000 },
    });
    expect(config.connections.gpt?.credential?.reveal()).toBe(SECRET);
    expect(config.identity.oidc).toEqual([
      { issuer: 'https://id.acme.com/realms/acme', audience: ['sluice'], groups: { name: 'groups' } },
    ]);
    expect(config.access.map(({ policy }) => policy)).toEqual(['standard', 'standard']);
    expect(config.policies.strict).toMatchObject({
      lineage: ['standard'],
      release: 'whole',
      limits: { request_bytes: 1e6 },
    });
  });

  test('is frozen at every depth', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(good(GOOD))).toBe(true);
  });

  test('is looked up by names that callers send, without surprises', () => {
    const { connections, policies } = good(GOOD);
    for (const name of ['constructor', '__proto__', 'toString'])
      expect([connections[name], policies[name]]).toEqual([undefined, undefined]);
  });

  test('shows its secrets nowhere', () => {
    const config = good(GOOD);
    for (const shown of [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      `${config.connections.gpt?.credential}`,
    ])
      expect(shown).not.toContain(SECRET);
  });

  test('may leave out almost everything', () => {
    const config = good('access: [{}]\n');
    expect([config.listen.data.port, Object.keys(config.connections), Object.keys(config.policies)]).toEqual([
      8080,
      [],
      ['standard', 'built-in'],
    ]);
  });

  test('has a policy hash that changes with the policy alone', () => {
    const hash = (text: string) => good(text).policies.standard?.hash;
    expect(hash(`${GOOD}\n# a remark\n`)).toBe(hash(GOOD));
    expect(hash(GOOD.replace('do: mask, as: last4', 'do: mask, as: hash'))).not.toBe(hash(GOOD));
  });

  test.each([
    ['the template', TEMPLATE],
    [
      'that of the first run',
      demoConfig({ upstream: 'http://127.0.0.1:9', credential: 'env:OPENAI_API_KEY' }),
    ],
  ])('is what Sluice writes itself: %s', (_, text) => {
    expect(loadText(text, { env }).problems).toEqual([]);
  });

  test('keeps the path of an upstream, and TLS of a port', () => {
    const text =
      'access: [{}]\nlisten: { data: { address: "[::1]:0", tls: { cert: env:CERT, key: env:KEY, client_ca: env:CERT } } }\nconnections:\n  c: { protocol: openai, upstream: "https://proxy.example/openai/", timeouts: { first_byte: 5s } }\n';
    const config = good(text, { env: { CERT: cert, KEY: key } });
    expect(config.connections.c).toMatchObject({
      origin: 'https://proxy.example',
      prefix: '/openai',
      credential: undefined,
      timeouts: { connect: 10_000, firstByte: 5000, idle: 60_000 },
    });
    expect(config.listen.data).toMatchObject({
      host: '::1',
      port: 0,
      tls: { cert, clientCa: cert },
    });
    expect(config.listen.data.tls?.key.reveal()).toBe(key);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['what is no certificate', { CERT: 'PEM', KEY: key, CA: cert }, ['cert does not refer to a certificate']],
    ['what is no key', { CERT: cert, KEY: 'PEM', CA: cert }, ['key does not refer to a private key']],
    ['the key of another one', { CERT: cert, KEY: other.key, CA: cert }, ['key refers to a key that is not']],
    ['an authority that is none', { CERT: cert, KEY: key, CA: 'PEM' }, ['client_ca does not refer to a']],
  ])('is refused with %s', (_, env, told) => {
    const text =
      'access: [{}]\nlisten: { data: { address: "[::1]:0", tls: { cert: env:CERT, key: env:KEY, client_ca: env:CA } } }\n';
    const { problems, config } = loadText(text, { env });
    expect(config).toBeUndefined();
    expect(problems.map(({ message }) => message)).toEqual(
      told.map((words) => expect.stringContaining(`listen.data.tls.${words}`)),
    );
  });
});

describe('a bad file', () => {
  test('has all its problems told at once, as people read them', async () => {
    const text = fixture('bad.yaml');
    const { problems, config } = loadText(text, { env: {}, now: Date.UTC(2026, 5, 15) });
    expect(config).toBeUndefined();
    expect(problems.length).toBeGreaterThanOrEqual(20);
    await expect(printProblems(problems, text, { file: 'bad.yaml', colour: false })).toMatchFileSnapshot(
      'fixtures/bad.problems.txt',
    );
  });
});

describe('files', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'sluice-config-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test.each([
    ['that does not exist', undefined, 'The file does not exist'],
    ['that is empty', ' \n', 'The file is empty'],
  ])('%s is told of', (_, text, message) => {
    const file = path.join(directory, 'sluice.yaml');
    if (text !== undefined) writeFileSync(file, text);
    expect(loadFile(file).problems).toEqual([
      { code: 'unreadable_file', severity: 'error', line: 1, column: 1, length: 1, path: '', message },
    ]);
  });

  test('with secrets are read without their line breaks and told of for following', () => {
    writeFileSync(path.join(directory, 'key'), `${SECRET}\r\n`);
    const file = path.join(directory, 'sluice.yaml');
    writeFileSync(
      file,
      'access: [{}]\nconnections:\n  c: { protocol: openai, upstream: https://a.example, credential: file:key }\n',
    );
    const loaded = loadFile(file);
    expect(loaded.config?.connections.c?.credential?.reveal()).toBe(SECRET);
    expect(loaded.secretFiles).toEqual([path.join(directory, 'key')]);
    const before = loaded.fingerprint;
    writeFileSync(path.join(directory, 'key'), `${SECRET}-new`);
    expect(loadFile(file).fingerprint).not.toBe(before);
  });
});

describe('whatever the text', () => {
  test('it is a frozen configuration or has a problem with a place in it, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.array(harm, { minLength: 1, maxLength: 4 }), (harms) => {
        const text = harms.reduce((before, change) => change(before), GOOD);
        const lines = text.split('\n');
        const { config, problems } = loadText(text, { env });
        if (config === undefined) expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
        else expect(Object.isFrozen(config)).toBe(true);
        for (const { line, column, length } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column + length - 2).toBeLessThanOrEqual((lines[line - 1] ?? '').length);
        }
        printProblems(problems, text, { file: 'x', colour: true });
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  test.each<[string, string]>([
    ['a nest of lists', '['.repeat(100_000)],
    ['a nest of closed lists', `access: ${'['.repeat(2000)}${']'.repeat(2000)}`],
    ['a nest of blocks', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    [
      'a bomb of aliases',
      `a: &a [x, x]\n${Array.from({ length: 30 }, (_, i) => `${'b'.repeat(i + 1)}: &${'b'.repeat(i + 1)} [*${i === 0 ? 'a' : 'b'.repeat(i)}, *${i === 0 ? 'a' : 'b'.repeat(i)}]`).join('\n')}`,
    ],
    ['more than a file may be', 'a'.repeat(2 ** 20 + 1)],
  ])('%s is refused', (_, text) => {
    const { config, problems } = loadText(text, { env });
    expect(config).toBeUndefined();
    expect(problems[0]?.severity).toBe('error');
  });
});
