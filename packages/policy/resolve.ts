// From documents to policies in force. It expects documents that ./check.ts has nothing to say against.
//
// How `extends` merges. Rules add up: the child's own come first, then all that it extends, and since the strictest rule wins,
// a rule in a child can make things stricter and never milder, except by `do: allow` or an exception, which say so in
// plain sight. Settings (limits, approval, egress, record, mode, release) are replaced key by key by those the child names; ./check.ts
// warns where such a key is milder than the one it replaces.
import type { Direction } from '@sluice/types';
import type { ExceptionDocument, PolicyDocument, RuleDocument } from './document.ts';
import {
  canonical,
  deepFreeze,
  type ResolvedException,
  type ResolvedPolicy,
  type ResolvedRule,
  type Window,
} from './resolved.ts';
import { BUILT_IN, STANDARD, standardPolicy } from './standard.ts';

/** What this package has no means for. */
export interface ResolveTools {
  /** A compiled pattern: true when the whole of a value matches it. */
  matcher(pattern: string): (value: string) => boolean;
  /** SHA-256, hex. */
  hash(text: string): string;
  /** Groups that may approve when a policy names none. */
  readonly approvers: readonly string[];
}

export type Documents = Readonly<Record<string, PolicyDocument>>;

/** The documents and the built-in policy under its names. */
export function withBuiltIn<T>(
  documents: Readonly<Record<string, T>>,
): Readonly<Record<string, T | PolicyDocument>> {
  return Object.assign(Object.create(null), { [STANDARD]: standardPolicy }, documents, {
    [BUILT_IN]: standardPolicy,
  });
}

/** Every policy by name, the built-in one included. Throws RangeError for a document that `checkPolicies` would have refused. */
export function resolvePolicies(
  documents: Documents,
  tools: ResolveTools,
): Readonly<Record<string, ResolvedPolicy>> {
  const all = withBuiltIn(documents) as Documents;
  const resolved: Record<string, ResolvedPolicy> = Object.create(null);
  for (const name of Object.keys(all)) resolved[name] = resolve(name, lineage(name, all), all, tools);
  return Object.freeze(resolved);
}

/** The policy and what it extends, itself first. */
function lineage(name: string, all: Documents): readonly string[] {
  const line: string[] = [];
  for (let next: string | undefined = name; next !== undefined; next = all[next]!.extends) {
    if (line.includes(next) || all[next] === undefined)
      throw new RangeError('a policy extends itself or one that does not exist');
    line.push(next);
  }
  return line;
}

function resolve(name: string, line: readonly string[], all: Documents, tools: ResolveTools): ResolvedPolicy {
  const setting = <T extends object>(of: (document: PolicyDocument) => T | undefined): Partial<T> =>
    Object.assign({}, ...line.toReversed().map((ancestor) => of(all[ancestor]!) ?? {}));
  const rules = (direction: Direction): ResolvedRule[] =>
    line.flatMap((ancestor) =>
      (all[ancestor]![direction] ?? []).map((rule) => resolveRule(rule, ancestor, tools)),
    );

  const single = setting(({ record, mode, release }) => defined({ record, mode, release }));
  const limits = setting((document) => document.limits);
  const approval = setting((document) => document.approval);
  const egress = setting((document) => document.egress);
  const { mode } = single;
  const body = {
    name,
    lineage: line.slice(1),
    prompt: rules('prompt'),
    response: rules('response'),
    egress: {
      urls: egress.urls ?? [],
      tools: egress.tools ?? [],
      files: egress.files ?? false,
      stored: egress.stored ?? false,
    },
    limits: {
      request_bytes: limits.request_bytes ?? standardPolicy.limits!.request_bytes!,
      response_bytes: limits.response_bytes,
      response_tokens: limits.response_tokens,
      duration: limits.duration,
      per_minute: bounded(setting(({ limits: own }) => own?.per_minute)),
      per_hour: bounded(setting(({ limits: own }) => own?.per_hour)),
    },
    approval: {
      groups: approval.groups ?? tools.approvers,
      minimum: approval.minimum ?? 1,
      hold: approval.hold ?? 60_000,
      expires: approval.expires ?? 900_000,
      pending_per_principal: approval.pending_per_principal ?? 3,
    },
    record: single.record ?? 'full',
    observe: typeof mode === 'object' ? mode.observe : mode === 'observe' ? 1 : 0,
    release: single.release ?? 'stream',
  } satisfies Omit<ResolvedPolicy, 'hash'>;
  return deepFreeze({ ...body, hash: tools.hash(canonical(body)) });
}

function bounded(window: Window): Window | undefined {
  return Object.keys(window).length === 0 ? undefined : window;
}

function defined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

function resolveRule(rule: RuleDocument, from: string, tools: ResolveTools): ResolvedRule {
  const find = rule.find ?? [`custom.${rule.name!}`];
  const name = rule.name ?? find.join(', ');
  const as = rule.as ?? 'label';
  const enforced = { action: rule.do, as, rule: name };
  return {
    name,
    from,
    find,
    patterns: rule.match ?? [],
    words: rule.words ?? [],
    action: rule.do,
    as,
    confidence: rule.confidence ?? 0,
    allow: (rule.allow ?? []).map((exception) => resolveException(exception, tools)),
    enforced,
    observed:
      rule.do === 'allow' || rule.do === 'flag'
        ? enforced
        : { action: 'flag', as, rule: name, observed: rule.do },
  };
}

function resolveException(exception: ExceptionDocument, tools: ResolveTools): ResolvedException {
  if (typeof exception === 'string') return { by: 'host', host: exception };
  const { pattern, hash, person, author, reason, expires } = exception;
  const settled = { author: author!, reason: reason!, expires: expires! };
  if (pattern !== undefined) return { by: 'pattern', pattern, matches: tools.matcher(pattern), ...settled };
  if (hash !== undefined) return { by: 'hash', hash, ...settled };
  return { by: 'person', person: person!, ...settled };
}
