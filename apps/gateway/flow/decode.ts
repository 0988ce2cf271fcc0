// Reads the body without doubt, or not at all.
import { type DecodedRequest, Malformed } from '@sluice/protocols';
import { type Decoded, type Received, widen } from './exchange.ts';
import { Refused } from './refused.ts';

export function decode(received: Received): Decoded {
  return widen(received, { request: read(received) });
}

function read(received: Received): DecodedRequest {
  try {
    return received.connection.protocol.decode(received.claim, received.body);
  } catch (error) {
    if (error instanceof Malformed) throw new Refused('malformed_request', error.detail);
    throw error;
  }
}
