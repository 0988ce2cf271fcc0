// The only maker of a clearance: a verdict that passes, or a person's approval that was durable before it counted.
import type { Gate } from '../gate.ts';
import { type Clearance, type Cleared, type Recorded, widen } from './exchange.ts';
import { hold } from './hold.ts';
import { Refused } from './refused.ts';

export async function clear(recorded: Recorded, gate: Gate): Promise<Cleared> {
  switch (recorded.verdict.kind) {
    case 'allow':
    case 'transform':
      return widen(recorded, { clearance: passing(undefined) });
    case 'hold':
      return widen(recorded, { clearance: passing(await hold(recorded, gate)) });
    case 'deny':
      throw new Refused('prompt_blocked', kindsOf(recorded));
  }
}

function passing(approval: string | undefined): Clearance {
  return { approval } as Clearance;
}

/** Kinds that blocked, by name only: enough for a developer to see what to leave out. */
function kindsOf(recorded: Recorded): string {
  const kinds = new Set(
    recorded.verdict.reasons.filter((reason) => reason.action === 'block').map((reason) => reason.kind),
  );
  return `Found: ${[...kinds].sort().join(', ')}.`;
}
