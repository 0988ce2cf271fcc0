// Entries: their headers, which are the leaves of the tree, written once and never serialised again.
// A header is JSON in the key order of the functions below; it holds no prompt and no answer text.
import type { LaneFinding } from '@sluice/types';
import type { AdminAct, ExchangeEnd, ExchangeStart, Step } from './ledger.ts';
import { randomBytes } from './random.ts';
import type { Sealed, SealStamp } from './seal.ts';
import { marksOf } from './search.ts';

export type EntryKind = 'begin' | 'step' | 'piece' | 'end' | 'act';

/** Kind → count. Spans and keyed hashes are in the sealed body, so that they are erased with it. */
export type FindingCounts = Readonly<Record<string, number>>;

export interface BeginHeader extends Omit<ExchangeStart, 'id' | 'findings'> {
  readonly v: 1;
  readonly kind: 'begin';
  readonly exchange: string;
  readonly findings: FindingCounts;
  readonly seal?: SealStamp;
}

export interface StepHeader {
  readonly v: 1;
  readonly kind: 'step';
  readonly exchange: string;
  readonly at: number;
  readonly step: Step;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface PieceHeader {
  readonly v: 1;
  readonly kind: 'piece';
  readonly exchange: string;
  readonly at: number;
  readonly seal: SealStamp;
}

export interface EndHeader extends Omit<ExchangeEnd, 'findings'> {
  readonly v: 1;
  readonly kind: 'end';
  readonly exchange: string;
  readonly findings: FindingCounts;
  readonly seal?: SealStamp;
}

export interface ActHeader extends AdminAct {
  readonly v: 1;
  readonly kind: 'act';
  /** Random: nobody can guess an act and know by its leaf's hash, which is public, that the guess was right. */
  readonly salt: string;
  /** Row of the inbox that it was taken from, when another process did it. */
  readonly inbox?: number;
}

export type Header = BeginHeader | StepHeader | PieceHeader | EndHeader | ActHeader;

/** What a store is given: position and durability are the store's to add. */
export interface EntryDraft {
  readonly header: Buffer;
  readonly body: Buffer | undefined;
  /** Wrapped data key of the exchange, with its first sealed body. */
  readonly key: Buffer | undefined;
  /** What the values found can be found by: beginnings of their keyed hashes, to be erased with the body. */
  readonly marks?: Buffer | undefined;
}

/**
 * Every field of a header, so that none can be forgotten; an undefined one is not written. Headers are spelled out, since
 * spreading what is known of a call costs more than all else that is done to its entry.
 */
type Complete<T> = { readonly [K in keyof Required<T>]: T[K] | undefined };

const draft = (
  header: Header | Complete<BeginHeader> | Complete<EndHeader>,
  sealed?: Sealed,
  findings: readonly LaneFinding[] = [],
): EntryDraft => ({
  header: Buffer.from(JSON.stringify(header)),
  body: sealed?.body,
  key: sealed?.key,
  marks: findings.length === 0 ? undefined : marksOf(findings),
});

export function beginEntry(start: ExchangeStart, sealed: Sealed | undefined): EntryDraft {
  const header: Complete<BeginHeader> = {
    v: 1,
    kind: 'begin',
    exchange: start.id,
    at: start.at,
    principal: start.principal,
    connection: start.connection,
    protocol: start.protocol,
    operation: start.operation,
    model: start.model,
    method: start.method,
    path: start.path,
    stream: start.stream,
    policy: start.policy,
    record: start.record,
    verdict: start.verdict,
    glass: start.glass,
    refused: start.refused,
    findings: countFindings(start.findings),
    seal: sealed?.stamp,
  };
  return draft(header, sealed, start.findings);
}

export function stepEntry(
  exchange: string,
  at: number,
  step: Step,
  details: StepHeader['details'],
): EntryDraft {
  return draft({ v: 1, kind: 'step', exchange, at, step, details });
}

export function pieceEntry(exchange: string, at: number, sealed: Sealed): EntryDraft {
  return draft({ v: 1, kind: 'piece', exchange, at, seal: sealed.stamp }, sealed);
}

export function endEntry(exchange: string, end: ExchangeEnd, sealed: Sealed | undefined): EntryDraft {
  const header: Complete<EndHeader> = {
    v: 1,
    kind: 'end',
    exchange,
    at: end.at,
    outcome: end.outcome,
    status: end.status,
    error: end.error,
    firstByteMs: end.firstByteMs,
    requestBytes: end.requestBytes,
    responseBytes: end.responseBytes,
    usage: end.usage,
    findings: countFindings(end.findings),
    seal: sealed?.stamp,
  };
  return draft(header, sealed, end.findings);
}

export function actEntry(act: AdminAct, inbox?: number): EntryDraft {
  return draft({
    v: 1,
    kind: 'act',
    ...act,
    salt: randomBytes(16).toString('base64url'),
    ...(inbox !== undefined && { inbox }),
  });
}

export const parseHeader = (header: Buffer): Header => JSON.parse(header.toString()) as Header;

export function countFindings(findings: readonly LaneFinding[]): FindingCounts {
  const counts: Record<string, number> = {};
  for (const { kind } of findings) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
