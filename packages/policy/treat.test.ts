// What is done with a finding: strictest first, exceptions, observe mode.
import type { Action, MaskStyle } from '@sluice/types';
import { STRICTNESS } from '@sluice/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facts, finding, NOW, policyOf } from './testing/build.ts';
import { compileTreat } from './treat.ts';

const ACTIONS = Object.keys(STRICTNESS) as Action[];
const settled = { author: 'ada', reason: 'a test value', expires: '2026-12-31' };

function treatment(
  rules: readonly unknown[],
  kind: string,
  {
    value = '',
    direction = 'prompt' as 'prompt' | 'response',
    found = {},
    call = {},
    mode = 'enforce' as unknown,
    observe = false,
  } = {},
) {
  const policy = policyOf({ [direction]: rules, mode });
  return compileTreat(policy, direction, facts(call), { observe })(finding(kind, found), value);
}

describe('a rule', () => {
  test.each(ACTIONS)('with `do: %s` says so for what it finds, and nothing for the rest', (action) => {
    expect(treatment([{ find: 'secret', do: action }], 'secret.jwt').action).toBe(action);
    expect(treatment([{ find: 'secret', do: action }], 'pii.email')).toEqual({
      action: 'allow',
      as: 'label',
      rule: 'none',
    });
  });

  test.each([
    ['secret', 'secret', true],
    ['secret', 'secret.jwt', true],
    ['secret.jwt', 'secret', false],
    ['secret.j', 'secret.jwt', false],
    ['sec', 'secret', false],
  ])('that finds %s covers %s: %s', (branch, kind, covered) => {
    expect(treatment([{ find: branch, do: 'block' }], kind).action).toBe(covered ? 'block' : 'allow');
  });

  test('with a minimum of confidence leaves what is below it', () => {
    const rules = [{ find: 'pii', do: 'block', confidence: 0.8 }];
    expect(
      [0.79, 0.8, 1].map((confidence) => treatment(rules, 'pii.email', { found: { confidence } }).action),
    ).toEqual(['allow', 'block', 'block']);
  });

  test('of its own patterns finds the kind that carries its name', () => {
    expect(treatment([{ name: 'project', match: 'zeppelin', do: 'block' }], 'custom.project')).toMatchObject({
      action: 'block',
      rule: 'project',
    });
  });
});

describe('of several rules', () => {
  const rule = fc.record({
    find: fc.constantFrom('secret', 'secret.jwt', 'pii', 'pii.email'),
    do: fc.constantFrom(...ACTIONS.filter((action) => action !== 'allow')),
    confidence: fc.constantFrom(0.5, 0.95),
  });
  const styled = fc.record({
    find: fc.constantFrom('secret', 'secret.jwt'),
    do: fc.constant('mask'),
    as: fc.constantFrom<MaskStyle>('label', 'last4', 'hash', 'partial', 'token', 'remove'),
  });

  test('the strictest wins, in whatever order they stand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(rule, styled), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (rules, turn) => {
          const turned = rules.map((_, i) => rules[(i + turn) % rules.length]).reverse();
          const answer = treatment(rules, 'secret.jwt');
          const other = treatment(turned, 'secret.jwt');
          expect([other.action, other.as]).toEqual([answer.action, answer.as]);
          const matching = rules.filter(
            (one) => one.find.startsWith('secret') && (!('confidence' in one) || one.confidence <= 0.9),
          );
          expect(STRICTNESS[answer.action]).toBe(
            Math.max(0, ...matching.map((one) => STRICTNESS[one.do as Action])),
          );
        },
      ),
    );
  });

  test('of two masks, the one that shows less wins', () => {
    expect(
      treatment(
        [
          { find: 'pii', do: 'mask', as: 'last4' },
          { find: 'pii.us-ssn', do: 'mask' },
        ],
        'pii.us-ssn',
      ).as,
    ).toBe('label');
  });

  test('`do: allow` silences the others', () => {
    expect(
      treatment(
        [
          { find: 'secret', do: 'block' },
          { find: 'secret.jwt', do: 'allow' },
        ],
        'secret.jwt',
      ),
    ).toEqual({ action: 'allow', as: 'label', rule: 'secret.jwt' });
  });
});

