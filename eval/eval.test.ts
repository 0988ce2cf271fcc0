// The evaluation in short, and the parts that its figures rest on.
import type { Detector } from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import { describe, expect, it } from 'vitest';
import { misses } from './bars.ts';
import { drawFrom } from './draw.ts';
import { evaluate } from './evaluate.ts';
import { marked, unmarked } from './labelled.ts';
import { kindsOf, recallBy } from './measure.ts';
import { setsOf } from './sets.ts';
import { SHORT } from './sizes.ts';

describe('the short evaluation', () => {
  const result = evaluate(builtin, SHORT);
  it.each(result.figures.filter(({ rate, bar }) => bar !== undefined && rate.of > 0))(
    'reaches its bar: $name',
    ({ rate, bar }) => {
      expect(misses(bar!, rate.hits / rate.of), `${rate.hits} of ${rate.of}`).toBe(false);
    },
  );

  it('knows every detector of values by its examples', () => {
    const measured = new Set(result.sets.examples.map(({ what }) => what));
    const kinds = new Set(builtin.map(({ kind }) => kind).filter((kind) => /^(?:secret|pii)\./.test(kind)));
    expect([...kinds].filter((kind) => !measured.has(kind))).toEqual([]);
  });
});

describe('its parts', () => {
  it('draws the same for the same seed, and something else for another', () => {
    const sizes = { ...SHORT, examples: 0 };
    expect(setsOf([], sizes)).toEqual(setsOf([], sizes));
    expect(setsOf([], sizes).values).not.toEqual(setsOf([], { ...sizes, seed: 2 }).values);
  });

  it('labels every value where it stands, whatever the carrier makes of it', () => {
    const { values } = setsOf([], SHORT);
    expect(values.filter(({ spans }) => spans.length !== 1 || spans[0]!.end <= spans[0]!.start)).toEqual([]);
    expect(unmarked(`a ${marked('b')} c`)).toEqual({ text: 'a b c', spans: [{ start: 2, end: 3 }] });
  });

  it('measures a new detector without a line here', () => {
    const examples = { positive: ['code ‹zz-12345›'], negative: ['none'] };
    const row = {
      id: 'new',
      kind: 'secret.new',
      about: '',
      family: 'literal',
      patterns: ['zz-\\d{5}'],
      examples,
    };
    const { sets } = evaluate([row as Detector], { ...SHORT, values: 0, harmless: 0, attacks: 0 });
    expect(sets.examples.map(({ what }) => what)).toEqual(['secret.new']);
  });

  it('counts recall, precision and what was found under another name', () => {
    const label = {
      ...unmarked(`x ${marked('v')} y`),
      carrier: 'c',
      disguise: 'none',
      direction: 'response',
    } as const;
    const set = ['pii.a', 'pii.a', 'pii.b'].map((what) => ({ ...label, what }));
    const at = (kind: string, start: number) => ({ kind, start, end: start + 1 });
    const reading = [[at('pii.a', 2)], [at('pii.b', 2)], [at('secret.x', 2), at('pii.a', 0)]];
    expect(kindsOf(set, reading, [[at('pii.a', 0)]])).toEqual([
      {
        kind: 'pii.a',
        recall: { hits: 2, of: 2 },
        precision: { hits: 1, of: 3 },
        f1: 0.5,
        confusions: { 'pii.b': 1 },
      },
      { kind: 'pii.b', recall: { hits: 0, of: 1 }, precision: { hits: 1, of: 1 }, f1: 0, confusions: {} },
    ]);
    expect([...recallBy(set, reading, ({ carrier }) => carrier)]).toEqual([['c', { hits: 2, of: 3 }]]);
  });

  it('draws evenly enough', () => {
    const draw = drawFrom(3);
    const counts = Array.from({ length: 4 }, () => 0);
    for (let i = 0; i < 4000; i += 1) counts[draw.below(4)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
