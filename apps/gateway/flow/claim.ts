// What is asked for: an operation that the connection's protocol can inspect, or nothing.
import { type Authenticated, type Claimed, widen } from './exchange.ts';
import { Refused } from './refused.ts';

export function claim(authenticated: Authenticated): Claimed {
  const claimed = authenticated.connection.protocol.claim(authenticated.head);
  if (claimed === undefined) throw new Refused('unsupported_operation');
  return widen(authenticated, { claim: claimed });
}
