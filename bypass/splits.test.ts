// Values split over texts, through the engine with the built-in detectors.
import { across, compileEngine } from '@sluice/inspect';
import { builtin } from '@sluice/inspect/detectors/index';
import { describe, expect, it } from 'vitest';
import { SPLITS } from './splits.ts';

const KNOWN = 'mauve-Kestrel-41-orchard';
const engine = compileEngine({
  direction: 'response',
  detectors: builtin,
  exact: [{ kind: 'canary.known', value: KNOWN }],
});
const firstOf = (id: string): string =>
  /‹(.*?)›/s.exec(builtin.find((row) => row.id === id)!.examples.positive[0]!)![1]!;
const VALUES: readonly (readonly [kind: string, value: string])[] = [
  ['canary.known', KNOWN],
  ...['aws-access-key-id', 'github-token', 'anthropic-api-key', 'slack-token'].map(
    (id) => [`secret.${id}`, firstOf(id)] as const,
  ),
];

/** Whether at least half of the value is masked, so that it cannot be put together. */
function isHalfMasked(row: (typeof SPLITS)[number], value: string): boolean {
  const parts = row.split(value).map(([group, text]) => ({ text, format: 'text' as const, group }));
  const found = across(engine.splits(), parts);
  const masked = parts.reduce((sum, { text }, index) => {
    const spans = [...engine.scan(text), ...(found.get(index) ?? [])];
    return sum + [...text].filter((_, at) => spans.some(({ start, end }) => start <= at && at < end)).length;
  }, 0);
  return masked >= value.length / 2;
}

describe.each(SPLITS.filter((row) => row.caught))('$name', (row) => {
  it.each(VALUES)('does not hide a value of %s', (_kind, value) => {
    expect(isHalfMasked(row, value)).toBe(true);
  });
});

describe.each(SPLITS.filter((row) => !row.caught))('not seen through yet: $name', (row) => {
  it('hides some value', () => {
    expect(VALUES.some(([, value]) => !isHalfMasked(row, value))).toBe(true);
  });
});
