// The configuration over time: real files, changed in all the ways in which files change.
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConfigEvent, ConfigSource } from './source.ts';

const SECRET = ['first', 'secret'].join('-');
const text = (model: string, more = '') =>
  `access:\n  - { models: [${model}] }\nconnections:\n  c: { protocol: openai, upstream: https://a.example, credential: file:secrets/key }\n${more}`;

let directory = '';
let file = '';
let source: ConfigSource | undefined;
let events: ConfigEvent[] = [];
let waiting: (() => void) | undefined;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sluice-source-'));
  file = path.join(directory, 'sluice.yaml');
  mkdirSync(path.join(directory, 'secrets'));
  writeFileSync(path.join(directory, 'secrets/key'), SECRET);
  events = [];
});

afterEach(() => {
  source?.close();
  source = undefined;
  rmSync(directory, { recursive: true });
});

function open(at = file): ConfigSource {
  const opened = ConfigSource.openFile(at);
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  source = opened.source;
  source.subscribe((event) => {
    events.push(event);
    waiting?.();
  });
  return opened.source;
}

/** The next event after the change, or the one that has come meanwhile. */
async function after(change: () => void): Promise<ConfigEvent> {
  const before = events.length;
  change();
  while (events.length === before) await new Promise<void>((resolve) => (waiting = resolve));
  return events[before]!;
}

const models = (config = source?.current) => config?.access.map((rule) => rule.models);
const credential = () => source?.current.connections.c?.credential?.reveal();

describe('reading again', () => {
  test('a good file replaces the configuration in one step, and who holds the old one keeps it', () => {
    writeFileSync(file, text('one'));
    const before = open().current;
    writeFileSync(file, text('two'));
    const event = source?.reload();
    expect(event).toMatchObject({ type: 'applied', atNextStart: [] });
    expect([models(), models(before)]).toEqual([[['two']], [['one']]]);
  });

  test('a bad file leaves the old configuration in force and says what is wrong', () => {
    writeFileSync(file, text('one'));
    const before = open().current;
    writeFileSync(file, text('two', 'polices: {}\n'));
    const event = source?.reload();
    expect(event).toMatchObject({
      type: 'rejected',
      problems: [{ code: 'unknown_key', line: 5, column: 1 }],
    });
    expect(source?.current).toBe(before);
  });

  test('a file that is gone, or emptied, leaves the old configuration in force', () => {
    writeFileSync(file, text('one'));
    open();
    writeFileSync(file, '');
    expect(source?.reload()).toMatchObject({ type: 'rejected', problems: [{ code: 'unreadable_file' }] });
    rmSync(file);
    expect(source?.reload()).toMatchObject({ type: 'rejected', problems: [{ code: 'unreadable_file' }] });
    expect(models()).toEqual([['one']]);
  });

  test('nothing happens when nothing has changed, and a bad file is told of once', () => {
    writeFileSync(file, text('one'));
    open();
    expect(source?.reload()).toBeUndefined();
    writeFileSync(file, 'nonsense: 1\n');
    expect(source?.reload()?.type).toBe('rejected');
    expect(source?.reload()).toBeUndefined();
    writeFileSync(file, text('one'));
    expect(source?.reload()?.type).toBe('applied');
    expect(events.map(({ type }) => type)).toEqual(['rejected', 'applied']);
  });

  test('when forced, says so even though nothing has changed', () => {
    writeFileSync(file, text('one'));
    expect(open().reload({ force: true })?.type).toBe('applied');
  });

  test('names what counts only from the next start on', () => {
    writeFileSync(file, text('one'));
    open();
    writeFileSync(file, text('one', 'listen: { data: 127.0.0.1:9 }\nstore: sqlite:other.db\n'));
    expect(source?.reload()).toMatchObject({ atNextStart: ['listen.data', 'store'] });
  });

  test('a secret that has changed is read anew, and a missing one is a problem', () => {
    writeFileSync(file, text('one'));
    open();
    writeFileSync(path.join(directory, 'secrets/key'), 'second-secret\n');
    expect(source?.reload()?.type).toBe('applied');
    expect(credential()).toBe('second-secret');
    rmSync(path.join(directory, 'secrets/key'));
    expect(source?.reload()).toMatchObject({
      type: 'rejected',
      problems: [{ code: 'unresolved_reference' }],
    });
    expect(credential()).toBe('second-secret');
  });
});

