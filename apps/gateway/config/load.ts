// From a text to a configuration in force, or to everything that is wrong with it at once.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkPolicies, type KnownKind, salvage } from '@sluice/policy';
import { build } from './build.ts';
import { checkFileParts } from './check-file.ts';
import type { Config } from './config.ts';
import { File, type FileDocument } from './document.ts';
import { KINDS } from './kinds.ts';
import { validate } from './patterns.ts';
import { type ConfigIssue, isError, type Problem, placed } from './problem.ts';
import { whyUnread } from './reference.ts';
import { readYaml, type YamlText } from './yaml.ts';

export interface LoadOptions {
  /** Of the file, for messages and for `Config.file`; undefined for a text of the program's own. */
  readonly file?: string | undefined;
  /** Where relative paths start. Default: the file's directory, else the working directory. */
  readonly directory?: string | undefined;
  /** Default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Epoch milliseconds. Default: now. */
  readonly now?: number | undefined;
  /** What the engine finds. Default: what its built-in detectors do. */
  readonly kinds?: readonly KnownKind[] | undefined;
}

export interface Loaded {
  /** In the order of the file. */
  readonly problems: readonly Problem[];
  /** Undefined when a problem is an error. */
  readonly config: Config | undefined;
  /** Absolute paths of the files that secrets and certificates came from, or were to come from. */
  readonly secretFiles: readonly string[];
  /** Hash of the text and of everything it refers to: the same when nothing has changed. */
  readonly fingerprint: string;
}

/** Everything that is wrong with the text itself. Reads no secret and no other file. */
export function checkText(
  text: string,
  options: LoadOptions = {},
): { readonly problems: readonly Problem[]; readonly document: FileDocument | undefined } {
  const { problems, document } = examine(text, options);
  return { problems, document };
}

export function loadText(text: string, options: LoadOptions = {}): Loaded {
  const { problems, document, yaml } = examine(text, options);
  const hash = sha256(text);
  if (document === undefined) return { problems, config: undefined, secretFiles: [], fingerprint: hash };
  const directory = path.resolve(
    options.directory ?? (options.file === undefined ? '.' : path.dirname(options.file)),
  );
  const built = build(document, {
    text,
    hash,
    file: options.file,
    directory,
    env: options.env ?? process.env,
  });
  const all = inOrder([...problems, ...placed(built.issues, yaml)]);
  const fingerprint = sha256(`${hash} ${built.secretsHash}`);
  return {
    problems: all,
    config: all.some(isError) ? undefined : built.config,
    secretFiles: built.secretFiles,
    fingerprint,
  };
}

/** What `sluice check` and the start need. A file that cannot be read is a problem too. */
export function loadFile(file: string, options: Omit<LoadOptions, 'file'> = {}): Loaded {
  const absolute = path.resolve(file);
  try {
    const text = readFileSync(absolute, 'utf8');
    // An editor may empty a file before it writes it: nothing is not taken for "nothing is allowed".
    if (text.trim() === '') return unread('The file is empty');
    return loadText(text, { ...options, file: absolute });
  } catch (error) {
    return unread(`The file ${whyUnread(error)}`);
  }
}

function unread(message: string): Loaded {
  const problem: Problem = {
    code: 'unreadable_file',
    severity: 'error',
    line: 1,
    column: 1,
    length: 1,
    path: '',
    message,
  };
  return { problems: [problem], config: undefined, secretFiles: [], fingerprint: sha256(message) };
}

function examine(
  text: string,
  options: LoadOptions,
): { problems: readonly Problem[]; document: FileDocument | undefined; yaml: YamlText } {
  const yaml = readYaml(text);
  const faults = yaml.faults.map(
    ({ issue, place }): Problem => ({
      code: issue.code,
      severity: issue.severity,
      ...place,
      path: '',
      message: `The file ${issue.message}`,
    }),
  );
  if (yaml.value === undefined) return { problems: inOrder(faults), document: undefined, yaml };
  // An empty file, or one of comments alone, is a mapping without keys.
  const { parts, complete, issues } = salvage(File, yaml.value ?? {});
  const found: ConfigIssue[] = [...issues];
  if (parts !== undefined) {
    const approvers = (parts.identity?.roles?.approver ?? []).filter((group) => group !== undefined);
    found.push(...checkFileParts(parts));
    found.push(
      ...checkPolicies(parts.policies ?? {}, {
        validate,
        approvers,
        now: options.now ?? Date.now(),
        kinds: options.kinds ?? KINDS,
      }),
    );
  }
  const problems = inOrder([...faults, ...placed(found, yaml)]);
  return { problems, document: problems.some(isError) ? undefined : complete, yaml };
}

/** In the order of the file; of several with one code in one place, the first says enough. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  const single = problems.filter(({ code, line, column, path }) => {
    const key = `${code} ${line}:${column} ${path}`;
    return !seen.has(key) && seen.add(key);
  });
  return single.sort((a, b) => a.line - b.line || a.column - b.column);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
