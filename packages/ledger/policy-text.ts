// The text of a policy in the record: one act for each text, so that what a hash in an exchange's header stands for can be
// proven years later. It must not know what policies say.
import { hash } from 'node:crypto';
import type { AdminAct } from './ledger.ts';

export const POLICY_TEXT = 'policy.text';

/** `text`: the canonical form that the policy's hash is the SHA-256 (hex) of. */
export function policyAct(at: number, name: string, text: string): AdminAct {
  return {
    at,
    act: POLICY_TEXT,
    by: 'local:config',
    on: hash('sha256', text, 'hex'),
    details: { name, text },
  };
}

const BEGINNING = '{"v":1,"kind":"act"';

/** The hash of the policy whose text this header holds, if it does. Looks closer at acts alone. */
export function policyIn(header: Buffer): string | undefined {
  if (!header.subarray(0, BEGINNING.length).equals(Buffer.from(BEGINNING))) return undefined;
  const { act, on } = JSON.parse(header.toString()) as AdminAct;
  return act === POLICY_TEXT ? on : undefined;
}
