// What the tests of this folder build on: policies from documents as people write them, findings and facts.
import type { Finding, Principal } from '@sluice/types';
import type { CallFacts } from '../api.ts';
import { Policy, type PolicyDocument } from '../document.ts';
import { type ResolveTools, resolvePolicies } from '../resolve.ts';
import type { ResolvedPolicy } from '../resolved.ts';
import { salvage } from '../salvage.ts';

export const NOW = Date.UTC(2026, 5, 15, 12);

/** Patterns here are simple enough to mean the same to JavaScript. */
export const tools: ResolveTools = {
  matcher: (pattern) => (value) => new RegExp(`^(?:${pattern})$`).test(value),
  hash: (text) => `${text.length}:${text}`,
  approvers: ['approvers'],
};

export function documentOf(raw: unknown): PolicyDocument {
  const { complete, issues } = salvage(Policy, raw);
  if (complete === undefined) throw new Error(JSON.stringify(issues));
  return complete;
}

/** Resolved under the name `p`, with the others beside it. */
export function policyOf(raw: unknown, others: Readonly<Record<string, unknown>> = {}): ResolvedPolicy {
  const documents = Object.fromEntries(
    Object.entries({ ...others, p: raw }).map(([name, one]) => [name, documentOf(one)]),
  );
  return resolvePolicies(documents, tools).p!;
}

export function finding(kind: string, more: Partial<Finding> = {}): Finding {
  return {
    kind,
    detector: 'd',
    start: 0,
    end: 1,
    confidence: 0.9,
    view: 'raw',
    late: false,
    hash: '',
    ...more,
  };
}

export function facts(
  more: Partial<Omit<CallFacts, 'principal'>> & { readonly principal?: Partial<Principal> } = {},
): CallFacts {
  const principal: Principal = {
    subject: 'key:1',
    display: 'Ada',
    groups: ['engineering'],
    method: 'key',
    person: 'ada@acme.com',
    ...more.principal,
  };
  return { connection: 'gpt', operation: 'chat', model: 'gpt-5', now: NOW, ...more, principal };
}
