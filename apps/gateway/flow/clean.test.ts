// Texts that calls repeat are read once, and only those in which nothing is found.
import { compileEngine } from '@sluice/inspect';
import { describe, expect, it } from 'vitest';
import { isClean, keepClean } from './clean.ts';

const engine = (word: string) =>
  compileEngine({
    direction: 'prompt',
    detectors: [],
    custom: [{ name: 'word', direction: 'prompt', words: [word] }],
  });

describe('a short text', () => {
  it('is clean to the engine that found nothing in it, and to no other', () => {
    const [first, second] = [engine('sesame'), engine('gpt-4o-mini')];
    expect(isClean(first, 'gpt-4o-mini')).toBe(false);
    keepClean(first, 'gpt-4o-mini');
    expect(isClean(first, 'gpt-4o-mini')).toBe(true);
    expect(isClean(first, 'gpt-4o')).toBe(false);
    expect(isClean(second, 'gpt-4o-mini')).toBe(false);
  });

  it('is not kept when it is long, and forgotten when many others came after it', () => {
    const one = engine('sesame');
    const long = 'x'.repeat(65);
    keepClean(one, long);
    expect(isClean(one, long)).toBe(false);
    keepClean(one, 'kept');
    for (let i = 0; i < 1000; i++) keepClean(one, `model-${i}`);
    expect(isClean(one, 'kept')).toBe(false);
  });
});
