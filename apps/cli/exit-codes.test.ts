// What each way to use a command exits with: 0 done, 1 a finding or a failed check, 2 usage, 3 cannot reach the gateway.
// Run in this process, in a folder of its own, since a process for each would take long.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { main } from './program.ts';

const home = process.cwd();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-exit-'));
  process.chdir(folder);
  writeFileSync('good.yaml', 'access: [{}]\n');
  writeFileSync('clean.txt', 'nothing at all\n');
  writeFileSync('spoiled.yaml', 'store: sqlite:spoiled.db\nseal: { key: file:spoiled.key }\naccess: [{}]\n');
  writeFileSync('spoiled.db', 'no database at all '.repeat(300));
  writeFileSync('spoiled.key', `sluice-master-1:${Buffer.alloc(32, 7).toString('base64url')}\n`, {
    mode: 0o600,
  });
  writeFileSync('blocked.yaml', 'store: sqlite:clean.txt/below.db\naccess: [{}]\n');
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it.each<[number, string, string]>([
  [0, 'help', '--help'],
  [0, 'the version', '--version'],
  [0, 'help of a command', 'help rules'],
  [0, 'a good file', 'check --config good.yaml'],
  [0, 'a text that holds nothing', 'scan clean.txt'],
  [0, 'no keys to list', 'keys list'],
  [1, 'nothing to check', 'check'],
  [1, 'no such connection', 'connections test nope'],
  [1, 'no such connection to remove', 'connections remove nope --config good.yaml'],
  [1, 'no such policy', 'rules list --policy nope'],
  [1, 'no such rule', 'rules remove secret --prompt --config good.yaml'],
  [1, 'a kind that nothing finds', 'rules add --prompt --find nonsense --do mask --config good.yaml'],
  [1, 'no such key', 'keys revoke key_nope'],
  [1, 'a folder where a file should be', 'check --config .'],
  [1, 'a folder that is not there', 'rules add --prompt --find pii --do mask --config no/where.yaml'],
  [1, 'a record that is none', 'keys list --config spoiled.yaml'],
  [1, 'a record that cannot be made', 'keys create --name a --config blocked.yaml'],
  [2, 'nothing', ''],
  [2, 'no such command', 'nope'],
  [2, 'no such command below a command', 'rules nope'],
  [2, 'an option that there is not', 'check --nope'],
  [2, 'a required option left out', 'rules add --prompt --find secret'],
  [2, 'a required argument left out', 'sessions show'],
  [2, 'a value that is none of the choices', 'rules add --prompt --find secret --do mangle'],
  [2, 'a number that is none', 'rules add --prompt --find secret --do mask --confidence high'],
  [2, 'neither side of a call', 'rules add --find secret --do mask'],
  [2, 'both sides of a call', 'rules remove secret --prompt --response'],
  [2, 'what to add left out, without a terminal', 'connections add'],
  [2, 'a span that is none', 'keys create --name a --expires soon'],
  [2, 'a name that is none', 'keys create --name a/b'],
  [2, 'a limit that is none', 'sessions list --limit 0'],
  [2, 'a file that is not there', 'connections list --config nowhere.yaml'],
  [2, 'a text that is not there', 'scan nowhere.txt'],
  [2, 'a direction that is none', 'scan --direction sideways'],
  [2, 'a chunk that is none', 'scan --chunk 0'],
  [2, 'files with --jsonl', 'scan --jsonl clean.txt'],
  [3, 'no gateway to ask for approvals', 'approvals list'],
  [3, 'no gateway to ask for sessions', 'sessions list'],
  [3, 'no gateway to stop', 'connections stop all --reason drill'],
  [3, 'no gateway to break the glass of', 'break-glass request ada --reason drill'],
])('%d for %s', async (code, _, line) => {
  expect(await main(line === '' ? [] : line.split(' '))).toBe(code);
});