describe('an exception', () => {
  const rules = (allow: unknown) => [
    { find: 'secret', do: 'mask' },
    { find: 'secret.jwt', do: 'block', allow: [allow] },
  ];

  test('by pattern lets a value through when the whole of it matches', () => {
    const allow = { pattern: 'test-[0-9]+', ...settled };
    expect(
      ['test-12', 'test-12x', 'xtest-12', ''].map(
        (value) => treatment(rules(allow), 'secret.jwt', { value }).action,
      ),
    ).toEqual(['allow', 'block', 'block', 'block']);
  });

  test('by hash lets the one value through', () => {
    const allow = { hash: 'a1b2c3d4', ...settled };
    expect(
      ['a1b2c3d4', 'a1b2c3d5', ''].map(
        (hash) => treatment(rules(allow), 'secret.jwt', { found: { hash } }).action,
      ),
    ).toEqual(['allow', 'block', 'block']);
  });

  test.each([
    ['the person', { person: 'ada@acme.com' }, 'allow'],
    ['the subject', { person: 'key:1' }, 'allow'],
    ['someone else', { person: 'eve@acme.com' }, 'block'],
    ['the display name, which anyone may choose', { person: 'Ada' }, 'block'],
  ])('for a person holds for %s', (_, who, action) => {
    expect(treatment(rules({ ...who, ...settled }), 'secret.jwt').action).toBe(action);
  });

  test('ends with its expiry', () => {
    const allow = { person: 'ada@acme.com', author: 'ada', reason: 'r', expires: '2026-06-15T12:00:00Z' };
    expect(
      [NOW - 1, NOW].map((now) => treatment(rules(allow), 'secret.jwt', { call: { now } }).action),
    ).toEqual(['allow', 'block']);
  });

  test('of a rule that does not match the finding has no effect', () => {
    expect(treatment(rules({ person: 'ada@acme.com', ...settled }), 'secret.github-token').action).toBe(
      'mask',
    );
  });

  test.each([
    ['https://docs.acme.com/a.png', 'allow'],
    ['https://docs.acme.com.evil.example/', 'strip'],
    ['[https://docs.acme.com/](https://evil.example/)', 'strip'],
    ['https://docs.acme.com@evil.example/', 'strip'],
  ])('by host, for %s: %s', (value, action) => {
    const exfil = [{ find: 'exfil', do: 'strip', allow: ['*.acme.com'] }];
    expect(treatment(exfil, 'exfil.markdown-image', { value, direction: 'response' }).action).toBe(action);
  });

  test('by host says nothing about what is no exfiltration', () => {
    const both = [{ find: ['exfil', 'pii'], do: 'strip', allow: ['*.acme.com'] }];
    expect(treatment(both, 'pii.email', { value: 'https://docs.acme.com/' }).action).toBe('strip');
  });
});

describe('in observe mode', () => {
  test.each(ACTIONS)('`%s` changes nothing and says what it would have done', (action) => {
    const { action: done, observed } = treatment([{ find: 'secret', do: action }], 'secret.jwt', {
      mode: 'observe',
    });
    const harmless = action === 'allow' || action === 'flag';
    expect([done, observed]).toEqual(harmless ? [action, undefined] : ['flag', action]);
  });

  test('a call may be let through while the policy enforces', () => {
    expect(treatment([{ find: 'secret', do: 'block' }], 'secret.jwt', { observe: true })).toMatchObject({
      action: 'flag',
      observed: 'block',
    });
  });

  test('only the share of callers that the policy names is observed', () => {
    const policy = policyOf({ prompt: [{ find: 'secret', do: 'block' }], mode: { observe: '25%' } });
    const actions = Array.from(
      { length: 2000 },
      (_, i) =>
        compileTreat(policy, 'prompt', facts({ principal: { subject: `key:${i}` } }))(finding('secret'), '')
          .action,
    );
    const observed = actions.filter((action) => action === 'flag').length;
    expect(observed).toBeGreaterThan(400);
    expect(observed).toBeLessThan(600);
  });
});

describe('what no mask can reach any more', () => {
  test('cuts the answer', () => {
    expect(
      treatment([{ find: 'secret', do: 'mask' }], 'secret.jwt', {
        direction: 'response',
        found: { late: true },
      }).action,
    ).toBe('block');
    expect(
      treatment([{ find: 'secret', do: 'flag' }], 'secret.jwt', {
        direction: 'response',
        found: { late: true },
      }).action,
    ).toBe('flag');
  });

  test('a bound of the engine that was reached is never passed in silence', () => {
    expect(treatment([{ find: 'pii', do: 'flag' }], 'limit.match-length').action).toBe('block');
    expect(
      treatment([{ find: 'pii', do: 'flag' }], 'limit.match-length', { direction: 'response' }).action,
    ).toBe('mask');
    expect(treatment([{ find: 'limit', do: 'flag' }], 'limit.match-length').action).toBe('flag');
  });
});
