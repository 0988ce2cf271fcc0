// What may be shown of a line, and what may not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { veil } from './veil.ts';

const RANDOM = ['4eC39Hq', 'LyjWDarj', 'tT1zdp7dc'].join('');

describe('a line that is shown', () => {
  test.each([
    `  credential: sk-${RANDOM}`,
    '  credential: hunter2',
    '  credential: "correct horse battery"',
    `  credential: env:sk_live_${RANDOM}`,
    '  api_key: hunter2',
    '  password = hunter2',
    `  upstream: https://user:hunter2@api.example`,
    `  store: ${RANDOM}`,
    `  ${RANDOM}: 1`,
    `  reason: it was ${RANDOM} all along`,
    `  key: |AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
  ])('covers what may be a secret in %j and keeps its length', (line) => {
    const shown = veil(line);
    expect(shown).toHaveLength(line.length);
    for (const secret of [RANDOM, 'hunter2', 'battery', 'AAAAAAAAAAAAAA'])
      expect(shown).not.toContain(secret);
  });

  test.each([
    '  gpt: { protocol: openai, upstream: https://api.openai.com, credential: env:OPENAI_API_KEY, default: true }',
    'seal: { key: file:data/sluice.key }',
    '  - { groups: [engineering], connections: [gpt, claude], models: ["gpt-*", "claude-*"], policy: standard }',
    '      - { find: [pii.email, pii.phone], do: tokenize }',
    '    limits: { request_bytes: 1MB, response_tokens: 8000, duration: 120s }',
    '  - { hours: "Mon-Fri 07:00-20:00 Europe/Berlin" }',
  ])('shows %j as it is', (line) => {
    expect(veil(line)).toBe(line);
  });

  test('never gets shorter or longer', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        expect(veil(line)).toHaveLength(line.length);
      }),
    );
  });
});
