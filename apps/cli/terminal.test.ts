// What only a person at a terminal sees: `connections add` asks. A real terminal, by util-linux' `script`, and real keys.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Leaky, startLeaky } from '@sluice/leaky';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Folder, newFolder } from './testing/sluice.ts';

/** Other systems have another `script`, which runs nothing for us. */
const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');
const MAIN = path.resolve(import.meta.dirname, 'main.ts');
const ENTER = '\r';
/** Takes what stands in the field away. */
const CLEAR = '\u0015';
const CTRL_C = '\u0003';

let leaky: Leaky;
let folder: Folder;

beforeAll(async () => {
  leaky = await startLeaky();
  folder = newFolder();
  folder.write('credential', leaky.credential);
});
afterAll(async () => {
  await leaky.close();
  folder.remove();
});

/** Runs a command at a terminal; answers each question, once it is on the screen, with its keys. */
async function atTerminal(
  args: readonly string[],
  answers: readonly (readonly [RegExp, string])[],
): Promise<{ code: number | null; screen: string }> {
  const command = [process.execPath, MAIN, ...args].map((part) => `'${part}'`).join(' ');
  const { PATH, HOME, NODE_OPTIONS } = process.env;
  // A terminal that nobody looks at has no size; questions would be wrapped at every character.
  const sized = `stty cols 100 rows 40; ${command}`;
  const child = spawn('script', ['--quiet', '--return', '--command', sized, '/dev/null'], {
    cwd: folder.path,
    env: { PATH, HOME, NODE_OPTIONS, TERM: 'xterm' },
  });
  let seen = 0;
  let text = '';
  const left = [...answers];
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += stripVTControlCharacters(part);
    const [next] = left;
    if (next === undefined || !next[0].test(text.slice(seen))) return;
    left.shift();
    seen = text.length;
    // The question is drawn before its keys are listened to.
    setTimeout(() => child.stdin.write(next[1]), 100);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(left, text).toEqual([]);
  return { code, screen: text };
}

it.skipIf(!hasTerminal)(
  'asks for what is missing, offers the usual, and does as told (needs `script` of util-linux)',
  async () => {
    const { code, screen } = await atTerminal(
      ['connections', 'add'],
      [
        [/What does the model server speak\?/, ENTER],
        [/Name of the connection/, `${CLEAR}mine${ENTER}`],
        [/URL of the model server/, `${CLEAR}${leaky.url}${ENTER}`],
        [/Where its credential is/, `${CLEAR}file:credential${ENTER}`],
      ],
    );
    expect(screen).toContain('It answers: it lists its models (200).');
    expect(screen).toContain('/mine/v1');
    expect(screen).not.toContain(leaky.credential);
    expect(code).toBe(0);
    const [added] = await folder.json('connections', 'list');
    expect(added).toMatchObject({ name: 'mine', upstream: leaky.url, credential: 'file:credential' });
  },
);

it.skipIf(!hasTerminal)('changes nothing when the person leaves (needs `script` of util-linux)', async () => {
  const before = await folder.json('connections', 'list');
  const { code, screen } = await atTerminal(
    ['connections', 'add'],
    [
      [/What does the model server speak\?/, ENTER],
      [/Name of the connection/, CTRL_C],
    ],
  );
  expect({ code, screen }).toMatchObject({
    code: 2,
    screen: expect.stringContaining('Nothing was changed.'),
  });
  expect(await folder.json('connections', 'list')).toEqual(before);
});
