// Every row against its own examples, by a matcher that shares nothing with the engine.
import { describe, expect, test } from 'vitest';
import { builtin } from './index.ts';
import { findPlainly, unmark } from './testing/plain.ts';

const spansOf = (detector: (typeof builtin)[number], text: string) =>
  findPlainly(detector, text).map(({ start, end }) => text.slice(start, end));

describe.each(builtin.map((detector) => [detector.id, detector] as const))('%s', (_, detector) => {
  test('finds the marked value in each positive example, and nothing else', () => {
    for (const marked of detector.examples.positive) {
      const { text, spans } = unmark(marked);
      expect(spans.length, marked).toBeGreaterThan(0);
      expect(spansOf(detector, text), text).toEqual(spans.map(({ start, end }) => text.slice(start, end)));
    }
  });

  test('finds nothing in its look-alikes', () => {
    for (const text of detector.examples.negative) expect(spansOf(detector, text), text).toEqual([]);
  });

  test('states what it is', () => {
    expect(detector.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(detector.kind).toMatch(/^(secret|pii|exfil|injection)\.[a-z0-9-]+$/);
    expect(detector.about.length).toBeGreaterThan(20);
    expect(detector.examples.positive.length).toBeGreaterThan(0);
    expect(detector.examples.negative.length).toBeGreaterThan(0);
  });
});

test('ids are unique', () => {
  expect(new Set(builtin.map(({ id }) => id)).size).toBe(builtin.length);
});
