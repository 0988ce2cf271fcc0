// Sends a cleared exchange upstream with the held credential, and hands the answer on: whole or as a stream. Nothing of the
// caller's headers goes upstream but what the protocol lists; redirects are not followed; compressed answers are not asked for.
import type { Dispatcher } from 'undici';
import type { Gate } from '../gate.ts';
import { Answer } from './answer.ts';
import type { Cleared } from './exchange.ts';

export function forward(cleared: Cleared, gate: Gate): Promise<void> {
  const { connection, head, forwardable } = cleared;
  const answer = new Answer(cleared, gate);
  const query = head.query === '' ? '' : `?${head.query}`;
  connection.dispatcher.dispatch(
    {
      origin: connection.origin,
      path: `${connection.prefix}${head.path}${query}`,
      method: head.method as Dispatcher.HttpMethod,
      headers: upstreamHeaders(cleared),
      body: cleared.claim.body ? forwardable : null,
      headersTimeout: connection.firstByteTimeout,
      bodyTimeout: connection.idleTimeout,
    },
    answer,
  );
  return answer.done;
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
