// The files that a scan reads: those that are named, and those below folders that no ignore file leaves out. It must not
// know what is looked for.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../failure.ts';
import { type IgnoreRule, ignoreRules, isIgnored } from './ignore.ts';

const IGNORE_FILES = ['.gitignore', '.sluiceignore'];
/** Never a person's own text, whatever ignore files say. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn', 'node_modules']);
/** Bytes of the beginning in which a zero byte means that a file is not text, as git judges. */
const LOOKED_AT = 8000;

interface Scope {
  readonly folder: string;
  readonly rules: readonly IgnoreRule[];
}

function rulesIn(folder: string): IgnoreRule[] {
  return IGNORE_FILES.flatMap((name) => {
    try {
      return ignoreRules(readFileSync(path.join(folder, name), 'utf8'));
    } catch (cause) {
      if ((cause as { code?: unknown }).code === 'ENOENT') return [];
      throw cause;
    }
  });
}

function leftOut(scopes: readonly Scope[], file: string, isFolder: boolean): boolean {
  for (const { folder, rules } of scopes) {
    const found = isIgnored(rules, path.relative(folder, file).replaceAll(path.sep, '/'), isFolder);
    if (found !== undefined) return found;
  }
  return false;
}

function* below(folder: string, outer: readonly Scope[]): Generator<string> {
  const scopes = [{ folder, rules: rulesIn(folder) }, ...outer];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (LEFT_OUT.has(entry.name) || leftOut(scopes, file, entry.isDirectory())) continue;
    if (entry.isDirectory()) yield* below(file, scopes);
    else if (entry.isFile()) yield file;
  }
}

/** Files in order of name; a file that is named is read even where an ignore file leaves it out. Links are not followed. */
export function filesOf(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (name === '-') return [name];
    try {
      return statSync(name).isDirectory() ? [...below(name, [])] : [name];
    } catch {
      throw new Failure('usage', `${name} cannot be read.`);
    }
  });
}

/** The text of a file, or undefined when it is not text. */
export function textIn(file: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new Failure('usage', `${file} cannot be read.`);
  }
  return bytes.subarray(0, LOOKED_AT).includes(0) ? undefined : bytes.toString('utf8');
}
