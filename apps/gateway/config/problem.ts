// What is wrong with a configuration, with its place. Never quotes a value.
import type { Issue, IssueCode, Path } from '@sluice/policy';
import type { Place } from './place.ts';
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

export interface Problem extends Place {
  readonly code: ConfigCode;
  readonly severity: 'error' | 'warning';
  /** Readable: `policies.standard.prompt[0].do`. Empty for the whole file. */
  readonly path: string;
  /** A whole sentence without a full stop. */
  readonly message: string;
  readonly hint?: string;
}

export function isError(problem: { readonly severity: string }): boolean {
  return problem.severity === 'error';
}

/** The issues with their places. */
export function placed(issues: readonly ConfigIssue[], yaml: YamlText): readonly Problem[] {
  return issues.map((issue): Problem => {
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
}

/** `access[0].models`; a key that looks like a secret is veiled. */
export function pathText(path: Path): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${veil(step)}`))
    .join('');
}
