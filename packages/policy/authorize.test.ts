// Who may do what.
import { describe, expect, test } from 'vitest';
import { authorize } from './authorize.ts';
import { AccessRule } from './document.ts';
import { salvage } from './salvage.ts';
import { facts } from './testing/build.ts';

function rule(raw: unknown): AccessRule {
  const { complete, issues } = salvage(AccessRule, raw);
  if (complete === undefined) throw new Error(JSON.stringify(issues));
  return complete;
}

describe('an access rule', () => {
  test.each<[string, unknown, Parameters<typeof facts>[0], boolean]>([
    ['that names nothing matches anything', {}, {}, true],
    ['matches a group of the caller', { groups: ['ml', 'engineering'] }, {}, true],
    ['does not match when no group is shared', { groups: ['ml'] }, {}, false],
    ['does not read groups as wildcards', { groups: ['*'] }, {}, false],
    ['with no groups matches nobody', { groups: [] }, {}, false],
    ['matches its connection', { connections: ['gpt'] }, {}, true],
    ['matches connections by wildcard', { connections: ['g*'] }, {}, true],
    ['does not match another connection', { connections: ['claude'] }, {}, false],
    ['with no connections matches none', { connections: [] }, {}, false],
    ['matches its operation', { operations: ['chat', 'embed'] }, {}, true],
    ['does not match another operation', { operations: ['embed'] }, {}, false],
    ['with no operations matches none', { operations: [] }, {}, false],
    ['matches models by wildcard', { models: ['gpt-*'] }, {}, true],
    ['does not match another model', { models: ['claude-*'] }, {}, false],
    ['with no models matches none', { models: [] }, {}, false],
    ['of models lets them be listed', { models: ['gpt-*'] }, { operation: 'models', model: '' }, true],
    [
      'of models lets only those be looked at',
      { models: ['gpt-*'] },
      { operation: 'models', model: 'o9' },
      false,
    ],
    ['of models does not match a call without one', { models: ['gpt-*'] }, { model: '' }, false],
    ['with no models lets none be listed', { models: [] }, { operation: 'models', model: '' }, false],
    ['matches within its hours', { hours: 'Mon 11:00-13:00 UTC' }, {}, true],
    [
      'matches within one of several hours',
      { hours: ['Sun 11:00-13:00 UTC', 'daily 12:00-12:01 UTC'] },
      {},
      true,
    ],
    ['does not match outside its hours', { hours: 'Mon 13:00-14:00 UTC' }, {}, false],
  ])('%s', (_, raw, call, allowed) => {
    expect(authorize([rule(raw)], facts(call)).allowed).toBe(allowed);
  });
});

describe('access', () => {
  test('is decided by the first rule that matches', () => {
    const rules = [
      { groups: ['ml'], policy: 'a' },
      { connections: ['gpt'], policy: 'b' },
      { policy: 'c' },
    ].map(rule);
    expect(authorize(rules, facts())).toEqual({ allowed: true, policy: 'b', rule: 1 });
  });

  test('falls to the next rule outside the hours of one', () => {
    const rules = [{ hours: 'Sun 00:00-24:00 UTC', policy: 'weekend' }, { policy: 'week' }].map(rule);
    expect(authorize(rules, facts())).toMatchObject({ policy: 'week' });
  });

  test('means the standard policy where none is named', () => {
    expect(authorize([rule({})], facts())).toMatchObject({ policy: 'standard' });
  });

  test('is refused when nothing is listed', () => {
    expect(authorize([], facts())).toEqual({ allowed: false, why: 'there is no access rule' });
  });

  test.each<[string, unknown]>([
    ['groups', { groups: ['ml'] }],
    ['connection', { connections: ['claude'] }],
    ['operation', { operations: ['embed'] }],
    ['model', { models: ['claude-*'] }],
    ['hours', { hours: 'Sun 00:00-24:00 UTC' }],
  ])('says that it failed by the %s of the rule that came nearest, and names no value', (condition, raw) => {
    expect(authorize([rule({ groups: ['nobody'] }), rule(raw)], facts())).toEqual({
      allowed: false,
      why: `no access rule fits: ${condition}`,
    });
  });

  test('is bounded by the scope of the credential', () => {
    expect(authorize([rule({})], facts({ principal: { connections: ['claude'] } })).allowed).toBe(false);
    expect(authorize([rule({})], facts({ principal: { connections: ['gpt'] } })).allowed).toBe(true);
    expect(authorize([rule({})], facts({ principal: { connections: [] } })).allowed).toBe(false);
  });
});
