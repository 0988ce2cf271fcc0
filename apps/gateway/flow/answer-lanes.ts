// Opens the editors through which every text of an answer goes, and keeps what they find.
import { type Given, Growing, type LaneOptions, type Split, StreamCut } from '@sluice/inspect';
import { compileTreat } from '@sluice/policy';
import type { Sealer } from '@sluice/protocols';
import { type Finding, type LaneEditor, type LaneInfo, type OpenLane, STRICTNESS } from '@sluice/types';
import type { Gate } from '../gate.ts';
import { factsOf } from './authorize.ts';
import { isClean, keepClean } from './clean.ts';
import { CountedLane, type TextCount } from './counted-lane.ts';
import type { Inspected, Treated } from './exchange.ts';
import { givenIn } from './given.ts';
import { LateLane } from './late-lane.ts';
import { NotedLane } from './noted-lane.ts';
import { guardOwn } from './own-secrets.ts';

/** What the relays say of the body themselves, since it is no longer the body that upstream spoke of. */
const OWN = new Set(['content-type', 'content-length', 'content-encoding', 'transfer-encoding']);

const NONE: readonly Given[] = [];

/** For a text in which nothing was found. */
const UNCHANGED: LaneEditor = { push: (text) => text, end: () => '', held: 0, edits: 0 };

export class AnswerLanes {
  readonly found: Treated[] = [];
  /** Text of the answer so far, as the model said it. */
  readonly said: TextCount = { units: 0 };
  /** For an answer that goes out as it comes. */
  readonly open: OpenLane;
  /** For protocols that keep an original with the caller. */
  readonly sealer: Sealer | undefined;
  readonly #options: Omit<LaneOptions, 'onFinding'>;
  readonly #inspected: Inspected;
  /** The texts of a streamed answer, and their lanes. */
  #growing: Growing | undefined;
  readonly #ids: string[] = [];
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
    this.open = (lane) => this.#streamed(lane);
  }

  /**
   * Edits an answer of which nothing has gone out. What can be told only when all of its texts are known is masked as well: the
   * answer is then read again, with it told beforehand.
   */
  whole<T>(edit: (open: OpenLane) => T): T {
    const { metrics } = this.#gate;
    const read = (given: ReadonlyMap<number, readonly Given[]>) => {
      const texts: NotedLane[] = [];
      const edited = edit((lane) => {
        if (lane.role !== 'assistant') return this.#lane(lane, NONE);
        const noted = new NotedLane(this.#lane(lane, given.get(texts.length) ?? NONE), lane);
        texts.push(noted);
        return noted;
      });
      return { edited, texts };
    };
    let { edited, texts } = read(new Map());
    const given = givenIn(this.#inspected.policy.response, texts);
    if (given.size > 0) {
      this.found.length = 0;
      this.said.units = 0;
      ({ edited, texts } = read(given));
    }
    for (const { finding } of this.found) metrics.findings.inc({ kind: finding.kind, direction: 'response' });
    return edited;
  }

  #streamed(lane: LaneInfo): LaneEditor {
    const { findings } = this.#gate.metrics;
    const count = (finding: Finding) => findings.inc({ kind: finding.kind, direction: 'response' });
    const editor = this.#lane(lane, NONE, count);
    // What stands whole in an event repeats what came before it, or describes it.
    if (lane.role !== 'assistant' || lane.whole !== undefined) return editor;
    const { response } = this.#inspected.policy;
    this.#growing ??= new Growing(response.splits());
    this.#ids.push(lane.id);
    return new LateLane(editor, response, this.#growing, lane.format, (split) => this.#late(split, count));
  }

  /** Part of the value has gone, and cannot be masked. */
  #late({ parts }: Split, count: (finding: Finding) => void): void {
    const { keyed, treat } = this.#options;
    const findings = parts.map(({ text, given: { value, ...place } }) => ({
      ...place,
      late: true,
      hash: keyed.hash(place.kind, value),
      lane: this.#ids[text]!,
    }));
    const treatment = treat(findings[0]!, parts[0]!.given.value);
    for (const finding of findings) {
      this.found.push({ finding, treatment });
      count(finding);
    }
    if (STRICTNESS[treatment.action] >= STRICTNESS.tokenize) throw new StreamCut(findings[0]!, '');
  }

  #lane(lane: LaneInfo, given: readonly Given[], count?: (finding: Finding) => void): LaneEditor {
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
      given,
      onFinding: (finding, treatment) => {
        this.found.push({ finding: { ...finding, lane: lane.id }, treatment });
        count?.(finding);
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
