// Changes to sluice.yaml that keep its comments and its layout. Each takes a text and gives a new one that has nothing wrong with it,
// or what would be wrong with it. It must not know who asks.
import { BUILT_IN, type RuleDocument, resolvePolicies, STANDARD } from '@sluice/policy';
import type { Direction } from '@sluice/types';
import { checkText, type LoadOptions, sha256 } from './load.ts';
import { matcher } from './patterns.ts';
import { isError, type Problem } from './problem.ts';
import { APPEND, insertAt, removeAt, type Steps } from './splice.ts';

export type Edited =
  | { readonly ok: true; readonly text: string; readonly warnings: readonly Problem[] }
  /** `no_such`: what was to be changed is not there. `exists`: what was to be added is. */
  | { readonly ok: false; readonly why: 'problems'; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly why: 'no_such' | 'exists' };

type Options = Omit<LoadOptions, 'file'>;

/** As in the file: sizes, durations and percentages as text. */
export interface NewConnection {
  readonly name: string;
  readonly protocol: string;
  readonly upstream: string;
  /** A reference, never the secret. */
  readonly credential?: string;
  readonly default?: boolean;
}

export interface NewRule {
  readonly name?: string;
  readonly find?: string | readonly string[];
  readonly match?: string | readonly string[];
  readonly words?: readonly string[];
  readonly do: RuleDocument['do'];
  readonly as?: NonNullable<RuleDocument['as']>;
  readonly confidence?: number;
}

export interface NewException {
  readonly pattern?: string;
  readonly hash?: string;
  readonly person?: string;
  readonly author: string;
  readonly reason: string;
  /** A day such as `2027-01-31`, or an instant. */
  readonly expires: string;
}

/** A rule by its name, by what it finds (`pii.email, pii.phone`), or by its place in the list, from 0. */
export type WhichRule = string | number;

export function addConnection(text: string, { name, ...rest }: NewConnection, options: Options = {}): Edited {
  const { document, problems } = checkText(text, options);
  if (document === undefined) return refused(problems);
  if (document.connections?.[name] !== undefined) return { ok: false, why: 'exists' };
  return checked(insertAt(text, ['connections', name], rest), options);
}

/** Takes it out of the access rules too; a rule that named no other connection goes with it. */
export function removeConnection(text: string, name: string, options: Options = {}): Edited {
  const { document, problems } = checkText(text, options);
  if (document === undefined) return refused(problems);
  if (document.connections?.[name] === undefined) return { ok: false, why: 'no_such' };
  let edited = removeAt(text, ['connections', name]);
  for (const [i, rule] of [...(document.access ?? []).entries()].reverse()) {
    const at = rule.connections?.indexOf(name) ?? -1;
    if (at < 0 || edited === undefined) continue;
    edited = removeAt(
      edited,
      rule.connections!.length === 1 ? ['access', i] : ['access', i, 'connections', at],
    );
  }
  return checked(edited, options);
}

/** A policy that the file does not define is begun as an extension of the built-in one. */
export function addRule(
  text: string,
  policy: string,
  direction: Direction,
  rule: NewRule,
  options: Options = {},
): Edited {
  const { document, problems } = checkText(text, options);
  if (document === undefined) return refused(problems);
  if (document.policies?.[policy] !== undefined)
    return checked(insertAt(text, ['policies', policy, direction, APPEND], rule), options);
  if (policy !== STANDARD) return { ok: false, why: 'no_such' };
  return checked(insertAt(text, ['policies', policy], { extends: BUILT_IN, [direction]: [rule] }), options);
}

/** Only rules that the policy itself writes; inherited ones are removed where they are written. */
export function removeRule(
  text: string,
  policy: string,
  direction: Direction,
  which: WhichRule,
  options: Options = {},
): Edited {
  const { document, problems } = checkText(text, options);
  if (document === undefined) return refused(problems);
  const index = placeOf(document.policies?.[policy]?.[direction] ?? [], which);
  return index === undefined
    ? { ok: false, why: 'no_such' }
    : checked(removeAt(text, ['policies', policy, direction, index]), options);
}

/**
 * Settles a false positive. A rule that is inherited is not touched: a rule of the policy's own that finds the same
 * and carries the exception has the same effect, for this policy alone.
 */
export function addException(
  text: string,
  policy: string,
  direction: Direction,
  which: WhichRule,
  exception: NewException,
  options: Options = {},
): Edited {
  const { document, problems } = checkText(text, options);
  if (document === undefined) return refused(problems);
  const index = placeOf(document.policies?.[policy]?.[direction] ?? [], which);
  if (index !== undefined)
    return checked(
      insertAt(text, ['policies', policy, direction, index, 'allow', APPEND], exception),
      options,
    );
  const resolved = resolvePolicies(document.policies ?? {}, { matcher, hash: sha256, approvers: [] })[policy];
  const inherited = resolved?.[direction].find((rule) => rule.name === which);
  if (inherited === undefined) return { ok: false, why: 'no_such' };
  const rule = {
    find: inherited.find,
    do: inherited.action,
    ...(inherited.action === 'mask' ? { as: inherited.as } : {}),
    allow: [exception],
  };
  const steps: Steps = ['policies', policy];
  return checked(
    document.policies?.[policy] === undefined
      ? insertAt(text, steps, { extends: BUILT_IN, [direction]: [rule] })
      : insertAt(text, [...steps, direction, APPEND], rule),
    options,
  );
}

function placeOf(rules: readonly RuleDocument[], which: WhichRule): number | undefined {
  const index =
    typeof which === 'number'
      ? which
      : rules.findIndex((rule) => (rule.name ?? rule.find?.join(', ')) === which);
  return rules[index] === undefined ? undefined : index;
}

function checked(text: string | undefined, options: Options): Edited {
  if (text === undefined) return { ok: false, why: 'no_such' };
  const { problems } = checkText(text, options);
  return problems.some(isError) ? refused(problems) : { ok: true, text, warnings: problems };
}

function refused(problems: readonly Problem[]): Edited {
  return { ok: false, why: 'problems', problems };
}
