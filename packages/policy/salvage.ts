// Reads a document as far as it can be read: every part that is right is given on, every part that is wrong becomes an
// issue, so that later checks still see the rest and all problems come at once. It knows zod, and no document.
import { z } from 'zod';
import { type Issue, onKey, type Path, problem } from './issue.ts';
import { didYouMean } from './suggest.ts';

/** A document of which parts may be missing because they were wrong. */
export type Salvaged<T> = T extends readonly (infer U)[]
  ? readonly (Salvaged<U> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Salvaged<T[K]> | undefined }
    : T;

/** `complete` is the whole document when nothing is wrong with it. */
export interface Reading<T> {
  readonly parts: Salvaged<T> | undefined;
  readonly complete: T | undefined;
  readonly issues: readonly Issue[];
}

export function salvage<S extends z.ZodType>(schema: S, raw: unknown, path: Path = []): Reading<z.output<S>> {
  const issues: Issue[] = [];
  const parts = read(schema, raw, path, issues) as Salvaged<z.output<S>> | undefined;
  return { parts, complete: issues.length === 0 ? (parts as z.output<S>) : undefined, issues };
}

function read(schema: z.ZodType, raw: unknown, path: Path, issues: Issue[]): unknown {
  if (raw === null) {
    issues.push(problem('wrong_type', path, 'is empty', 'Give it a value, or leave the key out.'));
    return undefined;
  }
  const before = issues.length;
  const shape = container(schema, raw);
  const parts = shape === undefined ? undefined : descend(shape, raw, path, issues);
  if (issues.length > before) return parts;
  const parsed = schema.safeParse(raw, { error: inOurWords });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) issues.push(explain(issue, path, raw));
  return parts;
}

function descend(shape: Container, raw: unknown, path: Path, issues: Issue[]): unknown {
  if (shape instanceof z.ZodArray) {
    return (raw as unknown[]).map((item, i) => read(shape.element as z.ZodType, item, [...path, i], issues));
  }
  const from = raw as Readonly<Record<string, unknown>>;
  const into: Record<string, unknown> = Object.create(null);
  if (shape instanceof z.ZodRecord) {
    for (const key of Object.keys(from)) {
      const named = (shape.keyType as unknown as z.ZodType).safeParse(key, { error: inOurWords });
      if (!named.success)
        issues.push(onKey(problem('bad_name', [...path, key], named.error.issues[0]!.message)));
      into[key] = read(shape.valueType as z.ZodType, from[key], [...path, key], issues);
    }
    return into;
  }
  const known = shape.shape as Readonly<Record<string, z.ZodType>>;
  for (const key of Object.keys(from)) {
    if (Object.hasOwn(known, key)) into[key] = read(known[key]!, from[key], [...path, key], issues);
    else
      issues.push(
        onKey(
          problem(
            'unknown_key',
            [...path, key],
            'is not a key that exists here',
            didYouMean(key, Object.keys(known)),
          ),
        ),
      );
  }
  for (const [key, schema] of Object.entries(known)) {
    if (Object.hasOwn(from, key) || schema.safeParse(undefined).success) continue;
    issues.push(problem('missing_key', path, `has no \`${key}\``));
  }
  return into;
}

type Container = z.ZodObject | z.ZodArray | z.ZodRecord;

/** The object, list or mapping that `raw` is meant to be under this schema, when it is one of them. */
function container(schema: z.ZodType, raw: unknown): Container | undefined {
  if (schema instanceof z.ZodOptional) return container(schema.unwrap() as z.ZodType, raw);
  if (schema instanceof z.ZodPipe) return container(schema.in as z.ZodType, raw);
  if (schema instanceof z.ZodUnion) {
    for (const option of schema.options as readonly z.ZodType[]) {
      const found = container(option, raw);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Array.isArray(raw)) return schema instanceof z.ZodArray ? schema : undefined;
  if (typeof raw !== 'object') return undefined;
  return schema instanceof z.ZodObject || schema instanceof z.ZodRecord ? schema : undefined;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'is not text',
  number: 'is not a number',
  int: 'is not a whole number',
  boolean: 'is not true or false',
  array: 'is not a list',
  object: 'is not a mapping of keys to values',
  record: 'is not a mapping of keys to values',
};

/** For issues to which the schema itself gives no words. */
function inOurWords(issue: z.core.$ZodRawIssue): string {
  return issue.code === 'invalid_type'
    ? (EXPECTED[issue.expected] ?? 'is of the wrong type')
    : 'is not a value that can be used here';
}

function explain(issue: z.core.$ZodIssue, path: Path, raw: unknown): Issue {
  const at = [...path, ...issue.path.map((step) => (typeof step === 'symbol' ? step.toString() : step))];
  switch (issue.code) {
    case 'invalid_type':
      return problem('wrong_type', at, issue.message);
    case 'invalid_union': {
      const nearest = issue.errors.find(
        (branch) =>
          branch.length > 0 &&
          branch.every((inner) => inner.code !== 'invalid_type' || inner.path.length > 0),
      );
      return nearest === undefined ? problem('wrong_type', at, issue.message) : explain(nearest[0]!, at, raw);
    }
    case 'invalid_value': {
      const hint =
        typeof raw === 'string' && issue.path.length === 0
          ? didYouMean(raw, issue.values.map(String))
          : undefined;
      return problem('bad_value', at, issue.message, hint);
    }
    default:
      return problem('bad_value', at, issue.message);
  }
}
