// Opens the editors through which every text of an answer goes, and keeps what they find.
import type { LaneOptions } from '@sluice/inspect';
import { compileTreat } from '@sluice/policy';
import type { Sealer } from '@sluice/protocols';
import type { LaneEditor, LaneInfo, OpenLane } from '@sluice/types';
import type { Gate } from '../gate.ts';
import { factsOf } from './authorize.ts';
import { isClean, keepClean } from './clean.ts';
import { CountedLane, type TextCount } from './counted-lane.ts';
import type { Inspected, Treated } from './exchange.ts';
import { guardOwn } from './own-secrets.ts';

/** What the relays say of the body themselves, since it is no longer the body that upstream spoke of. */
const OWN = new Set(['content-type', 'content-length', 'content-encoding', 'transfer-encoding']);

/** For a text in which nothing was found. */
const UNCHANGED: LaneEditor = { push: (text) => text, end: () => '', held: 0, edits: 0 };

export class AnswerLanes {
  readonly found: Treated[] = [];
  /** Text of the answer so far, as the model said it. */
  readonly said: TextCount = { units: 0 };
  readonly open: OpenLane;
  /** For protocols that keep an original with the caller. */
  readonly sealer: Sealer | undefined;
  readonly #options: Omit<LaneOptions, 'onFinding'>;
  readonly #inspected: Inspected;
  readonly #gate: Gate;

  constructor(inspected: Inspected, gate: Gate) {
    const { policy, principal, connection } = inspected;
    this.#inspected = inspected;
    this.#gate = gate;
    this.#options = {
      treat: guardOwn(
        compileTreat(policy.policy, 'response', factsOf(inspected, gate.now()), {
          observe: inspected.glass !== undefined,
        }),
      ),
      keyed: gate.keyring.for(principal.subject, connection.name),
      release: policy.policy.release,
      ...(inspected.standIns.size === 0 ? {} : { restore: inspected.standIns }),
    };
    this.sealer = connection.protocol.restore && gate.keyring.sealer(principal.subject, connection.name);
    this.open = (lane) => this.#open(lane);
  }

  #open(lane: LaneInfo): LaneEditor {
    if (
      lane.whole !== undefined &&
      lane.role === 'meta' &&
      lane.format === 'text' &&
      this.#holdsNothing(lane.whole)
    )
      return UNCHANGED;
    const editor = this.#inspected.policy.response.lane({
      ...this.#options,
      format: lane.format,
      onFinding: (finding, treatment) => {
        this.found.push({ finding: { ...finding, lane: lane.id }, treatment });
        this.#gate.metrics.findings.inc({ kind: finding.kind, direction: 'response' });
      },
    });
    return lane.role === 'assistant' ? new CountedLane(editor, this.said) : editor;
  }

  /**
   * Headers of the upstream that may reach the caller, as a flat list; one in which something was found that the policy
   * would not let through in the text is left out.
   */
  headers(
    names: readonly string[],
    upstream: Readonly<Record<string, string | string[] | undefined>>,
  ): string[] {
    const kept: string[] = [];
    for (const name in upstream) {
      const value = upstream[name];
      if (typeof value !== 'string' || OWN.has(name) || !isListed(names, name)) continue;
      if (this.#holdsNothing(value) || this.#leaves(value)) kept.push(name, value);
    }
    return kept;
  }

  #leaves(text: string): boolean {
    return this.#inspected.policy.response.transform(text, this.#options).output === text;
  }

  /** Of a text that is whole. Stand-ins, where there are some, make it another text. */
  #holdsNothing(text: string): boolean {
    if (this.#options.restore !== undefined) return false;
    const { response } = this.#inspected.policy;
    if (isClean(response, text)) return true;
    if (response.transform(text, this.#options).findings.length > 0) return false;
    keepClean(response, text);
    return true;
  }
}

function isListed(names: readonly string[], name: string): boolean {
  for (const listed of names) {
    if (listed === name || (listed.endsWith('*') && name.startsWith(listed.slice(0, -1)))) return true;
  }
  return false;
}

/** Value of `x-sluice-findings`: counts by kind, of what was changed or reported; empty when no rule spoke of any. */
export function countsOf(found: readonly Treated[]): string {
  const counts = new Map<string, number>();
  for (const { finding, treatment } of found)
    if (treatment.action !== 'allow') counts.set(finding.kind, (counts.get(finding.kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind}=${count}`).join(', ');
}
