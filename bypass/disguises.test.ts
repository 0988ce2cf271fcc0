// Values in disguise, through the engine with the built-in detectors: in one piece, unit by unit, and in tokens.
import { compileEngine, type Detector } from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import { describe, expect, it } from 'vitest';
import { DISGUISES } from './disguises.ts';

const engine = compileEngine({
  direction: 'response',
  detectors: builtin.filter(({ kind }) => /^(secret|pii)/.test(kind)),
});

/** A value of each of some detectors, as its first example has it. */
const VALUES: readonly (readonly [detector: string, value: string])[] = [
  'aws-access-key-id',
  'github-token',
  'openai-api-key',
  'anthropic-api-key',
  'google-api-key',
  'slack-token',
  'payment-card',
  'email',
  'iban',
].map((id) => [id, firstValue(builtin.find((row) => row.id === id)!)]);

function firstValue({ examples }: Detector): string {
  return /‹(.*?)›/s.exec(examples.positive[0]!)![1]!;
}

interface Result {
  readonly out: string;
  /** Detectors that found something. */
  readonly found: readonly string[];
}

function mask(text: string, chunk: number): Result {
  const found: string[] = [];
  const lane = engine.lane({
    treat: () => ({ action: 'mask', as: 'label', rule: 'test' }),
    keyed: { hash: () => '', token: () => '' },
    onFinding: ({ detector }) => found.push(detector),
  });
  let out = '';
  for (let i = 0; i < text.length; i += chunk) out += lane.push(text.slice(i, i + chunk));
  return { out: out + lane.end(), found };
}

/** Half of the disguised value, which must not come out: what is left of it tells nothing. */
const halfOf = (worn: string): string =>
  worn.slice(Math.floor(worn.length / 4), Math.floor((worn.length * 3) / 4));

describe.each(DISGUISES.filter((row) => row.caught))('$name', ({ wear }) => {
  it.each(VALUES)('does not hide a value of %s', (id, value) => {
    const worn = wear(value);
    const text = `Here it is:\n${worn}\nThat is all.`;
    const whole = mask(text, text.length);
    expect(whole.found).toContain(id);
    expect(whole.out).not.toContain(halfOf(worn));
    for (const chunk of [1, 4]) expect(mask(text, chunk).out).toBe(whole.out);
  });
});

describe.each(DISGUISES.filter((row) => !row.caught))('not seen through yet: $name', ({ wear }) => {
  it('hides some value', () => {
    const hidden = VALUES.filter(([, value]) => {
      const worn = wear(value);
      return mask(`Here it is:\n${worn}\nThat is all.`, worn.length).out.includes(halfOf(worn));
    });
    expect(hidden).not.toEqual([]);
  });
});
