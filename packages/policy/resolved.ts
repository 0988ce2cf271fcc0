// A policy in force: `extends` applied, defaults filled in, frozen. The type and its canonical form; no decisions.
import type { Action, MaskStyle, Treatment } from '@sluice/types';
import type { PolicyView } from './api.ts';

interface Settled {
  readonly author: string;
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly expires: number;
}

/** Something that a rule lets through although it matches. */
export type ResolvedException =
  | { readonly by: 'host'; readonly host: string }
  | ({
      readonly by: 'pattern';
      readonly pattern: string;
      readonly matches: (value: string) => boolean;
    } & Settled)
  | ({ readonly by: 'hash'; readonly hash: string } & Settled)
  | ({ readonly by: 'person'; readonly person: string } & Settled);

export interface ResolvedRule {
  /** As the record shows it: the rule's name, else what it finds. */
  readonly name: string;
  /** The policy that wrote it. */
  readonly from: string;
  /** Kinds and branches; `custom.<name>` for a rule with patterns or words of its own. */
  readonly find: readonly string[];
  readonly patterns: readonly string[];
  readonly words: readonly string[];
  readonly action: Action;
  readonly as: MaskStyle;
  /** Findings below it do not match. 0 is all. */
  readonly confidence: number;
  readonly allow: readonly ResolvedException[];
  /** What `treat` answers for this rule, and what it answers in observe mode. */
  readonly enforced: Treatment;
  readonly observed: Treatment;
}

export interface Window {
  readonly requests?: number | undefined;
  readonly response_bytes?: number | undefined;
}

/** Sizes in bytes, times in milliseconds; undefined is no limit. */
export interface ResolvedLimits {
  readonly request_bytes: number;
  readonly response_bytes: number | undefined;
  readonly response_tokens: number | undefined;
  readonly duration: number | undefined;
  readonly per_minute: Window | undefined;
  readonly per_hour: Window | undefined;
}

/** Times in milliseconds. */
export interface ResolvedApproval {
  readonly groups: readonly string[];
  readonly minimum: number;
  readonly hold: number;
  readonly expires: number;
  readonly pending_per_principal: number;
}

export interface ResolvedEgress {
  readonly urls: readonly string[];
  readonly tools: readonly string[];
  readonly files: boolean;
  readonly stored: boolean;
}

export interface ResolvedPolicy extends PolicyView {
  /** The policies that it extends, nearest first. */
  readonly lineage: readonly string[];
  readonly prompt: readonly ResolvedRule[];
  readonly response: readonly ResolvedRule[];
  readonly egress: ResolvedEgress;
  readonly limits: ResolvedLimits;
  readonly approval: ResolvedApproval;
  readonly record: 'full' | 'redacted' | 'metadata';
  /** Share of the callers, 0 to 1, for whom nothing is changed or stopped. */
  readonly observe: number;
  readonly release: 'stream' | 'whole';
}

/** The same text for the same policy whatever the order of its keys: what the hash is taken over. Functions do not count. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined && typeof item !== 'function')
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
  return value;
}
