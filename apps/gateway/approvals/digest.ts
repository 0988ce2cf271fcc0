// What an approval is bound to: exactly this caller, place, policy and content. Another character is another request.
import { createHash } from 'node:crypto';
import type { Recorded } from '../flow/exchange.ts';

/** Hex SHA-256. Parts are length-prefixed, so that no two lists of parts read the same. */
export function digestOf(recorded: Recorded): string {
  const { principal, connection, claim, request, policy } = recorded;
  const hash = createHash('sha256');
  for (const part of [
    principal.subject,
    connection.name,
    claim.operation,
    request.model,
    policy.policy.hash,
  ]) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hash.update(request.digestInput(connection.nonces)).digest('hex');
}
