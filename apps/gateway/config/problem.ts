// What is wrong with a configuration, with its place. Never quotes a value.
import type { Issue, IssueCode, Path } from '@sluice/policy';
import { veil } from './veil.ts';
import type { YamlText } from './yaml.ts';

/** Besides the codes of the policy package: what can be wrong with the file around the policies. */
export type ConfigCode =
  | IssueCode
  | 'unreadable_file'
  | 'too_large'
  | 'yaml_syntax'
  | 'yaml_feature'
  | 'duplicate_key'
  | 'literal_secret'
  | 'bad_reference'
  | 'unresolved_reference'
  | 'not_interpolated'
  | 'bad_address'
  | 'bad_url'
  | 'duplicate_default'
  | 'unreachable_rule'
  | 'nothing_allowed'
  | 'insecure';

export type ConfigIssue = Issue<ConfigCode>;

export interface Problem {
  readonly code: ConfigCode;
  readonly severity: 'error' | 'warning';
  /** From 1, in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  /** How far the place reaches on its line, at least 1. */
  readonly length: number;
  /** Readable: `policies.standard.prompt[0].do`. Empty for the whole file. */
  readonly path: string;
  /** A whole sentence without a full stop. */
  readonly message: string;
  readonly hint?: string;
}

export function isError(problem: { readonly severity: string }): boolean {
  return problem.severity === 'error';
}

/** Problems in the order of the file, each once. */
export function placed(issues: readonly ConfigIssue[], yaml: YamlText): readonly Problem[] {
  const problems = issues.map((issue): Problem => {
    const { line, column, length } = yaml.locate(issue.path, issue.at);
    const path = pathText(yaml.written(issue.path));
    return {
      code: issue.code,
      severity: issue.severity,
      line,
      column,
      length,
      path,
      message: `${path === '' ? 'The file' : path} ${issue.message}`,
      ...(issue.hint === undefined ? {} : { hint: issue.hint }),
    };
  });
  const seen = new Set<string>();
  return problems
    .filter((problem) => {
      const key = `${problem.line}:${problem.column} ${problem.message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** `access[0].models`; a key that looks like a secret is veiled. */
export function pathText(path: Path): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${veil(step)}`))
    .join('');
}
