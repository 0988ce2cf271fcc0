// What an exchange can be found by: terms out of headers, and out of a filter the terms that it asks for. Both stores keep
// terms the same way, (term, time, position), so that one term gives its page by a walk along one index.
// It must not know how a store keeps them, and no term holds a value of a prompt or an answer.
import { createHash } from 'node:crypto';
import type { LaneFinding } from '@sluice/types';
import type { BeginHeader, EndHeader, StepHeader } from './entry.ts';
import type { ExchangeFilter } from './ledger.ts';

/** `field:value`. */
export type Term = string;

/** Longer values are told apart by their digest: an index has a bound, and callers choose the names of models. */
const LONGEST = 200;

export function term(field: string, value: string): Term {
  const text = value.replaceAll('\0', '\ufffd');
  if (text.length <= LONGEST) return `${field}:${text}`;
  return `${field}:${text.slice(0, 32)}…${createHash('sha256').update(text).digest('base64url')}`;
}

/** A kind is found under its own name and under each of its branches. */
function* branches(kinds: Readonly<Record<string, number>>): Iterable<Term> {
  for (const kind in kinds)
    for (let end = kind.length; end > 0; end = kind.lastIndexOf('.', end - 1))
      yield term('finding', kind.slice(0, end));
}

export function beginTerms(begin: BeginHeader): Set<Term> {
  const { principal, connection, operation, model, policy, verdict, refused, findings } = begin;
  const terms = new Set([
    term('principal', principal?.subject ?? ''),
    term('connection', connection),
    term('operation', operation),
    term('model', model),
    term('verdict', verdict.kind),
  ]);
  for (const group of principal?.groups ?? []) terms.add(term('group', group));
  if (policy) terms.add(term('policy', policy.name)).add(term('policy', policy.hash));
  if (refused !== undefined) terms.add(term('error', refused));
  for (const kind of branches(findings)) terms.add(kind);
  return terms;
}

const APPROVAL_STEPS = new Set(['hold', 'approved', 'denied', 'expired']);

export function stepTerms({ step, details }: StepHeader): Term[] {
  if (!APPROVAL_STEPS.has(step)) return [];
  return [
    term('approval', step),
    ...(typeof details.approval === 'string' ? [term('approval', details.approval)] : []),
  ];
}

/** Fields whose terms a store of columns keeps beside them. */
const BESIDE = new Set(['group', 'policy', 'error', 'approval', 'size', 'latency']);

export const isBeside = (found: Term): boolean => BESIDE.has(found.slice(0, found.indexOf(':')));

/** An exchange that was interrupted has that as its error, whatever else is known of it. */
export function endTerms(end: EndHeader, beganAt: number): Set<Term> {
  const terms = new Set(branches(end.findings));
  if (end.error !== undefined) terms.add(term('error', end.error));
  if (end.outcome === 'interrupted') terms.add(term('error', 'interrupted'));
  const { size, latency } = measures(end, beganAt);
  return terms.add(classTerm('size', sizeClass(size))).add(classTerm('latency', sizeClass(latency)));
}

export function measures(
  end: EndHeader,
  beganAt: number,
): { readonly size: number; readonly latency: number } {
  return { size: end.requestBytes + end.responseBytes, latency: Math.max(0, end.at - beganAt) };
}

/**
 * Classes of numbers, eight to an octave: a range is a few classes, each found along its own stretch of the index, and only
 * the first and the last class hold numbers that are not in it.
 */
const sizeClass = (n: number): number => Math.floor(Math.log2(n + 1) * 8);

const classTerm = (field: Measure, n: number): Term => term(field, String(n));

export type Measure = 'size' | 'latency';

export interface Range {
  readonly measure: Measure;
  /** Both included. */
  readonly min: number;
  readonly max: number;
}

/** Terms of every class that the range touches. */
export function classTerms({ measure, min, max }: Range): Term[] {
  const terms: Term[] = [];
  for (let n = sizeClass(min); n <= sizeClass(max); n++) terms.push(classTerm(measure, n));
  return terms;
}

/** What a filter asks for, beside time and page. Terms come with the ones that are likely to be the rarest first. */
export interface Wanted {
  readonly terms: readonly Term[];
  readonly ranges: readonly Range[];
  readonly mark: Buffer | undefined;
}

const FIELDS = [
  'approval',
  'error',
  'finding',
  'principal',
  'group',
  'model',
  'policy',
  'operation',
  'connection',
  'verdict',
] as const satisfies readonly (keyof ExchangeFilter)[];

export function wanted(filter: ExchangeFilter): Wanted {
  const range = (measure: Measure, min: number | undefined, max: number | undefined): Range[] =>
    min === undefined && max === undefined
      ? []
      : [{ measure, min: Math.max(0, min ?? 0), max: Math.max(0, max ?? Number.MAX_SAFE_INTEGER) }];
  return {
    terms: FIELDS.flatMap((field) => {
      const value = filter[field];
      return value === undefined ? [] : [term(field, value)];
    }),
    ranges: [
      ...range('size', filter.minSize, filter.maxSize),
      ...range('latency', filter.minLatency, filter.maxLatency),
    ],
    mark: filter.value === undefined ? undefined : markOf(filter.value),
  };
}

/** Bytes of a keyed hash that an index keeps: two values of ten million meet in them with a chance of one in 370,000. */
export const MARK = 8;

const markOf = (hash: string): Buffer => Buffer.from(hash.slice(0, 2 * MARK), 'hex');

/** The marks of the values found, one after another; undefined when there are none. Kept apart from headers, to be erased. */
export function marksOf(findings: readonly LaneFinding[]): Buffer | undefined {
  const hashes = new Set(findings.map(({ hash }) => hash).filter((hash) => hash.length >= 2 * MARK));
  return hashes.size === 0 ? undefined : Buffer.concat([...hashes].map(markOf));
}

export function splitMarks(marks: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at + MARK <= marks.length; at += MARK) parts.push(marks.subarray(at, at + MARK));
  return parts;
}

/** Rows of a page: what is given when nothing is asked for, and the most that can be had. */
export const pageSize = (limit: number | undefined): number => Math.min(Math.max(limit ?? 50, 1), 1000);
