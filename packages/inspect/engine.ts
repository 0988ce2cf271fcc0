// The engine: a specification compiled once, then any number of lanes. It constructs; the work is in scanner/ and masker/.
import type { Finding } from '@sluice/types';
import type { Engine, EngineSpec, Keyed, Transformed, TransformOptions } from './api.ts';
import { Editor } from './masker/editor.ts';
import { byPlace } from './order.ts';
import { type Plan, planOf } from './scanner/plan.ts';
import { Acrostics } from './seams/acrostic.ts';
import { distinctive, jointsOf, Splits } from './seams/split.ts';

const UNKEYED: Keyed = { hash: () => '', token: () => '' };

/** Finds everything and changes nothing. */
const FLAG = { action: 'flag', as: 'label', rule: '' } as const;

function transform(plan: Plan, text: string, options: TransformOptions): Transformed {
  const findings: Finding[] = [];
  const onFinding = (finding: Finding): void => {
    findings.push(finding);
  };
  const editor = new Editor(plan, { ...options, onFinding, cuts: false });
  const output = editor.push(text) + editor.end();
  return { output, findings: findings.sort(byPlace) };
}

/**
 * Compiles a specification. Throws `PatternError` (of `@sluice/automata`) for a pattern that cannot be compiled.
 * Exact values shorter than `MIN_EXACT` are not searched for.
 */
export function compileEngine(spec: EngineSpec): Engine {
  const plan = planOf(spec);
  let splits: Splits | undefined;
  return {
    scan: (text, keyed = UNKEYED) => [...transform(plan, text, { keyed, treat: () => FLAG }).findings],
    transform: (text, options) => transform(plan, text, options),
    lane: (options) => new Editor(plan, options),
    splits: () => (splits ??= new Splits(compileEngine(distinctive(spec)), jointsOf(spec))),
    acrostics: new Acrostics(spec.exact ?? []),
    stats: () => plan.stats(),
  };
}
