// Makes the request, what was found and the verdict durable. Nothing is forwarded without the receipt.
import { type ExchangeStart, RecordUnavailable } from '@sluice/ledger';
import type { Gate } from '../gate.ts';
import {
  type Arrived,
  type Authenticated,
  type Authorized,
  type Claimed,
  type Decided,
  type Decoded,
  type Recorded,
  widen,
} from './exchange.ts';
import { Refused } from './refused.ts';

export async function record(decided: Decided, gate: Gate): Promise<Recorded> {
  const { body, forwardable } = decided;
  const content = forwardable === body ? { received: body } : { received: body, forwarded: forwardable };
  try {
    return widen(decided, { receipt: await gate.ledger.begin(startOf(decided), content) });
  } catch (error) {
    if (error instanceof RecordUnavailable) throw new Refused('record_unavailable');
    throw error;
  }
}

/** How far an exchange got: any stage can be recorded, with what is known by then. */
export type Stage = Arrived &
  Partial<Omit<Authenticated & Claimed & Decoded & Authorized & Decided & Recorded, keyof Arrived>>;

export function startOf(stage: Stage, refused?: string): ExchangeStart {
  const { principal, policy } = stage;
  return {
    id: stage.id,
    at: stage.at,
    principal,
    connection: stage.connection.name,
    protocol: stage.connection.protocol.name,
    operation: stage.claim?.operation ?? '',
    model: stage.request?.model ?? stage.claim?.model ?? '',
    method: stage.head.method,
    path: stage.head.path,
    stream: stage.request?.stream ?? false,
    policy: policy === undefined ? undefined : { name: policy.policy.name, hash: policy.policy.hash },
    record: policy?.policy.record ?? 'metadata',
    verdict: stage.verdict ?? { kind: 'deny', reasons: [] },
    findings: stage.promptFindings?.map((treated) => treated.finding) ?? [],
    ...(refused === undefined ? {} : { refused }),
  };
}