describe('watching', () => {
  test('sees a file that is written in place, renamed over, removed and written again', async () => {
    writeFileSync(file, text('one'));
    open().watch();
    await after(() => writeFileSync(file, text('two')));
    expect(models()).toEqual([['two']]);

    writeFileSync(`${file}~`, text('three'));
    await after(() => renameSync(`${file}~`, file));
    expect(models()).toEqual([['three']]);

    expect(await after(() => rmSync(file))).toMatchObject({ type: 'rejected' });
    await after(() => writeFileSync(file, text('four')));
    expect(models()).toEqual([['four']]);
  });

  test('sees a bad file, and the good one after it', async () => {
    writeFileSync(file, text('one'));
    open().watch();
    expect(await after(() => writeFileSync(file, 'access: {}\n'))).toMatchObject({ type: 'rejected' });
    expect(models()).toEqual([['one']]);
    expect(await after(() => writeFileSync(file, text('two')))).toMatchObject({ type: 'applied' });
  });

  test('sees a change of what a symbolic link leads to, as mounted volumes make it', async () => {
    for (const [version, model] of [
      ['v1', 'one'],
      ['v2', 'two'],
    ] as const) {
      mkdirSync(path.join(directory, version));
      writeFileSync(
        path.join(directory, version, 'sluice.yaml'),
        text(model).replace('secrets/key', path.join(directory, 'secrets/key')),
      );
    }
    symlinkSync('v1', path.join(directory, 'current'));
    symlinkSync('current/sluice.yaml', file);
    open().watch();
    await after(() => {
      symlinkSync('v2', path.join(directory, 'next'));
      renameSync(path.join(directory, 'next'), path.join(directory, 'current'));
    });
    expect(models()).toEqual([['two']]);
  });

  test('sees a secret that is replaced, without a change of the file', async () => {
    writeFileSync(file, text('one'));
    open().watch();
    expect(credential()).toBe(SECRET);
    writeFileSync(path.join(directory, 'secrets/next'), 'second-secret');
    await after(() => renameSync(path.join(directory, 'secrets/next'), path.join(directory, 'secrets/key')));
    expect(credential()).toBe('second-secret');
  });

  test('follows a secret that a changed file names for the first time', async () => {
    writeFileSync(file, text('one'));
    open().watch();
    await after(() => writeFileSync(file, text('two').replace('secrets/key', 'other')));
    expect(events.at(-1)).toMatchObject({ type: 'rejected', problems: [{ code: 'unresolved_reference' }] });
    await after(() => writeFileSync(path.join(directory, 'other'), 'other-secret'));
    expect([models(), credential()]).toEqual([[['two']], 'other-secret']);
  });

  test('reads again on SIGHUP', async () => {
    writeFileSync(file, text('one'));
    open().watch();
    expect(await after(() => process.kill(process.pid, 'SIGHUP'))).toMatchObject({ type: 'applied' });
  });

  test('never shows half a file, however it is written', async () => {
    writeFileSync(file, text('one'));
    open().watch();
    const seen = new Set<string>();
    source?.subscribe(() => seen.add(JSON.stringify(models())));
    for (let i = 0; i < 40; i++) {
      const whole = text(`m${i}`);
      writeFileSync(file, whole.slice(0, 20 + i));
      writeFileSync(file, whole);
      if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await after(() => writeFileSync(file, text('last')));
    while (JSON.stringify(models()) !== '[["last"]]')
      await new Promise<void>((resolve) => (waiting = resolve));
    for (const state of seen) expect(state).toMatch(/^\[\["(one|m\d+|last)"\]\]$/);
  });

  test('ends when the source is closed', async () => {
    writeFileSync(file, text('one'));
    const closed = open();
    closed.watch();
    closed.close();
    expect(process.listenerCount('SIGHUP')).toBe(0);
    writeFileSync(file, text('two'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(closed.current.access[0]?.models).toEqual(['one']);
  });
});

test('a file with problems does not open', () => {
  writeFileSync(file, 'x: 1\n');
  expect(ConfigSource.openFile(file)).toMatchObject({
    ok: false,
    problems: [{ code: 'unknown_key' }, { code: 'nothing_allowed' }],
  });
});
