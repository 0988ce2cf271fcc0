// Bounded: whatever the text, what is held and what is kept stays below a bound, and the bound itself is found.
import { describe, expect, it } from 'vitest';
import { compileEngine } from '../engine.ts';
import { MAX_LENGTH } from '../scanner/plan.ts';
import { detector, feed, keyed, treatment } from '../testing/lanes.ts';
import { LONGEST_WORD } from '../views/turned.ts';

const engine = compileEngine({
  direction: 'response',
  detectors: [
    detector('mail', '[a-z0-9.]+@[a-z0-9.]+\\.com', { family: 'word' }),
    detector('quoted', '"[^"]*"!', { family: 'phrase', maxLength: 300 }),
    detector('key', '-BEGIN-', { region: { body: '[a-zA-Z0-9+/\\s]', closer: '-END-', max: 5000 } }),
    detector('digits', '\\d{13,19}', { family: 'digits', check: () => false }),
  ],
});

const flag = { treat: () => treatment('flag') };
const encode = (text: string): string => Buffer.from(text).toString('base64');
const LENGTH = 10_000;
const filled = (unit: string): string => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);

describe('what is held', () => {
  it.each<[name: string, text: string, most: number]>([
    ['one endless word', filled('a'), MAX_LENGTH + 1],
    ['a word that is nearly an address', filled('a.'), 2 * MAX_LENGTH + 1],
    ['a quote that never ends', `"${filled('x ')}`, 2 * MAX_LENGTH + 2],
    ['nothing but quotes', filled('"'), 301],
    ['nothing but backslashes', filled('\\'), MAX_LENGTH + 1],
    ['escapes that are none', filled('\\u00'), MAX_LENGTH + 1],
    ['combining marks', filled('\u0301'), 1],
    ['high surrogates', filled('\ud83d'), 1],
    ['tag characters', filled('\u{e0061}'), 2 * MAX_LENGTH + 2],
    ['digits', filled('4'), MAX_LENGTH + 1],
    ['base64 of nothing', filled('AAAA'), MAX_LENGTH + 1],
    ['base64 of prose', encode(filled('Some quiet words. ')).slice(0, LENGTH), LONGEST_WORD],
    ['a key block without an end', `-BEGIN-${filled('MIIE ')}`, 20],
  ])('is bounded in %s', (_name, text, most) => {
    const chunks: string[] = [];
    for (let i = 0; i < text.length; i += 7) chunks.push(text.slice(i, i + 7));
    const { held, out } = feed(engine, chunks, flag);
    expect(Math.max(...held)).toBeLessThanOrEqual(most + 7);
    expect(out).toBe(text);
  });
});

describe('a candidate that is too long to follow', () => {
  it('is a finding of its own, and is masked as a policy says', () => {
    const text = `a "${'x'.repeat(700)} b`;
    const { out, findings } = feed(engine, text.split(''), {
      treat: ({ kind }) => treatment(kind === 'limit.match-length' ? 'mask' : 'flag'),
    });
    expect(
      findings.some(({ kind, detector }) => kind === 'limit.match-length' && detector === 'quoted'),
    ).toBe(true);
    expect(out).not.toContain('xxxxxx');
    expect(engine.transform(text, { treat: () => treatment('mask'), keyed }).output).not.toContain('xxxxxx');
  });
});

describe('work', () => {
  it('calls a check no more often for twice the text than twice as often', () => {
    let calls = 0;
    const counted = compileEngine({
      direction: 'response',
      detectors: [
        detector('d', '\\d{13,19}', {
          check: () => {
            calls += 1;
            return false;
          },
        }),
      ],
    });
    const count = (length: number): number => {
      calls = 0;
      counted.scan('4'.repeat(length));
      return calls;
    };
    const once = count(1_000);
    expect(count(2_000)).toBeLessThanOrEqual(2 * once + 20);
  });
});
