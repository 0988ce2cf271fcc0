// The structure rules on small made-up trees: each rule must find what it forbids and leave alone what it allows.
import { expect, test } from 'vitest';
import { problemsOf } from './structure.ts';
import { importsOf } from './tree.ts';

const LICENSE = { path: 'LICENSE', text: 'MIT License\n' };

/** The problems of a tree with one file, as `rule` names; the first comment is added. */
function rulesBroken(path: string, text: string, comment = '// What it is for.\n'): string[] {
  return problemsOf([LICENSE, { path, text: comment + text }]).map((problem) => problem.rule);
}

test.each([
  ['packages/inspect/scanner.ts', '@sluice/automata'],
  ['packages/inspect/scanner.ts', '@sluice/types'],
  ['packages/inspect/detectors/a.ts', '../scanner.ts'],
  ['packages/inspect/detectors/a.ts', '@sluice/inspect/detector'],
  ['packages/inspect/detectors/phone.ts', 'libphonenumber-js/max'],
  ['packages/ledger/seal.ts', 'node:crypto'],
  ['packages/ledger/seal.test.ts', '@sluice/identity'],
  ['packages/automata/dfa.test.ts', 'node:fs'],
  ['apps/gateway/flow/decide.ts', '@sluice/policy'],
  ['apps/cli/main.ts', '@sluice/gateway/compose'],
  ['bench/engine.ts', '../packages/inspect/scanner.ts'],
])('%s may import %s', (path, from) => {
  expect(rulesBroken(path, `import { a } from '${from}';\n`)).toEqual([]);
});

test.each([
  ['packages/automata/dfa.ts', '@sluice/inspect', 'import direction'],
  ['packages/inspect/scanner.ts', '@sluice/policy', 'import direction'],
  ['packages/inspect/scanner.ts', '../policy/decide.ts', 'import direction'],
  ['packages/identity/keys.ts', '@sluice/ledger', 'import direction'],
  ['packages/ledger/seal.ts', '@sluice/gateway/compose', 'import direction'],
  ['packages/ledger/seal.test.ts', '@sluice/gateway', 'import direction'],
  ['packages/new/index.ts', '@sluice/types', 'import direction'],
  ['apps/gateway/flow/decide.ts', '@sluice/cli', 'import direction'],
  ['apps/gateway/flow/decide.ts', '../../leaky/index.ts', 'import direction'],
  ['apps/leaky/index.ts', '@sluice/types', 'import direction'],
  ['packages/automata/dfa.ts', 'node:fs', 'purity'],
  ['packages/automata/dfa.ts', 'fs', 'purity'],
  ['packages/protocols/json/read.ts', 'zod', 'purity'],
  ['packages/policy/decide.ts', 'yaml', 'purity'],
  ['packages/inspect/scanner.ts', '@scope/library/deep', 'purity'],
])('%s may not import %s', (path, from, rule) => {
  expect(rulesBroken(path, `import { a } from '${from}';\n`)).toEqual([rule]);
});

test.each([
  `import type { A } from '@sluice/policy';`,
  `import '@sluice/policy';`,
  `export * from '@sluice/policy';`,
  `import {\n  a,\n  b,\n} from '@sluice/policy';`,
  `const a = await import('@sluice/policy');`,
  `import a, * as b from "@sluice/policy";`,
])('an import is seen in each way of writing one: %j', (text) => {
  expect(rulesBroken('packages/inspect/scanner.ts', `${text}\n`)).toEqual(['import direction']);
});

test('an import in a comment is none', () => {
  expect(importsOf(`// import { a } from 'b';\n/* import 'c'; */\n * from 'd'\n`)).toEqual([]);
});

test('imports know their names, whether they are types, and their line', () => {
  expect(importsOf(`\nimport { a as b, type C } from './d.ts';\nimport { type E } from './e.ts';\n`)).toEqual(
    [
      { from: './d.ts', names: ['a'], typeOnly: false, line: 2 },
      { from: './e.ts', names: [], typeOnly: true, line: 3 },
    ],
  );
});

