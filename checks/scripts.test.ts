// The scripts that start everything, run as a person runs them: in a process of their own, without a terminal.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isInstalled } from '../scripts/setup.mjs';

const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'sluice-scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface HowToRun {
  readonly args?: readonly string[];
  /** Called once the file has said something; may signal the process that was started. */
  readonly onOutput?: (kill: (signal: NodeJS.Signals) => void) => void;
  /** Through a shell that stands between, as npm does it. */
  readonly asNpm?: boolean;
}

/** Runs a file with this text, and waits until nobody is left who could write. */
function run(text: string, { args = [], onOutput, asNpm = false }: HowToRun = {}): Promise<Ended> {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.ts`);
  writeFileSync(file, text);
  const command = [process.execPath, path.join(root, 'scripts/run.mjs'), file, ...args];
  const [program, ...rest] = asNpm
    ? ['sh', '-c', `${command.map((word) => `'${word}'`).join(' ')}; exit $?`]
    : command;
  const { npm_lifecycle_event: _event, ...env } = process.env;
  return new Promise((resolve) => {
    const child = spawn(program!, rest, {
      cwd: folder,
      env: asNpm ? { ...env, npm_lifecycle_event: 'start' } : env,
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part) => {
      if (out === '') onOutput?.((signal) => child.kill(signal));
      out += part;
    });
    child.stderr.on('data', (part) => {
      err += part;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('a file of the project', () => {
  test('runs on the pinned Node, with its arguments, in the folder of the caller', async () => {
    const { out, code } = await run(
      `const version: string = process.versions.node; console.log(version.split('.')[0], process.argv.slice(2).join('|'), process.cwd() === ${JSON.stringify(folder)});`,
      { args: ['one', '--two'] },
    );
    expect({ out, code }).toEqual({ out: '24 one|--two true\n', code: 0 });
  });

  test.each([0, 1, 3])('ends with its own exit code %d', async (code) => {
    expect(await run(`process.exitCode = ${code};`)).toMatchObject({ code });
  });

  test('reports the signal that ended it, as a shell does', async () => {
    expect(await run(`process.kill(process.pid, 'SIGKILL');`)).toMatchObject({ code: 137 });
  });

  const draining = (signal: string): string =>
    `process.on('${signal}', () => { console.log('drained'); process.exit(4); }); setInterval(() => undefined, 1000); console.log('ready');`;

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'is told of %s and ends in its own way',
    async (signal) => {
      const ended = await run(draining(signal), { onOutput: (kill) => kill(signal) });
      expect(ended).toMatchObject({ code: 4, out: 'ready\ndrained\n' });
    },
  );

  test('under npm, is told to end when the shell between them has ended', async () => {
    const ended = await run(draining('SIGTERM'), { asNpm: true, onOutput: (kill) => kill('SIGTERM') });
    expect(ended.out).toBe('ready\ndrained\n');
  });

  test('is not told that SQLite is experimental, and is told of everything else', async () => {
    const { err } = await run(
      `import 'node:sqlite'; process.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning'); process.emitWarning('another matter', 'ExperimentalWarning');`,
    );
    expect(err).not.toContain('SQLite');
    expect(err).toContain('another matter');
  });
});

describe('dependencies are installed', () => {
  const lock = (packages: object): string => JSON.stringify({ packages });
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  function tree(wanted: object, present?: object): string {
    const at = mkdtempSync(path.join(folder, 'tree-'));
    writeFileSync(path.join(at, 'package-lock.json'), lock({ '': {}, 'packages/x': {}, ...wanted }));
    mkdirSync(path.join(at, 'node_modules'));
    if (present) writeFileSync(path.join(at, 'node_modules/.package-lock.json'), lock(present));
    return at;
  }

  test.each<[string, boolean, object, object | undefined]>([
    ['npm was never here', false, {}, undefined],
    ['everything is there', true, { 'node_modules/a': a }, { 'node_modules/a': a }],
    [
      'only what belongs to another platform is missing',
      true,
      { 'node_modules/a': { ...a, optional: true } },
      {},
    ],
    ['something is missing', false, { 'node_modules/a': a }, {}],
    [
      'the lockfile wants another version',
      false,
      { 'node_modules/a': { ...a, version: '2.0.0' } },
      { 'node_modules/a': a },
    ],
    [
      'the lockfile wants other bytes',
      false,
      { 'node_modules/a': { ...a, integrity: 'sha512-b' } },
      { 'node_modules/a': a },
    ],
  ])('%s: %s', (_what, expected, wanted, present) => {
    expect(isInstalled(tree(wanted, present))).toBe(expected);
  });

  test('as this clone has them', () => {
    expect(isInstalled(root)).toBe(true);
    const at = mkdtempSync(path.join(folder, 'clone-'));
    cpSync(path.join(root, 'package-lock.json'), path.join(at, 'package-lock.json'));
    expect(isInstalled(at)).toBe(false);
  });
});
