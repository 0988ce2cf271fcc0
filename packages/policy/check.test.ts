// What is wrong with policies when all of them are in view.
import { describe, expect, test } from 'vitest';
import { type CheckTools, checkPolicies } from './check.ts';
import { Policy } from './document.ts';
import { salvage } from './salvage.ts';
import { NOW } from './testing/build.ts';

const tools: CheckTools = {
  validate: (pattern) => (pattern.includes('(?=') ? 'no lookahead' : undefined),
  kinds: [
    { kind: 'secret.jwt' },
    { kind: 'secret.github-token' },
    { kind: 'pii.email' },
    { kind: 'exfil.markdown-image', direction: 'response' },
  ],
  approvers: ['leads'],
  now: NOW,
};

const rule = { find: 'secret', do: 'block' };
const settled = { author: 'ada', reason: 'r', expires: '2027-01-01' };

/** `code path`, warnings with a question mark. */
function found(policies: Readonly<Record<string, unknown>>, more: Partial<CheckTools> = {}): string[] {
  const parts = Object.fromEntries(
    Object.entries(policies).map(([name, raw]) => [name, salvage(Policy, raw).parts]),
  );
  return checkPolicies(parts, { ...tools, ...more }, []).map(
    ({ code, severity, path }) => `${code}${severity === 'warning' ? '?' : ''} ${path.join('.')}`,
  );
}

/** Of one policy with one rule for prompts, which in itself has nothing wrong. */
function inPrompt(...rules: unknown[]): string[] {
  return found({ p: { prompt: rules, response: [rule] } });
}

describe('nothing is wrong with', () => {
  test.each<[string, unknown]>([
    [
      'kinds, branches and branches of the gateway',
      { find: ['secret', 'pii.email', 'limit', 'canary.x', 'custom.mine'], do: 'flag' },
    ],
    ['own patterns and words under a name', { name: 'mine', match: 'a', words: ['b'], do: 'approve' }],
    ['a mask with a style', { find: 'secret', do: 'mask', as: 'last4' }],
    [
      'exceptions that are settled',
      {
        find: 'secret',
        do: 'block',
        allow: [
          { pattern: 'a', ...settled },
          { hash: 'a1b2c3d4', ...settled },
          { person: 'p', ...settled },
        ],
      },
    ],
  ])('%s', (_, raw) => {
    expect(inPrompt(raw)).toEqual([]);
  });
});

describe('a rule is refused', () => {
  test.each<[string, unknown, string[]]>([
    ['that finds nothing', { do: 'block' }, ['never_acts p.prompt.0']],
    [
      'that finds kinds and patterns at once',
      { find: 'secret', name: 'n', match: 'a', do: 'block' },
      ['never_acts p.prompt.0.find'],
    ],
    ['with a pattern and no name', { match: 'a', do: 'block' }, ['missing_key p.prompt.0']],
    ['with a style and no mask', { find: 'secret', do: 'block', as: 'last4' }, ['never_acts p.prompt.0.as']],
    [
      'that allows only what it finds itself',
      { name: 'n', words: ['a'], do: 'allow' },
      ['never_acts p.prompt.0.do'],
    ],
    [
      'with exceptions to allowing',
      { find: 'secret', do: 'allow', allow: [{ person: 'p', ...settled }] },
      ['never_acts p.prompt.0.allow'],
    ],
    [
      'with a kind that nothing finds',
      { find: ['secret', 'pii.emial'], do: 'block' },
      ['unknown_kind p.prompt.0.find.1'],
    ],
    ['with a kind of the other direction', { find: 'exfil', do: 'block' }, ['never_acts p.prompt.0.find.0']],
    [
      'with a pattern that does not compile',
      { name: 'n', match: ['a', 'b(?=c)'], do: 'block' },
      ['bad_pattern p.prompt.0.match.1'],
    ],
    [
      'with a host where none is looked at',
      { find: 'secret', do: 'block', allow: ['acme.com'] },
      ['never_acts p.prompt.0.allow.0'],
    ],
    [
      'with an exception for nothing',
      { find: 'secret', do: 'block', allow: [settled] },
      ['bad_exception p.prompt.0.allow.0'],
    ],
    [
      'with an exception for two things',
      { find: 'secret', do: 'block', allow: [{ person: 'p', hash: 'a1b2c3d4', ...settled }] },
      ['bad_exception p.prompt.0.allow.0'],
    ],
    [
      'with an exception without author, reason and expiry',
      { find: 'secret', do: 'block', allow: [{ person: 'p' }] },
      ['bad_exception p.prompt.0.allow.0'],
    ],
    [
      'with an exception whose pattern does not compile',
      { find: 'secret', do: 'block', allow: [{ pattern: '(?=a)', ...settled }] },
      ['bad_pattern p.prompt.0.allow.0.pattern'],
    ],
    [
      'with an exception that has ended',
      { find: 'secret', do: 'block', allow: [{ person: 'p', ...settled, expires: '2026-06-14' }] },
      ['expired_exception? p.prompt.0.allow.0.expires'],
    ],
  ])('%s', (_, raw, expected) => {
    expect(inPrompt(raw)).toEqual(expected);
  });

  test('that would ask for an approval of an answer', () => {
    expect(found({ p: { prompt: [rule], response: [{ find: 'secret', do: 'approve' }] } })).toEqual([
      'approve_in_response p.response.0.do',
    ]);
  });

  test('that asks for an approval that no group may give gets a warning', () => {
    const asking = { prompt: [{ find: 'secret', do: 'approve' }], response: [rule] };
    expect(found({ p: asking }, { approvers: [] })).toEqual(['nobody_approves? p.prompt.0.do']);
    expect(found({ p: { ...asking, approval: { groups: ['x'] } } }, { approvers: [] })).toEqual([]);
    expect(
      found(
        {
          p: { ...asking, extends: 'q' },
          q: { prompt: [rule], response: [rule], approval: { groups: ['x'] } },
        },
        { approvers: [] },
      ),
    ).toEqual([]);
  });

  test('that never decides gets a warning', () => {
    expect(inPrompt({ find: 'secret.jwt', do: 'flag' }, rule)).toEqual(['never_acts? p.prompt.0']);
    expect(inPrompt({ find: 'secret.jwt', do: 'flag' }, { ...rule, confidence: 0.9 })).toEqual([]);
    expect(
      inPrompt({ find: 'secret.jwt', do: 'flag' }, { ...rule, allow: [{ person: 'p', ...settled }] }),
    ).toEqual([]);
  });
});