test.each([
  'const now = Date.now();',
  'const now = new Date();',
  'const roll = Math.random();',
  'const { fetch } = globalThis;',
  'declare const process: { env: Record<string, string> };',
])('a pure package may not say %j', (line) => {
  expect(rulesBroken('packages/policy/hours.ts', `${line}\n`)).toEqual(['purity']);
  expect(rulesBroken('packages/policy/hours.test.ts', `${line}\n`)).toEqual([]);
  expect(rulesBroken('packages/ledger/store.ts', `${line}\n`)).toEqual([]);
});

test.each([
  ['apps/gateway/compose.ts', []],
  ['apps/gateway/compose-engines.ts', []],
  ['apps/gateway/e2e/whole.test.ts', []],
  ['apps/gateway/flow/inspect.ts', ['construction']],
  ['apps/cli/commands/scan.ts', []],
  ['apps/cli/output.ts', ['construction']],
])('%s may build what it works with, or not: %j', (path, rules) => {
  expect(rulesBroken(path, `import { type Ledger, openLedger } from '@sluice/ledger';\n`)).toEqual(rules);
  expect(rulesBroken(path, `import type { openLedger } from '@sluice/ledger';\n`)).toEqual([]);
});

test('a pure package may read a given time', () => {
  expect(rulesBroken('packages/policy/hours.ts', 'const at = new Date(now);\n')).toEqual([]);
});

test('a source file begins with a comment, after the line that names its interpreter', () => {
  expect(rulesBroken('apps/cli/main.ts', 'const a = 1;\n', '')).toEqual(['first comment']);
  expect(rulesBroken('apps/cli/main.ts', '// For a.\n', '#!/usr/bin/env node\n')).toEqual([]);
  expect(rulesBroken('.ci/run', 'npm test\n', '#!/usr/bin/env bash\n')).toEqual(['first comment']);
});

test('a file has at most 500 lines, unless it is a table', () => {
  const rows = (count: number): string => 'row;\n'.repeat(count - 1);
  expect(rulesBroken('apps/cli/main.ts', rows(500))).toEqual([]);
  expect(rulesBroken('apps/cli/main.ts', rows(501))).toEqual(['length']);
  expect(rulesBroken('packages/inspect/views/confusables.table.ts', rows(501))).toEqual([]);
  expect(rulesBroken('packages/inspect/tables/confusables.ts', rows(501))).toEqual([]);
});

test.each([
  ['apps/cli/main.ts', `// ${'TO'}${'DO'} later`],
  ['docs/guide.md', `Download it from https://registry.${'npmjs'}.org/x`],
  ['apps/cli/main.ts', `// @ts-${'ignore'}`],
  ['apps/cli/main.ts', `try { a(); } ${'catch'} {}`],
  ['apps/cli/main.ts', `try { a(); } ${'catch'} (error) { }`],
  ['apps/cli/main.test.ts', `test.${'only'}('a', b);`],
])('%s may not say %j', (path, line) => {
  expect(rulesBroken(path, `${line}\n`)).toEqual(['banned']);
});

test('the lockfile names no place of download, and every dependency has a permissive licence', () => {
  const lock = (row: object): string[] =>
    rulesBroken('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': row } }, null, 2), '');
  expect(lock({ version: '1.0.0', license: '(GPL-2.0 OR MIT)' })).toEqual([]);
  expect(lock({ resolved: 'packages/a', link: true })).toEqual([]);
  expect(lock({ license: 'MIT', resolved: 'https://example.com/a.tgz' })).toEqual(['lockfile']);
  expect(lock({ license: 'AGPL-3.0' })).toEqual(['licence']);
  expect(lock({})).toEqual(['licence']);
});

test('every package and the project say that they are under the MIT licence', () => {
  expect(rulesBroken('packages/a/package.json', '{ "license": "MIT" }', '')).toEqual([]);
  expect(rulesBroken('packages/a/package.json', '{}', '')).toEqual(['licence']);
  expect(problemsOf([]).map((problem) => problem.path)).toEqual(['LICENSE']);
});
