// The commands without a gateway: the file, trial calls of model servers, keys, and what each way to fail exits with.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Leaky, startLeaky } from '@sluice/leaky';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Folder, freePorts, newFolder } from './testing/sluice.ts';

let leaky: Leaky;
let folder: Folder;

beforeAll(async () => {
  leaky = await startLeaky();
});
afterAll(() => leaky.close());
beforeEach(() => {
  folder = newFolder();
  folder.write('credential', leaky.credential);
  folder.write('wrong', 'another');
});
afterEach(() => {
  leaky.fault();
  folder.remove();
});

const add = (...args: string[]) => folder.sluice(['connections', 'add', ...args]);

describe('connections add', () => {
  it('begins the file, tries the model server, and prints what clients and callers need', async () => {
    const { code, out } = await add(
      'gpt',
      '--protocol',
      'openai',
      '--upstream',
      leaky.url,
      '--credential',
      'file:credential',
    );
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(out).toContain('It answers: it lists its models (200).');
    expect(out).toContain("baseURL: 'http://127.0.0.1:8080/gpt/v1'");
    expect(out).toContain('sluice keys create');
    expect(out).not.toContain(leaky.credential);
    expect(folder.read('sluice.yaml')).toContain('# sluice.yaml: the one configuration file');
    expect(await folder.sluice(['check'])).toMatchObject({ code: 0 });
    expect(await folder.sluice(['connections', 'test', 'gpt'])).toMatchObject({ code: 0 });
    expect(await add('gpt', '--protocol', 'openai')).toMatchObject({
      code: 1,
      err: expect.stringContaining('already'),
    });
    expect(await folder.sluice(['connections', 'remove', 'gpt'])).toMatchObject({ code: 0 });
    expect(await folder.json('connections', 'list')).toEqual([]);
  });

  it.each<[string, string, () => string[]]>([
    ['nobody listens', 'nobody listens there', () => ['--upstream', 'http://127.0.0.1:1']],
    [
      'the credential is wrong',
      'does not accept the credential (401)',
      () => ['--upstream', leaky.url, '--credential', 'file:wrong'],
    ],
    ['there is no credential', 'none is configured', () => ['--upstream', leaky.url]],
    [
      'the credential is not set here',
      'an environment variable that is not set',
      () => ['--upstream', leaky.url, '--credential', 'env:NOT_SET_HERE'],
    ],
    [
      'the path is wrong',
      'no /v1/models below',
      () => ['--upstream', `${leaky.url}/deeper`, '--credential', 'file:credential'],
    ],
  ])('says what is wrong when %s, keeps the connection, and exits with 1', async (_, says, args) => {
    const { code, out, err } = await add('claude', '--protocol', 'anthropic', ...args());
    expect({ code, err: err.replace(/^warning: .*\n/gm, '') }).toEqual({ code: 1, err: '' });
    expect(out).toContain(says);
    expect(out).toContain("baseURL: 'http://127.0.0.1:8080/claude'");
    expect(folder.read('sluice.yaml')).toContain('claude: {');
  });

  it.each([
    ['not-json', 'does not list models (200)'],
    ['redirect', 'sends callers elsewhere'],
    ['error-html', 'its own error (5'],
    ['refuse', 'closed the connection'],
  ])('says what is wrong when the model server answers with %s', async (fault, says) => {
    leaky.fault(fault);
    const { code, out } = await add(
      'gpt',
      '--protocol',
      'openai',
      '--upstream',
      leaky.url,
      '--credential',
      'file:credential',
    );
    expect(code).toBe(1);
    expect(out).toContain(says);
  });

  it('takes no credential itself, and changes nothing then', async () => {
    const secret = ['sk', 'live', 'something'].join('-');
    const { code, err } = await add('gpt', '--protocol', 'openai', '--credential', secret);
    expect(code).toBe(1);
    expect(err).toMatch(/not a reference[\s\S]*Nothing was changed/);
    expect(err).not.toContain(secret);
    expect(existsSync(path.join(folder.path, 'sluice.yaml'))).toBe(false);
  });
});