describe('a policy is refused', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ['with the name of the built-in one', { 'built-in': { prompt: [rule] } }, ['reserved_name built-in']],
    ['that extends nothing', { p: { extends: 'standart', prompt: [rule] } }, ['dangling_name p.extends']],
    ['that extends itself', { p: { extends: 'p', prompt: [rule] } }, ['cycle p.extends']],
    [
      'that extends itself over others',
      { p: { extends: 'q', prompt: [rule] }, q: { extends: 'p' } },
      ['cycle p.extends', 'cycle q.extends'],
    ],
    ['without a rule', { p: {} }, ['empty_policy p']],
    [
      'with a rule of a name twice',
      {
        p: {
          prompt: [{ name: 'n', match: 'a', do: 'block' }],
          response: [{ name: 'n', match: 'a', do: 'block' }],
        },
      },
      ['duplicate_name p.response.0.name'],
    ],
    [
      'with the name of a rule that it inherits',
      { p: { extends: 'built-in', prompt: [{ name: 'env-dump', match: 'a', do: 'block' }] } },
      ['duplicate_name p.prompt.0.name'],
    ],
    [
      'with shaping',
      { p: { extends: 'built-in', shape: { size: 'bucket', tick: '50ms' } } },
      ['unavailable p.shape'],
    ],
    [
      'with a window that sets no limit',
      { p: { extends: 'built-in', limits: { per_hour: {} } } },
      ['never_acts p.limits.per_hour'],
    ],
    [
      'with a hold that outlasts its approval',
      { p: { extends: 'built-in', approval: { hold: '2h', expires: '1h' } } },
      ['never_acts p.approval.hold'],
    ],
  ])('%s', (_, policies, expected) => {
    expect(found(policies)).toEqual(expected);
  });

  test('with rules for one direction alone gets a warning', () => {
    expect(found({ p: { prompt: [rule] } })).toEqual(['empty_policy? p']);
  });

  test('whose settings are milder than the inherited ones gets a warning for each', () => {
    const policies = {
      p: {
        extends: 'q',
        mode: { observe: '10%' },
        release: 'stream',
        limits: { request_bytes: '2MB', duration: '1s', response_tokens: 5 },
        approval: { minimum: 1 },
        egress: { files: true },
      },
      q: {
        prompt: [rule],
        response: [rule],
        mode: 'enforce',
        release: 'whole',
        limits: { request_bytes: '1MB', duration: '2s', response_tokens: 5 },
        approval: { minimum: 2 },
        egress: { files: false },
      },
    };
    expect(found(policies)).toEqual([
      'weaker? p.mode',
      'weaker? p.release',
      'weaker? p.limits.request_bytes',
      'weaker? p.approval.minimum',
      'weaker? p.egress.files',
    ]);
  });
});
