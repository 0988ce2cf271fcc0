// The evaluation: sets made, read by the engine, measured, held against the bars. It must not print.
import { compileEngine, type Detector } from '@sluice/inspect';
import type { Direction } from '@sluice/types';
import { BARS, type Bar, HARD_DISGUISE, misses } from './bars.ts';
import type { Labelled } from './labelled.ts';
import {
  branchOf,
  flagged,
  type KindRow,
  kindsOf,
  type Rate,
  type Reading,
  recallBy,
  share,
} from './measure.ts';
import { type Sets, type Sizes, setsOf } from './sets.ts';

export interface Figure {
  readonly name: string;
  readonly rate: Rate;
  readonly bar: Bar | undefined;
  readonly missed: boolean;
}

export interface Evaluation {
  readonly sets: Sets;
  readonly figures: readonly Figure[];
  readonly kinds: readonly KindRow[];
  /** Recall of what a detector's own examples hold, where it is not whole. */
  readonly examples: ReadonlyMap<string, Rate>;
  readonly carriers: ReadonlyMap<string, Rate>;
  readonly disguises: ReadonlyMap<string, Rate>;
  readonly groups: Readonly<
    Record<'attacks' | 'harmlessPrompts' | 'leaks' | 'lookAlikes', ReadonlyMap<string, Rate>>
  >;
  readonly harmless: ReadonlyMap<string, Rate>;
  readonly readings: Readonly<Record<keyof Sets, Reading>>;
}

const inBranch = (branch: string) => (label: Labelled) => branchOf(label.what) === branch;

function recallIn(set: readonly Labelled[], reading: Reading, wanted: (label: Labelled) => boolean): Rate {
  return recallBy(set, reading, (label) => String(wanted(label))).get('true') ?? { hits: 0, of: 0 };
}

export function evaluate(detectors: readonly Detector[], sizes: Sizes): Evaluation {
  const engines = {
    prompt: compileEngine({ direction: 'prompt', detectors }),
    response: compileEngine({ direction: 'response', detectors }),
  } satisfies Record<Direction, unknown>;
  const sets = setsOf(detectors, sizes);
  const read = (set: readonly Labelled[]): Reading =>
    set.map(({ text, direction }) =>
      engines[direction].scan(text).map(({ kind, start, end }) => ({ kind, start, end })),
    );
  const readings = {
    values: read(sets.values),
    examples: read(sets.examples),
    disguised: read(sets.disguised),
    harmless: read(sets.harmless),
    attacks: read(sets.attacks),
    harmlessPrompts: read(sets.harmlessPrompts),
    leaks: read(sets.leaks),
    lookAlikes: read(sets.lookAlikes),
  };
  const kinds = kindsOf(sets.values, readings.values, readings.harmless);
  const hard = ({ disguise }: Labelled): boolean => HARD_DISGUISE.test(disguise);
  const rates: Record<string, Rate> = {
    'secrets, independent values': recallIn(sets.values, readings.values, inBranch('secret')),
    "secrets, detectors' own examples": recallIn(sets.examples, readings.examples, inBranch('secret')),
    'harmless texts with a false secret': flagged(readings.harmless, 'secret'),
    "personal data, detectors' own examples": recallIn(sets.examples, readings.examples, inBranch('pii')),
    'harmless texts with false personal data': flagged(readings.harmless, 'pii'),
    ...Object.fromEntries(
      kinds.filter(({ kind }) => branchOf(kind) === 'pii').map(({ kind, recall }) => [kind, recall]),
    ),
    'disguises: encodings, invisible characters, spacing, escapes': recallIn(
      sets.disguised,
      readings.disguised,
      (label) => !hard(label),
    ),
    'disguises: look-alikes, rot13, reversed, concatenated, nested': recallIn(
      sets.disguised,
      readings.disguised,
      hard,
    ),
    'answers that leak': flagged(readings.leaks, 'exfil'),
    'harmless answers taken for leaks': flagged(readings.lookAlikes, 'exfil'),
    'attacks in prompts': flagged(readings.attacks, 'injection'),
    'harmless prompts taken for attacks': flagged(readings.harmlessPrompts, 'injection'),
  };
  const group = (name: 'attacks' | 'harmlessPrompts' | 'leaks' | 'lookAlikes', branch: string) =>
    recallBy(
      sets[name],
      readings[name],
      ({ what }) => what,
      (_, found) => found.some((one) => branchOf(one.kind) === branch),
    );
  const examples = recallBy(sets.examples, readings.examples, ({ what }) => what);
  return {
    sets,
    readings,
    kinds,
    figures: Object.entries(rates).map(([name, rate]) => {
      const bar = BARS.find((one) => one.name === name);
      return { name, rate, bar, missed: bar !== undefined && misses(bar, share(rate)) };
    }),
    examples: new Map([...examples].filter(([, rate]) => rate.hits < rate.of)),
    carriers: recallBy(sets.values, readings.values, ({ carrier }) => carrier),
    disguises: recallBy(sets.disguised, readings.disguised, ({ disguise }) => disguise),
    groups: {
      attacks: group('attacks', 'injection'),
      harmlessPrompts: group('harmlessPrompts', 'injection'),
      leaks: group('leaks', 'exfil'),
      lookAlikes: group('lookAlikes', 'exfil'),
    },
    harmless: recallBy(
      sets.harmless,
      readings.harmless,
      ({ what }) => what,
      (_, found) => found.some(({ kind }) => /^(?:secret|pii)\./.test(kind)),
    ),
  };
}
