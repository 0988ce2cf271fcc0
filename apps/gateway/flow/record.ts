// Makes the request, what was found and the verdict durable. Nothing is forwarded without the receipt.
import type { Keyed } from '@sluice/inspect';
import { type ExchangeStart, RecordUnavailable } from '@sluice/ledger';
import { STANDARD } from '@sluice/policy';
import type { Gate } from '../gate.ts';
import type { Runtime } from '../runtime.ts';
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

const UNKEYED: Keyed = { hash: () => '', token: () => '' };

/**
 * Names of models and paths are stored readable, and they are the caller's words like any other: what a detector finds in one
 * is masked first. All policies have the same detectors, so before a policy is chosen any of them will do.
 */
function asName(text: string, stage: Stage): string {
  if (text === '') return text;
  const engine = (stage.policy ?? anyPolicy(stage.runtime))?.prompt;
  if (engine === undefined) return '';
  return engine.transform(text, {
    keyed: UNKEYED,
    treat: (finding) => ({
      action: PRIVATE.test(finding.kind) ? 'mask' : 'flag',
      as: 'label',
      rule: 'names',
    }),
  }).output;
}

/** Kinds that are values; the others say what a text wants. */
const PRIVATE = /^(?:secret|pii)(?:\.|$)/;

function anyPolicy(runtime: Runtime): Stage['policy'] {
  return runtime.policies.get(runtime.access[0]?.policy ?? STANDARD);
}

/** The prompt's own findings tell whether its model needs another look. */
function isPlain(stage: Stage): boolean {
  return stage.promptFindings?.every(({ finding }) => !finding.lane.endsWith('model')) ?? false;
}

/** The model as it may be stored readable and shown in lists. */
export function modelOf(stage: Stage): string {
  const model = stage.request?.model ?? stage.claim?.model ?? '';
  return isPlain(stage) ? model : asName(model, stage);
}

/** A path that was claimed is one of a few, with at most a model in it. */
function pathOf(stage: Stage): string {
  const { claim, head } = stage;
  return claim !== undefined && (claim.model === undefined || isPlain(stage))
    ? head.path
    : asName(head.path, stage);
}

export function startOf(stage: Stage, refused?: string): ExchangeStart {
  const { principal, policy } = stage;
  return {
    id: stage.id,
    at: stage.at,
    principal,
    connection: stage.connection.name,
    protocol: stage.connection.protocol.name,
    operation: stage.claim?.operation ?? '',
    model: modelOf(stage),
    method: stage.head.method,
    path: pathOf(stage),
    stream: stage.request?.stream ?? false,
    policy: policy === undefined ? undefined : { name: policy.policy.name, hash: policy.policy.hash },
    record: policy?.policy.record ?? 'metadata',
    verdict: stage.verdict ?? { kind: 'deny', reasons: [] },
    findings: stage.promptFindings?.map((treated) => treated.finding) ?? [],
    ...(stage.glass === undefined ? {} : { glass: stage.glass }),
    ...(refused === undefined ? {} : { refused }),
  };
}
