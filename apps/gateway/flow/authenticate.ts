// Who calls: the credential is taken from where the client puts it, never from the URL, and checked.
import { credentialFrom } from '@sluice/identity';
import type { Gate } from '../gate.ts';
import { type Arrived, type Authenticated, widen } from './exchange.ts';
import { Refused } from './refused.ts';

export async function authenticate(arrived: Arrived, gate: Gate): Promise<Authenticated> {
  const found = credentialFrom(arrived.caller.request.headers, arrived.connection.protocol.credentialHeaders);
  if (!found.ok) throw refusal(found.why, gate);
  const checked = gate.authenticator.authenticate(found.credential, gate.now());
  const result = checked instanceof Promise ? await checked : checked;
  if (!result.ok) throw refusal(result.why, gate);
  return widen(arrived, { principal: result.principal });
}

/** The caller reads no more than `unauthenticated`; why is for the operator. */
function refusal(why: string, gate: Gate): Refused {
  gate.log.warn({ why }, 'a credential was not accepted');
  return new Refused('unauthenticated');
}
