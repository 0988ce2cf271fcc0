// What can be wrong with a document, as values with a place in it. Never quotes a value, since a value may be a secret.

/** The closed union of what can be wrong. Everything that is not a warning keeps the document from coming into force. */
export type IssueCode =
  | 'unknown_key'
  | 'missing_key'
  | 'wrong_type'
  | 'bad_value'
  | 'bad_name'
  | 'reserved_name'
  | 'duplicate_name'
  | 'dangling_name'
  | 'cycle'
  | 'never_acts'
  | 'empty_policy'
  | 'approve_in_response'
  | 'bad_exception'
  | 'expired_exception'
  | 'bad_pattern'
  | 'unknown_kind'
  | 'unavailable'
  | 'weaker'
  | 'nobody_approves';

export type Path = readonly (string | number)[];

export interface Issue<Code extends string = IssueCode> {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  readonly path: Path;
  /** Whether the key or the value at `path` is meant. */
  readonly at: 'key' | 'value';
  /** Continues a sentence that begins with the path: "is not a size like 1MB". */
  readonly message: string;
  readonly hint?: string;
}

export function problem<Code extends string>(
  code: Code,
  path: Path,
  message: string,
  hint?: string,
): Issue<Code> {
  return { code, severity: 'error', path, at: 'value', message, ...(hint === undefined ? {} : { hint }) };
}

export function warning<Code extends string>(
  code: Code,
  path: Path,
  message: string,
  hint?: string,
): Issue<Code> {
  return { ...problem(code, path, message, hint), severity: 'warning' };
}

export function onKey<Code extends string>(issue: Issue<Code>): Issue<Code> {
  return { ...issue, at: 'key' };
}
