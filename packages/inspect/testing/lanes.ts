// Small helpers for tests that run lanes: a detector in one line, and a text fed in given chunks.
import type { Finding, Treatment } from '@sluice/types';
import type { Engine, Keyed, LaneOptions } from '../api.ts';
import type { Detector } from '../detector.ts';

export const keyed: Keyed = {
  hash: (kind, value) => `${kind.length}${value.length}${value.slice(0, 2)}${value.slice(-2)}________`,
  token: (kind, value) => `<${kind}=${value.length}>`,
};

export const treatment = (action: Treatment['action'], as: Treatment['as'] = 'label'): Treatment => ({
  action,
  as,
  rule: 'test',
});

export function detector(kind: string, pattern: string, more: Partial<Detector> = {}): Detector {
  return {
    id: kind,
    kind,
    about: 'For a test.',
    family: 'literal',
    patterns: [pattern],
    examples: { positive: [], negative: [] },
    ...more,
  };
}

export interface Fed {
  readonly out: string;
  readonly findings: readonly Finding[];
  /** Code units held after each chunk. */
  readonly held: readonly number[];
  readonly edits: number;
}

/** Masks everything unless `options` say otherwise. Nothing is cut. */
export function feed(engine: Engine, chunks: Iterable<string>, options: Partial<LaneOptions> = {}): Fed {
  const findings: Finding[] = [];
  const held: number[] = [];
  const lane = engine.lane({
    treat: () => treatment('mask'),
    keyed,
    onFinding: (finding) => findings.push(finding),
    cuts: false,
    ...options,
  });
  let out = '';
  for (const chunk of chunks) {
    out += lane.push(chunk);
    held.push(lane.held);
  }
  out += lane.end();
  return { out, findings, held, edits: lane.edits };
}

/** The text in one piece, cut in two at every unit, and one unit at a time. */
export function* everyCut(text: string): Iterable<readonly string[]> {
  yield [text];
  yield text.split('');
  for (let i = 1; i < text.length; i += 1) yield [text.slice(0, i), text.slice(i)];
}
