// Self and total time of a profile whose times are known.
import { expect, test } from 'vitest';
import { functionsByFile, functionsByTotal, type Profile } from './profile.ts';

function node(id: number, functionName: string, url: string, children: readonly number[]) {
  return { id, children, callFrame: { functionName, url, lineNumber: 9 } };
}

const PROFILE: Profile = {
  nodes: [
    node(1, '(root)', '', [2, 6]),
    node(2, 'flow', 'file:///p/apps/flow.ts', [3]),
    node(3, 'scan', 'file:///p/packages/scan.ts', [4, 5]),
    node(4, 'scan', 'file:///p/packages/scan.ts', []),
    node(5, 'writev', '', []),
    node(6, '(idle)', '', []),
  ],
  samples: [2, 2, 3, 4, 5, 6],
  timeDeltas: [50, 10, 20, 30, 40, 1_000],
  startTime: 1_000,
};

test('files are listed by the time in themselves, without idle time and without what came before', () => {
  const files = functionsByFile(PROFILE, '/p/', 1_055);
  expect(files.map((file) => [file.file, Math.round(file.share * 100)])).toEqual([
    ['packages/scan.ts', 50],
    ['native', 40],
    ['apps/flow.ts', 10],
  ]);
});

test('functions of the project are listed with what they call, and recursion counts once', () => {
  const functions = functionsByTotal(PROFILE, '/p/', 1_055);
  expect(
    functions.map((entry) => [entry.name, Math.round(entry.total * 100), Math.round(entry.self * 100)]),
  ).toEqual([
    ['flow:10', 100, 10],
    ['scan:10', 90, 50],
  ]);
});
