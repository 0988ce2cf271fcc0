// Sends a cleared exchange upstream with the held credential, and hands the answer on: whole or as a stream. Nothing of the
// caller's headers goes upstream but what the protocol lists; redirects are not followed; compressed answers are not asked for.
import type { Dispatcher } from 'undici';
import type { Gate } from '../gate.ts';
import { Answer } from './answer.ts';
import { type Cleared, widen } from './exchange.ts';

export function forward(exchange: Cleared, gate: Gate): Promise<void> {
  const cleared = renewed(exchange, gate);
  const { connection, head } = cleared;
  const answer = new Answer(cleared, gate);
  const query = head.query === '' ? '' : `?${head.query}`;
  connection.dispatcher.dispatch(
    {
      origin: connection.origin,
      path: `${connection.prefix}${head.path}${query}`,
      method: head.method as Dispatcher.HttpMethod,
      headers: upstreamHeaders(cleared),
      body: cleared.claim.body ? restored(cleared, answer) : null,
      headersTimeout: connection.firstByteTimeout,
      bodyTimeout: connection.idleTimeout,
    },
    answer,
  );
  return answer.done;
}

/**
 * A call that waited for a person may have outlived its configuration, and with it the credential. Where policy and protocol
 * are still the same, it goes on under the connection in force, and with the engine that knows the credential in force.
 */
function renewed(cleared: Cleared, gate: Gate): Cleared {
  const runtime = gate.runtime();
  if (runtime === cleared.runtime) return cleared;
  const connection = runtime.connections.get(cleared.connection.name);
  const policy = runtime.policies.get(cleared.policy.policy.name);
  const isSame =
    connection?.protocol === cleared.connection.protocol &&
    policy?.policy.hash === cleared.policy.policy.hash;
  return isSame ? widen(cleared, { runtime, connection: connection!, policy: policy! }) : cleared;
}

/**
 * What this model said to this caller, and an answer kept with the caller under seal, goes back to the model as it was. The record
 * holds the seal in its place, so that who reads a prompt as forwarded does not read what was masked.
 */
function restored(cleared: Cleared, answer: Answer): Buffer {
  const { sealer } = answer.lanes;
  return sealer === undefined
    ? cleared.forwardable
    : cleared.connection.protocol.restore!(cleared.forwardable, sealer);
}

function upstreamHeaders(cleared: Cleared): string[] {
  const { connection, caller } = cleared;
  const sent = caller.request.headers;
  const headers = [
    'accept',
    cleared.request.stream ? 'text/event-stream' : 'application/json',
    'accept-encoding',
    'identity',
    'user-agent',
    'sluice',
  ];
  if (cleared.claim.body) headers.push('content-type', 'application/json');
  for (const name of connection.protocol.requestHeaders) {
    const value = sent[name];
    if (typeof value === 'string') headers.push(name, value);
  }
  headers.push(...connection.credential);
  return headers;
}
