// From actions to verdicts: the whole table, and the sum.
import type { Action, Direction, VerdictKind } from '@sluice/types';
import { STRICTNESS } from '@sluice/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { finding } from './testing/build.ts';

const TABLE: readonly (readonly [Direction, Action, VerdictKind])[] = [
  ['prompt', 'allow', 'allow'],
  ['prompt', 'flag', 'allow'],
  ['prompt', 'mask', 'transform'],
  ['prompt', 'tokenize', 'transform'],
  ['prompt', 'strip', 'transform'],
  ['prompt', 'approve', 'hold'],
  ['prompt', 'block', 'deny'],
  ['response', 'allow', 'allow'],
  ['response', 'flag', 'allow'],
  ['response', 'mask', 'transform'],
  ['response', 'tokenize', 'transform'],
  ['response', 'strip', 'transform'],
  ['response', 'approve', 'deny'],
  ['response', 'block', 'deny'],
];

const treated = (
  action: Action,
  { kind = 'secret.jwt', lane = 'messages[0].content', rule = 'secret', ...more } = {},
) => ({
  finding: { ...finding(kind), lane },
  treatment: { action, as: 'label' as const, rule, ...more },
});

describe('a verdict', () => {
  test.each(TABLE)('%s: %s is %s', (direction, action, verdict) => {
    expect(decide(direction, [treated(action)]).kind).toBe(verdict);
  });

  test('of nothing found is to allow', () => {
    expect(decide('prompt', [])).toEqual({ kind: 'allow', reasons: [] });
  });

  test('is that of the strictest finding, in whatever order they come', () => {
    const order: readonly VerdictKind[] = ['allow', 'transform', 'hold', 'deny'];
    const actions = fc.array(fc.constantFrom(...(Object.keys(STRICTNESS) as Action[])), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(actions, (list) => {
        const each = list.map((action) => order.indexOf(decide('prompt', [treated(action)]).kind));
        const whole = decide(
          'prompt',
          list.map((action) => treated(action)),
        );
        expect(order.indexOf(whole.kind)).toBe(Math.max(...each));
        expect(
          decide(
            'prompt',
            list.toReversed().map((action) => treated(action)),
          ).kind,
        ).toBe(whole.kind);
        expect(whole.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
      }),
    );
  });

  test('counts equal reasons, strictest first, and keeps what would have been done', () => {
    const observed = treated('flag', { rule: 'pii', kind: 'pii.email' });
    const verdict = decide('prompt', [
      { ...observed, treatment: { ...observed.treatment, observed: 'mask' } },
      treated('block'),
      treated('block'),
      treated('block', { lane: 'messages[1].content' }),
    ]);
    expect(verdict).toEqual({
      kind: 'deny',
      reasons: [
        { rule: 'secret', kind: 'secret.jwt', action: 'block', lane: 'messages[0].content', count: 2 },
        { rule: 'secret', kind: 'secret.jwt', action: 'block', lane: 'messages[1].content', count: 1 },
        {
          rule: 'pii',
          kind: 'pii.email',
          action: 'flag',
          lane: 'messages[0].content',
          count: 1,
          observed: 'mask',
        },
      ],
    });
  });
});
