// Waits for a person. Silent at first, so that a quick decision still gets its real status; a streamed call is kept alive
// with comments after QUIET. A call that outlasts the hold gets `approval_pending` and attaches again when it is repeated.
import { randomUUID } from 'node:crypto';
import type { Approval } from '@sluice/ledger';
import { digestOf } from '../approvals/digest.ts';
import { Emergency } from '../emergency.ts';
import type { Gate } from '../gate.ts';
import type { Recorded } from './exchange.ts';
import { modelOf } from './record.ts';
import { CallerLeft, Refused } from './refused.ts';

/** Milliseconds of silence before the first keep-alive of a streamed call, and between two of them. */
export const QUIET = 5000;

/** Seconds after which a pending request is worth repeating. */
const RETRY_AFTER = 5;

/** The id of the approval that was attempted, or undefined when a standing grant covers every rule that asks. */
export async function hold(recorded: Recorded, gate: Gate): Promise<string | undefined> {
  const asking = [
    ...new Set(
      recorded.verdict.reasons.filter((reason) => reason.action === 'approve').map((reason) => reason.rule),
    ),
  ];
  if (await granted(recorded, asking, gate)) return undefined;

  const digest = digestOf(recorded);
  const { approval: rules } = recorded.policy.policy;
  const until = gate.now() + rules.hold;
  let known = await attach(recorded, digest, asking, gate);
  let nextSign = gate.now() + QUIET;
  for (;;) {
    if (await isStopped(recorded, gate)) throw new Refused('connection_stopped');
    const current = (await gate.approvals.store.get(known.id)) ?? known;
    switch (current.status) {
      case 'approved': {
        if (await isRevoked(recorded, gate)) throw new Refused('unauthenticated');
        const attempt = await gate.approvals.store.attempt(current.id, gate.now());
        if (attempt === 'ok') {
          await gate.ledger.step(recorded.id, 'approved', {
            approval: current.id,
            by: current.votes.map((vote) => vote.person).join(', '),
          });
          return current.id;
        }
        if (attempt === 'spent')
          throw new Refused('approval_expired', 'Its attempts are used up.', {
            approval: link(current, gate),
          });
        if (attempt === 'gone') known = await attach(recorded, digest, asking, gate);
        break;
      }
      case 'denied':
        throw await denied(current, recorded, gate);
      case 'expired':
        await gate.ledger.step(recorded.id, 'expired', { approval: current.id });
        throw new Refused('approval_expired', undefined, { approval: link(current, gate) });
      case 'consumed':
        known = await attach(recorded, digest, asking, gate);
        break;
      case 'pending':
        break;
    }
    if (recorded.caller.left) throw new CallerLeft();
    const now = gate.now();
    if (now >= known.expiresAt) {
      await gate.approvals.store.expire(now);
      continue;
    }
    if (now >= until)
      throw new Refused('approval_pending', undefined, {
        retryAfter: RETRY_AFTER,
        approval: link(known, gate),
      });
    if (recorded.request.stream && now >= nextSign) {
      sign(recorded);
      nextSign = now + QUIET;
    }
    const wait = gate.approvals.changed(
      known.id,
      Math.min(until, recorded.request.stream ? nextSign : until) - now,
    );
    recorded.caller.whenLeft(wait.abort);
    await wait.done;
    recorded.caller.whenLeft(undefined);
  }
}

/** A kill switch is for those who wait, too: an approval does not outrank it. */
async function isStopped({ connection }: Recorded, gate: Gate): Promise<boolean> {
  return Emergency.isStopped(await gate.emergency.load(), connection.name);
}

/** Nor does it outrank that the key was taken away meanwhile. Other credentials end by their own time, soon. */
async function isRevoked({ principal }: Recorded, gate: Gate): Promise<boolean> {
  if (principal.method !== 'key') return false;
  const keys = await gate.ledger.keys.list();
  return keys.find(({ id }) => `key:${id}` === principal.subject)?.revokedAt !== undefined;
}

function link(approval: Approval, gate: Gate): { id: string; url: string } {
  return { id: approval.id, url: gate.approvalUrl(approval.id) };
}

async function denied(approval: Approval, recorded: Recorded, gate: Gate): Promise<Refused> {
  await gate.ledger.step(recorded.id, 'denied', { approval: approval.id });
  const reason = approval.votes.findLast((vote) => !vote.approve)?.reason;
  return new Refused('approval_denied', reason === undefined || reason === '' ? undefined : reason, {
    approval: link(approval, gate),
  });
}

async function granted(recorded: Recorded, asking: readonly string[], gate: Gate): Promise<boolean> {
  const grants = await gate.approvals.store.grants(
    recorded.principal.person,
    recorded.connection.name,
    gate.now(),
  );
  if (grants.length === 0) return false;
  const covered = new Set(grants.map((grant) => grant.rule));
  if (!asking.every((rule) => covered.has(rule))) return false;
  await gate.ledger.step(recorded.id, 'approved', { grant: grants.map((grant) => grant.id).join(', ') });
  return true;
}

async function attach(
  recorded: Recorded,
  digest: string,
  asking: readonly string[],
  gate: Gate,
): Promise<Approval> {
  const { policy, principal, connection, claim } = recorded;
  const now = gate.now();
  const rules = policy.policy.approval;
  const before = await gate.approvals.store.recent(digest, now - rules.expires);
  if (before?.status === 'denied') throw await denied(before, recorded, gate);
  if (before?.status === 'expired')
    throw new Refused('approval_expired', undefined, { approval: link(before, gate) });
  const findings: Record<string, number> = {};
  for (const { finding } of recorded.promptFindings)
    findings[finding.kind] = (findings[finding.kind] ?? 0) + 1;
  const attached = await gate.approvals.store.attach(
    {
      id: `apr_${randomUUID().replaceAll('-', '')}`,
      digest,
      exchange: recorded.id,
      principal: principal.subject,
      person: principal.person,
      connection: connection.name,
      operation: claim.operation,
      model: modelOf(recorded),
      policy: policy.policy.name,
      rules: asking,
      findings,
      groups: rules.groups,
      minimum: rules.minimum,
      createdAt: now,
      expiresAt: now + rules.expires,
    },
    rules.pending_per_principal,
  );
  if (attached === 'capped') {
    throw new Refused('limit_exceeded', 'Too many requests of this caller wait for an approval.', {
      retryAfter: 60,
    });
  }
  await gate.ledger.step(recorded.id, 'hold', {
    approval: attached.approval.id,
    created: attached.created ? 1 : 0,
  });
  if (attached.created)
    gate.log.info(
      { approval: attached.approval.id, connection: connection.name },
      'a request waits for an approval',
    );
  return attached.approval;
}

/** From the first sign on the status is spent: a refusal is then an error in the stream. */
function sign(recorded: Recorded): void {
  const { caller, connection } = recorded;
  if (!caller.started) {
    caller.head(200, [
      'content-type',
      'text/event-stream; charset=utf-8',
      'cache-control',
      'no-cache',
      'x-sluice-session',
      recorded.id,
    ]);
  }
  caller.write(Buffer.from(connection.protocol.keepAlive));
}
