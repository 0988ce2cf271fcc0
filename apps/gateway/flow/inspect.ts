// Reads every text of the prompt and applies what the policy says of what is found.
import type { Given } from '@sluice/inspect';
import { compileTreat } from '@sluice/policy';
import type { LaneFormat } from '@sluice/types';
import type { Gate } from '../gate.ts';
import { factsOf } from './authorize.ts';
import { isClean, keepClean } from './clean.ts';
import { type Authorized, type Inspected, type Treated, widen } from './exchange.ts';
import { givenInPrompt } from './given.ts';
import { guardOwn } from './own-secrets.ts';
import { Refused } from './refused.ts';

/** A version as the clients send it with every call: too plain to hold anything. */
const VERSION = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What no reader of texts can read is never passed silently: it is a finding that a rule can stop. It cannot be masked, so
 * what would change a text stops the request.
 */
function unread(part: Authorized['request']['opaque'][number], choose: ReturnType<typeof guardOwn>): Treated {
  const finding = {
    kind: `opaque.${part.what}`,
    detector: 'opaque',
    start: 0,
    end: 0,
    confidence: 1,
    view: 'raw',
    late: false,
    hash: '',
    lane: part.lane,
  };
  const treatment = choose(finding, '');
  const changes =
    treatment.action === 'mask' || treatment.action === 'tokenize' || treatment.action === 'strip';
  return { finding, treatment: changes ? { ...treatment, action: 'block' } : treatment };
}

const NONE: readonly Given[] = [];
const NOTHING: ReadonlyMap<string, string> = new Map();

export function inspectPrompt(authorized: Authorized, gate: Gate): Inspected {
  const startedAt = performance.now();
  const { request, policy, principal, connection, claim } = authorized;
  const choose = guardOwn(
    compileTreat(policy.policy, 'prompt', factsOf(authorized, gate.now()), {
      observe: authorized.glass !== undefined,
    }),
  );
  const standIns = new Map<string, string>();
  const promptFindings: Treated[] = [];
  const edits = new Map<number, string>();
  let lane = '';
  const options = {
    keyed: gate.keyring.for(principal.subject, connection.name, (standIn, value) =>
      standIns.set(standIn, value),
    ),
    treat: (finding: Parameters<typeof choose>[0], value: string) => {
      const treatment = choose(finding, value);
      promptFindings.push({ finding: { ...finding, lane }, treatment });
      gate.metrics.findings.inc({ kind: finding.kind, direction: 'prompt' });
      return treatment;
    },
    format: 'text' as LaneFormat,
    given: NONE as readonly Given[],
  };
  const { texts, messageEnds } = request;
  // The same bytes are other texts to another protocol or operation.
  const scope = `${policy.id} ${connection.protocol.name} ${claim.operation} ${principal.subject}`;
  const known = gate.known.recall(scope, authorized.body, messageEnds);
  const found = new Set<number>(known.found);
  const isKnown = ({ message }: { readonly message: number }): boolean =>
    message >= 0 && message < known.messages && !known.found.has(message);
  const given = givenInPrompt(policy.prompt, texts, isKnown);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    options.given = given.get(i) ?? NONE;
    if (isKnown(text) && options.given.length === 0) continue;
    const repeats = text.role === 'meta' && text.format === 'text';
    if (repeats && isClean(policy.prompt, text.text)) continue;
    lane = text.lane;
    options.format = text.format;
    const { output, findings } = policy.prompt.transform(text.text, options);
    if (findings.length === 0) {
      if (repeats) keepClean(policy.prompt, text.text);
      continue;
    }
    found.add(text.message);
    if (output !== text.text) edits.set(i, output);
  }
  for (const part of request.opaque) promptFindings.push(unread(part, choose));
  for (const name of connection.protocol.requestHeaders) {
    const value = authorized.caller.request.headers[name];
    if (typeof value !== 'string' || VERSION.test(value)) continue;
    lane = `headers.${name}`;
    options.format = 'text';
    options.given = NONE;
    // A header has no room for a mask: what would be changed in a text keeps the request from passing.
    if (policy.prompt.transform(value, options).output !== value)
      throw new Refused('prompt_blocked', `The header ${name} holds what the policy does not let out.`);
  }
  gate.known.remember(scope, authorized.body, messageEnds, found, known);
  gate.metrics.inspection.observe((performance.now() - startedAt) / 1000);
  return widen(authorized, {
    promptFindings,
    forwardable: edits.size === 0 ? authorized.body : request.rewrite(edits),
    standIns: standIns.size === 0 ? NOTHING : standIns,
  });
}
