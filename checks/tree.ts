// The source tree as the structure rules see it: paths, texts and imports. It must not know any rule.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** As written: `node:fs`, `@sluice/types`, `./x.ts`. */
  readonly from: string;
  /** Names taken, before `as`; empty for a namespace, a default or a side effect. */
  readonly names: readonly string[];
  readonly typeOnly: boolean;
  /** From 1. */
  readonly line: number;
}

const SKIPPED_FOLDERS = new Set([
  'node_modules',
  '.git',
  'data',
  'dist',
  'coverage',
  '.vitest',
  'results',
  'fixtures',
]);
const TEXT = /\.(ts|tsx|mts|mjs|js|json|md|ya?ml|html|css|sh)$|^\.ci\/run$|^LICENSE$/;

/** Every text file of the project below `root`, in a stable order. Fixtures are data and are left alone. */
export function readTree(root: string): SourceFile[] {
  const files: SourceFile[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) walk(name);
      } else if (entry.isFile() && TEXT.test(name)) {
        files.push({ path: name, text: readFileSync(path.join(root, name), 'utf8') });
      }
    }
  };
  walk('');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const isSource = (file: SourceFile): boolean => /\.(ts|tsx|mts|mjs|js)$/.test(file.path);

/** Tests and what serves them alone. They may reach further than what is shipped. */
export const isTest = (file: SourceFile): boolean =>
  /\.test\.tsx?$|(^|\/)testing\//.test(file.path) || !/^(packages|apps)\//.test(file.path);

/** The unit that a path belongs to: `packages/inspect`, `apps/cli`, `bench` …; '' for files of the root. */
export function unitOf(file: string): string {
  const parts = file.split('/');
  if (parts[0] === 'packages' || parts[0] === 'apps') return parts.slice(0, 2).join('/');
  return parts.length > 1 ? parts[0]! : '';
}

const STATIC = /^[ \t]*(import|export)\s+(type\s+)?([^'"`;()]*?)\bfrom\s*['"]([^'"]+)['"]/gm;
const SIDE_EFFECT = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g;

/** Imports and re-exports of a file, as far as they are written with literal names. */
export function importsOf(text: string): Import[] {
  const code = text.replace(/^[ \t]*(\/\/|\*|\/\*).*$/gm, '');
  const lineAt = (index: number): number => code.slice(0, index).split('\n').length;
  const found: Import[] = [];
  for (const match of code.matchAll(STATIC)) {
    const clause = match[3]!;
    const braces = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
    const items = braces
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    const onlyTypes =
      items.length > 0 && items.every((item) => item.startsWith('type ')) && /^\s*\{/.test(clause);
    found.push({
      from: match[4]!,
      names: items.filter((item) => !item.startsWith('type ')).map((item) => item.split(/\s+as\s+/)[0]!),
      typeOnly: match[2] !== undefined || onlyTypes,
      line: lineAt(match.index),
    });
  }
  for (const pattern of [SIDE_EFFECT, DYNAMIC]) {
    for (const match of code.matchAll(pattern)) {
      found.push({ from: match[1]!, names: [], typeOnly: false, line: lineAt(match.index) });
    }
  }
  return found;
}