describe('rules', () => {
  const YAML = `# ours
connections: {}
access: [{}]
policies:
  standard: # keep me
    extends: built-in
    response:
      - { find: pii.iban, do: mask } # accounts
`;

  it('are added, allowed and removed with every comment kept', async () => {
    folder.write('sluice.yaml', YAML);
    const run = (...args: string[]) => folder.sluice(['rules', ...args, '--response']);
    expect(await run('add', '--find', 'pii.card,pii.us-ssn', '--do', 'mask', '--as', 'last4')).toMatchObject({
      code: 0,
    });
    expect(
      await run(
        'allow',
        'pii.iban',
        '--pattern',
        'DE00.*',
        '--author',
        'ada',
        '--reason',
        'an example',
        '--expires',
        '2099-01-31',
      ),
    ).toMatchObject({ code: 0 });
    const edited = folder.read('sluice.yaml');
    for (const comment of ['# ours', '# keep me', '# accounts']) expect(edited).toContain(comment);
    const { response } = await folder.json('rules', 'list');
    expect(response).toContainEqual(
      expect.objectContaining({
        find: ['pii.card', 'pii.us-ssn'],
        do: 'mask',
        as: 'last4',
        from: 'standard',
      }),
    );
    expect(response).toContainEqual(expect.objectContaining({ find: ['pii.iban'], exceptions: 1 }));
    expect(await run('remove', 'pii.card, pii.us-ssn')).toMatchObject({ code: 0 });
    expect(await run('remove', 'pii.card, pii.us-ssn')).toMatchObject({ code: 1 });
  });

  it('that could never act are refused, and nothing is changed', async () => {
    folder.write('sluice.yaml', YAML);
    const { code, err } = await folder.sluice([
      'rules',
      'add',
      '--response',
      '--find',
      'pii',
      '--do',
      'approve',
    ]);
    expect(code).toBe(1);
    expect(err).toContain('Nothing was changed.');
    expect(folder.read('sluice.yaml')).toBe(YAML);
  });
});

describe('keys', () => {
  it('are created without a gateway, in a record that is made for the user alone', async () => {
    const { code, out, err } = await folder.sluice([
      'keys',
      'create',
      '--name',
      'ci',
      '--groups',
      'a, b',
      '--json',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^\{"id":"key_[0-9A-Za-z]{11}","key":"slc_[0-9A-Za-z]{49}"\}\n$/);
    expect(statSync(path.join(folder.path, 'data/sluice.db')).mode & 0o077).toBe(0);
    expect(await folder.json('keys', 'list')).toMatchObject([{ name: 'ci', groups: ['a', 'b'] }]);
  });

  it('are listed where there is no record without making one', async () => {
    expect(await folder.json('keys', 'list')).toEqual([]);
    expect(existsSync(path.join(folder.path, 'data'))).toBe(false);
  });
});

describe('a command that fails', () => {
  it('says so in one line, with the address that it tried, and exits with 3 when the gateway has gone', async () => {
    const [port] = await freePorts(1);
    folder.write(
      'sluice.yaml',
      `listen: { admin: 127.0.0.1:${port} }\nstore: sqlite:sluice.db\naccess: [{}]\n`,
    );
    folder.write('admin.token', 'slt_gone\n');
    expect(await folder.sluice(['sessions', 'list'])).toEqual({
      code: 3,
      out: '',
      err: `The gateway cannot be reached at http://127.0.0.1:${port}. Is it running?\n`,
    });
  });

  it('exits with 2 when it is used wrongly, with a way to help', async () => {
    expect(await folder.sluice(['rules', 'add', '--prompt', '--find', 'secret'])).toEqual({
      code: 2,
      out: '',
      err: "error: required option '--do <action>' not specified\nSee --help.\n",
    });
  });
});

describe('check', () => {
  it('tells everything that is wrong at once, with its place, and without colours where nobody sees them', async () => {
    folder.write('bad.yaml', 'acess: []\nconnections:\n  a: { protocol: smoke, upstream: "ftp://x" }\n');
    const { code, out } = await folder.sluice(['check', '--config', 'bad.yaml']);
    expect(code).toBe(1);
    expect(out).toMatch(/bad\.yaml:1:1 [\s\S]*bad\.yaml:3:/);
    expect(out).not.toContain('\u001b');
    const json = JSON.parse((await folder.sluice(['check', '--config', 'bad.yaml', '--json'])).out);
    expect(json).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ line: 1 })]),
    });
  });
});
