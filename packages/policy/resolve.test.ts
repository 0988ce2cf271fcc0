// Policies in force: what `extends` adds up to, defaults, and that nothing can change them afterwards.
import { STRICTNESS } from '@sluice/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customRules } from './custom.ts';
import { resolvePolicies } from './resolve.ts';
import { canonical } from './resolved.ts';
import { documentOf, facts, finding, policyOf, tools } from './testing/build.ts';
import { compileTreat } from './treat.ts';

const KINDS = ['secret.jwt', 'pii.email', 'exfil.markdown-image'];
const someRules = fc.array(
  fc.record({
    find: fc.constantFrom('secret', 'secret.jwt', 'pii', 'exfil'),
    do: fc.constantFrom('flag', 'tokenize', 'mask', 'strip', 'block'),
  }),
  { maxLength: 4 },
);

describe('extending a policy', () => {
  test('puts the rules of its own first and keeps all that it extends', () => {
    const policy = policyOf(
      { extends: 'base', prompt: [{ find: 'pii', do: 'mask' }] },
      {
        base: { extends: 'root', prompt: [{ find: 'secret', do: 'block' }] },
        root: { prompt: [{ find: 'exfil', do: 'flag' }] },
      },
    );
    expect(policy.prompt.map(({ name, from }) => `${from}: ${name}`)).toEqual([
      'p: pii',
      'base: secret',
      'root: exfil',
    ]);
    expect(policy.lineage).toEqual(['base', 'root']);
  });

  test('never makes a rule milder', () => {
    fc.assert(
      fc.property(someRules, someRules, fc.constantFrom(...KINDS), (own, inherited, kind) => {
        const base = policyOf({ prompt: inherited });
        const child = policyOf({ extends: 'base', prompt: own }, { base: { prompt: inherited } });
        const [before, after] = [base, child].map((policy) =>
          compileTreat(policy, 'prompt', facts())(finding(kind), ''),
        );
        expect(STRICTNESS[after!.action]).toBeGreaterThanOrEqual(STRICTNESS[before!.action]);
      }),
    );
  });

  test('replaces settings key by key, down to the limits over time', () => {
    const base = {
      prompt: [{ find: 'secret', do: 'block' }],
      limits: { request_bytes: '1MB', duration: '60s', per_hour: { requests: 10, response_bytes: '1MB' } },
      approval: { groups: ['leads'], minimum: 2 },
      record: 'metadata',
      release: 'whole',
      egress: { files: true, urls: ['acme.com'] },
    };
    const policy = policyOf(
      {
        extends: 'base',
        limits: { duration: '30s', per_hour: { requests: 5 } },
        approval: { hold: '5s' },
        egress: { urls: [] },
      },
      { base },
    );
    expect(policy.limits).toEqual({
      request_bytes: 1e6,
      response_bytes: undefined,
      response_tokens: undefined,
      duration: 30_000,
      per_minute: undefined,
      per_hour: { requests: 5, response_bytes: 1e6 },
    });
    expect(policy.approval).toEqual({
      groups: ['leads'],
      minimum: 2,
      hold: 5000,
      expires: 900_000,
      pending_per_principal: 3,
    });
    expect(policy.egress).toEqual({ urls: [], tools: [], files: true, stored: false });
    expect([policy.record, policy.release]).toEqual(['metadata', 'whole']);
  });

  test('in a circle, or something that does not exist, is refused', () => {
    for (const other of ['p', 'nowhere']) {
      expect(() =>
        resolvePolicies({ p: documentOf({ extends: 'q' }), q: documentOf({ extends: other }) }, tools),
      ).toThrow(RangeError);
    }
  });
});

describe('a policy in force', () => {
  test('that names no approvers means those of the role', () => {
    expect(policyOf({ prompt: [{ find: 'secret', do: 'approve' }] }).approval).toEqual({
      groups: ['approvers'],
      minimum: 1,
      hold: 60_000,
      expires: 900_000,
      pending_per_principal: 3,
    });
  });

  test('cannot be changed, at any depth', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen));
    const exception = { pattern: 'x', author: 'a', reason: 'r', expires: '2027-01-01' };
    expect(frozen(policyOf({ prompt: [{ find: 'secret', do: 'block', allow: [exception] }] }))).toBe(true);
  });

  test('has the same hash for the same meaning, and another for another', () => {
    const hash = (raw: unknown) => policyOf(raw).hash;
    const rule = { find: ['secret'], do: 'block' };
    expect(hash({ prompt: [rule], record: 'full' })).toBe(
      hash({ record: 'full', prompt: [{ do: 'block', find: 'secret' }] }),
    );
    expect(hash({ prompt: [rule] })).not.toBe(hash({ prompt: [rule], release: 'whole' }));
  });

  test('exists as `built-in` always, and as `standard` unless the file has one', () => {
    const none = resolvePolicies({}, tools);
    expect(Object.keys(none)).toEqual(['standard', 'built-in']);
    const own = resolvePolicies(
      { standard: documentOf({ extends: 'built-in', prompt: [{ find: 'pii', do: 'block' }] }) },
      tools,
    );
    expect(own.standard!.prompt).toHaveLength(none['built-in']!.prompt.length + 1);
    expect(none.toString).toBeUndefined();
  });

  test('gives its own patterns and words to the engine, by direction', () => {
    const policy = policyOf({
      prompt: [
        { name: 'project', match: ['a', 'b'], do: 'block' },
        { find: 'secret', do: 'block' },
      ],
      response: [{ name: 'names', words: ['zeppelin'], do: 'mask' }],
    });
    expect(customRules(policy, 'prompt')).toEqual([
      { name: 'project', direction: 'prompt', patterns: ['a', 'b'], words: [] },
    ]);
    expect(customRules(policy, 'response')).toEqual([
      { name: 'names', direction: 'response', patterns: [], words: ['zeppelin'] },
    ]);
  });
});

describe('the built-in policy', () => {
  const policy = resolvePolicies({}, tools).standard!;
  test.each([
    ['prompt', 'secret.jwt', 'block', 'label'],
    ['prompt', 'pii.email', 'tokenize', 'label'],
    ['prompt', 'pii.phone', 'tokenize', 'label'],
    ['prompt', 'injection.env-disclosure', 'flag', 'label'],
    ['prompt', 'custom.env-dump', 'approve', 'label'],
    ['response', 'secret.jwt', 'mask', 'label'],
    ['response', 'pii.payment-card', 'mask', 'last4'],
    ['response', 'exfil.markdown-image', 'strip', 'label'],
  ] as const)('does in a %s with %s: %s', (direction, kind, action, as) => {
    expect(compileTreat(policy, direction, facts())(finding(kind), '')).toMatchObject({ action, as });
  });
});

test('the canonical form does not depend on the order of keys', () => {
  const shuffled = fc
    .dictionary(fc.string(), fc.jsonValue())
    .map((object) => [object, Object.fromEntries(Object.entries(object).reverse())]);
  fc.assert(
    fc.property(shuffled, ([a, b]) => {
      expect(canonical(a)).toBe(canonical(b));
    }),
  );
});
