// What the caller may do: kill switches first, then the scope of the credential, then the access rules, then the limits
// that the rule's policy sets before anything is inspected.
import { type CallFacts, authorize as decideAccess, egressRefusal } from '@sluice/policy';
import { Emergency, type EmergencyState } from '../emergency.ts';
import type { Gate } from '../gate.ts';
import { type Authorized, type Decoded, widen } from './exchange.ts';
import { Refused } from './refused.ts';

export async function authorize(decoded: Decoded, gate: Gate): Promise<Authorized> {
  const loaded = gate.emergency.load();
  const emergency: EmergencyState = loaded instanceof Promise ? await loaded : loaded;
  const { connection, principal, runtime } = decoded;
  if (Emergency.isStopped(emergency, connection.name)) throw new Refused('connection_stopped');
  if (principal.connections !== undefined && !principal.connections.includes(connection.name))
    throw new Refused('forbidden');

  const facts = factsOf(decoded, gate.now());
  const access = decideAccess(runtime.access, facts);
  if (!access.allowed) throw new Refused('forbidden');
  const policy = runtime.policies.get(access.policy);
  if (policy === undefined) throw new Refused('policy_unavailable');

  const { limits } = policy.policy;
  if (decoded.body.length > limits.request_bytes) throw new Refused('request_too_large');
  const wait = gate.limiter.admit(
    `${principal.subject} ${connection.name}`,
    { minute: limits.per_minute, hour: limits.per_hour },
    facts.now,
  );
  if (wait > 0) throw new Refused('limit_exceeded', undefined, { retryAfter: wait });

  const glass = Emergency.glassFor(emergency, principal.person, connection.name, facts.now);
  const stage = widen(decoded, { policy, glass });
  const refused =
    glass === undefined ? egressRefusal(policy.policy, decoded.request.egress, principal.subject) : undefined;
  if (refused !== undefined) throw new Refused('prompt_blocked', refused);
  return stage;
}

export function factsOf(decoded: Decoded, now: number): CallFacts {
  return {
    principal: decoded.principal,
    connection: decoded.connection.name,
    operation: decoded.claim.operation,
    model: decoded.request.model,
    now,
  };
}
