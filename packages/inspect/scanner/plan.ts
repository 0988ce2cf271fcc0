// What is looked for, compiled: detectors, users' rules and exact values as rows of a few automata, shared by all lanes.
// It must not know lanes, views or what is done with findings.
import { compile, type Program, type ProgramStats } from '@sluice/automata';
import type { CustomRule, EngineSpec } from '../api.ts';
import { type Detector, type Family, LEFT_CONTEXT, type Match } from '../detector.ts';
import { exactPatterns } from './exact.ts';
import { type BodyTest, bodyTest } from './region.ts';
import { wordPattern } from './words.ts';

/** Longest match, in code units, when a detector names no other. */
export const MAX_LENGTH = 1024;
/** Confidence of a match when a detector's check gives none. */
export const CONFIDENCE = 0.9;
/** Kind of a finding that stands for a candidate too long to follow. */
export const LIMIT_KIND = 'limit.match-length';

/** A detector as the scanner sees it. */
export interface Row {
  readonly detector: string;
  readonly kind: string;
  /** Place in the specification: of findings that are otherwise alike, the first comes first. */
  readonly order: number;
  readonly check: Detector['check'] | undefined;
  readonly trim: Detector['trim'] | undefined;
  readonly region: { readonly body: BodyTest; readonly closer: string; readonly max: number } | undefined;
}

export interface Plan {
  readonly program: Program;
  /** The row of each of the program's groups. */
  readonly rows: readonly Row[];
  stats(): ProgramStats;
}

type Source = Pick<
  Detector,
  'id' | 'kind' | 'family' | 'patterns' | 'ignoreCase' | 'check' | 'trim' | 'region' | 'maxLength'
>;

type SetName = Family | 'exact';

/**
 * What runs in one automaton, and what abreast of it. Counted runs of digits and letters, phrases, and users' patterns, of
 * which partial matches overlap for long, keep automata of their own, so that a text which needs many states of one needs
 * few of the others.
 */
const TRACKS: Readonly<Record<SetName, number>> = {
  literal: 0,
  word: 0,
  exact: 0,
  digits: 1,
  phrase: 2,
  custom: 3,
};

/** Bytes that all tables together may take. */
const CACHE_BYTES = 64 * 10 ** 6;

function customSource(rule: CustomRule): Source {
  const words = rule.words ?? [];
  const checks = words.map((word) => wordPattern(word));
  const patterns = [...(rule.patterns ?? []), ...checks.map((word) => word.pattern)];
  const offset = rule.patterns?.length ?? 0;
  return {
    id: `custom.${rule.name}`,
    kind: `custom.${rule.name}`,
    family: 'custom',
    patterns,
    check: (match: Match) => (checks[match.pattern - offset]?.fits(match.left) ?? true) && CONFIDENCE,
  };
}

function sourcesOf(spec: EngineSpec): { readonly set: SetName; readonly source: Source }[] {
  const here = <T extends { readonly direction?: EngineSpec['direction'] }>(row: T): boolean =>
    row.direction === undefined || row.direction === spec.direction;
  return [
    ...spec.detectors.filter(here).map((source) => ({ set: source.family, source })),
    ...(spec.custom ?? [])
      .filter(here)
      .map((rule) => ({ set: 'custom' as const, source: customSource(rule) })),
    ...(spec.exact ?? []).flatMap((exact) => {
      const patterns = exactPatterns(exact.value);
      const source: Source = {
        id: 'exact-value',
        kind: exact.kind,
        family: 'literal',
        patterns,
        maxLength: Math.max(MAX_LENGTH, 2 * exact.value.length),
        check: () => 1,
      };
      return patterns.length > 0 ? [{ set: 'exact' as const, source }] : [];
    }),
  ];
}

function rowOf(source: Source, order: number): Row {
  const { region } = source;
  return {
    detector: source.id,
    kind: source.kind,
    order,
    check: source.check,
    trim: source.trim,
    region: region && { body: bodyTest(region.body), closer: region.closer, max: region.max },
  };
}

/** Throws `PatternError` for a pattern that cannot be compiled. */
export function planOf(spec: EngineSpec): Plan {
  const members = sourcesOf(spec).filter(({ source }) => source.patterns.length > 0);
  const groups = members.map(({ set, source }) => ({
    patterns: source.patterns,
    ignoreCase: source.ignoreCase ?? false,
    maxLength: source.maxLength ?? MAX_LENGTH,
    track: TRACKS[set],
  }));
  const program = compile(groups, { cacheBytes: CACHE_BYTES, leftContext: LEFT_CONTEXT });
  return {
    program,
    rows: members.map(({ source }, order) => rowOf(source, order)),
    stats: () => program.stats(),
  };
}
