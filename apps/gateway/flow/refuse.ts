// The way out before an answer: recorded, then told in the protocol's own shape.
import { RecordUnavailable } from '@sluice/ledger';
import type { ErrorCode } from '@sluice/types';
import type { Gate } from '../gate.ts';
import { errorFields } from '../log.ts';
import type { Recorded } from './exchange.ts';
import { type Stage, startOf } from './record.ts';
import type { Refused } from './refused.ts';

/** Callers that nobody knows may write no more entries than this a second; the rest is only counted. */
const UNKNOWN_PER_SECOND = 10;

let second = 0;
let unknown = 0;

function mayRecord(stage: Stage, now: number): boolean {
  if (stage.principal !== undefined) return true;
  const current = Math.floor(now / 1000);
  if (current !== second) {
    second = current;
    unknown = 0;
  }
  return ++unknown <= UNKNOWN_PER_SECOND;
}

export async function refuse(stage: Stage, refused: Refused, gate: Gate): Promise<void> {
  gate.metrics.refusals.inc({ code: refused.code });
  const { caller, connection } = stage;
  const refusal = refused.toRefusal(stage.id);
  const shaped = connection.protocol.refuse(refusal);
  await recordRefusal(stage, refused.code, caller.started ? caller.status : shaped.status, gate);
  if (caller.started) {
    caller.end(Buffer.from(connection.protocol.refuseInStream(refusal)));
    return;
  }
  const headers = Object.entries(shaped.headers).flat();
  // A body that was not read to its end would be taken for the next request.
  if (!caller.request.complete) headers.push('connection', 'close');
  headers.push('content-length', String(shaped.body.length));
  caller.head(shaped.status, headers);
  caller.end(Buffer.from(shaped.body));
}

/** The caller has hung up before there was an answer: the record says so, and nobody is told. */
export async function leave(stage: Stage, gate: Gate): Promise<void> {
  if (stage.receipt !== undefined) {
    await gate.ledger.finish(stage.id, {
      at: gate.now(),
      outcome: 'caller_left',
      status: stage.caller.status,
      findings: [],
      requestBytes: stage.body?.length ?? 0,
      responseBytes: stage.caller.sent,
    });
  }
  gate.metrics.call(stage.connection.name, stage.claim?.operation ?? '', 'caller_left');
}

async function recordRefusal(stage: Stage, code: ErrorCode, status: number, gate: Gate): Promise<void> {
  if (code === 'record_unavailable' && stage.receipt === undefined) return;
  try {
    if (stage.receipt === undefined) {
      if (mayRecord(stage, gate.now()))
        await gate.ledger.begin(startOf(stage, code), { received: Buffer.alloc(0) });
    } else await endRefused(stage as Recorded, code, status, gate);
  } catch (error) {
    // The refusal itself needs no record to be safe: nothing is forwarded.
    if (!(error instanceof RecordUnavailable)) throw error;
    gate.log.error(errorFields(error), 'a refusal could not be recorded');
  }
  gate.metrics.call(stage.connection.name, stage.claim?.operation ?? '', 'refused');
}

function endRefused(stage: Recorded, code: ErrorCode, status: number, gate: Gate): Promise<unknown> {
  const upstream = code === 'upstream_error' || code === 'upstream_timeout';
  return gate.ledger.finish(stage.id, {
    at: gate.now(),
    outcome: upstream ? 'upstream_failed' : 'refused',
    status,
    error: code,
    findings: [],
    requestBytes: stage.body.length,
    responseBytes: 0,
  });
}
