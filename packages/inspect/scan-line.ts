// One line of `sluice scan --jsonl`: a text in, its findings and the masked text out. It must not know files or streams.
import type { Finding, Treatment } from '@sluice/types';
import type { Engine, Keyed } from './api.ts';
import { byPlace } from './order.ts';

export interface ScanInput {
  readonly id: unknown;
  readonly text: string;
}

export interface ScanOutput {
  readonly id: unknown;
  /** In order of place. Offsets are UTF-16 code units of the input text. */
  readonly findings: readonly Pick<Finding, 'kind' | 'detector' | 'start' | 'end'>[];
  readonly output: string;
}

/**
 * Scans and masks one text. With `chunk`, the text is fed through the streaming masker that many code units at a time,
 * which changes nothing. A `block` treatment reads as a mask, since a listing has nothing to cut.
 */
export function scanLine(
  engine: Engine,
  treat: (finding: Finding, value: string) => Treatment,
  input: ScanInput,
  keyed: Keyed,
  chunk?: number,
): ScanOutput {
  const { output, findings } =
    chunk === undefined
      ? engine.transform(input.text, { treat, keyed })
      : fed(engine, treat, input.text, keyed, chunk);
  const shown = findings.map(({ kind, detector, start, end }) => ({ kind, detector, start, end }));
  return { id: input.id, findings: shown, output };
}

function fed(
  engine: Engine,
  treat: (finding: Finding, value: string) => Treatment,
  text: string,
  keyed: Keyed,
  chunk: number,
): { readonly output: string; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const onFinding = (finding: Finding): void => {
    findings.push(finding);
  };
  const lane = engine.lane({ treat, keyed, onFinding, cuts: false });
  let output = '';
  for (let i = 0; i < text.length; i += chunk) output += lane.push(text.slice(i, i + chunk));
  output += lane.end();
  return { output, findings: findings.sort(byPlace) };
}
