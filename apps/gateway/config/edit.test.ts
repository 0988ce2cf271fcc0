// Edits of sluice.yaml: what is changed is changed, and every other character stays.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addConnection, addException, addRule, type Edited, removeConnection, removeRule } from './edit.ts';
import { editFile } from './edit-file.ts';
import { checkText } from './load.ts';
import { TEMPLATE } from './template.ts';

const GOOD = readFileSync(path.join(import.meta.dirname, 'fixtures/good.yaml'), 'utf8');
const SETTLED = { author: 'ada', reason: 'a test value: harmless', expires: '2027-01-31' };
const NEW = { name: 'new', protocol: 'openai', upstream: 'https://new.example', credential: 'env:NEW_KEY' };

function done(edited: Edited): string {
  if (!edited.ok) throw new Error(JSON.stringify(edited));
  return edited.text;
}

/** Lines that are gone, with `-`, and lines that are new, with `+`, in order. */
function difference(before: string, after: string): string[] {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

describe('adding a connection', () => {
  test('puts one line behind the last one', () => {
    expect(difference(GOOD, done(addConnection(GOOD, NEW)))).toEqual([
      '+  new: { protocol: openai, upstream: https://new.example, credential: env:NEW_KEY }',
    ]);
  });

  test.each<[string, string, string[]]>([
    [
      'to a file without any',
      'access: [{}]',
      [
        '+connections:',
        '+  new: { protocol: openai, upstream: https://new.example, credential: env:NEW_KEY }',
      ],
    ],
    [
      'to an empty mapping',
      'connections: {} # none yet\naccess: [{}]\n',
      [
        '-connections: {} # none yet',
        '+connections: # none yet',
        '+  new: { protocol: openai, upstream: https://new.example, credential: env:NEW_KEY }',
      ],
    ],
    [
      'to a mapping in braces',
      'connections: { a: { protocol: openai, upstream: https://a.example } }\naccess: [{}]\n',
      [
        '-connections: { a: { protocol: openai, upstream: https://a.example } }',
        '+connections: { a: { protocol: openai, upstream: https://a.example }, new: { protocol: openai, upstream: https://new.example, credential: env:NEW_KEY } }',
      ],
    ],
    [
      'to blocks of four spaces',
      'connections:\n    a:\n        protocol: openai\n        upstream: https://a.example # far\n    # the end\naccess: [{}]\n',
      ['+    new: { protocol: openai, upstream: https://new.example, credential: env:NEW_KEY }'],
    ],
    [
      'to lines that end as on Windows',
      'access: [{}]\r\nconnections:\r\n  a: { protocol: openai, upstream: https://a.example }\r\n',
      ['+  new: { protocol: openai, upstream: https://new.example, credential: env:NEW_KEY }'],
    ],
  ])('%s', (_, text, expected) => {
    const edited = done(addConnection(text, NEW));
    expect(difference(text, edited)).toEqual(expected);
    if (text.includes('\r\n')) expect(edited).not.toMatch(/[^\r]\n/);
  });

  test('is refused when the name is taken, or the result would be wrong', () => {
    expect(addConnection(GOOD, { ...NEW, name: 'gpt' })).toEqual({ ok: false, why: 'exists' });
    expect(addConnection(GOOD, { ...NEW, default: true })).toMatchObject({
      ok: false,
      problems: [{ code: 'duplicate_default' }],
    });
    expect(addConnection(GOOD, { ...NEW, credential: 'not-a-reference' })).toMatchObject({
      ok: false,
      problems: [{ code: 'literal_secret' }],
    });
    expect(addConnection('conections: {}', NEW)).toMatchObject({
      ok: false,
      problems: [{ code: 'unknown_key' }, {}],
    });
  });
});

describe('removing a connection', () => {
  test('takes its line, its name in access rules, and rules that named no other', () => {
    const text = GOOD.replace(
      'access:                                  # nothing is allowed that is not listed\n',
      (line) => `${line}  - { connections: [gpt], models: [only] }   # about gpt alone\n`,
    );
    expect(difference(text, done(removeConnection(text, 'gpt')))).toEqual([
      '-  gpt:    { protocol: openai, upstream: https://api.openai.com, credential: env:OPENAI_API_KEY, default: true }',
      '-  - { connections: [gpt], models: [only] }   # about gpt alone',
      '-  - { groups: [engineering], connections: [gpt, claude], operations: [chat, embed, models], models: ["gpt-*", "claude-*"], policy: standard }',
      '+  - { groups: [engineering], connections: [claude], operations: [chat, embed, models], models: ["gpt-*", "claude-*"], policy: standard }',
    ]);
  });

  test('leaves an empty mapping when it was the last', () => {
    const text =
      'access: [{}]\nconnections: # all of them\n  a:\n    protocol: openai\n    upstream: https://a.example\nstore: sqlite:x.db\n';
    expect(done(removeConnection(text, 'a'))).toBe(
      'access: [{}]\nconnections: {} # all of them\nstore: sqlite:x.db\n',
    );
  });

  test('that does not exist says so', () => {
    expect(removeConnection(GOOD, 'nope')).toEqual({ ok: false, why: 'no_such' });
  });
});

describe('rules', () => {
  test('are added behind the last one, quoted where YAML needs it', () => {
    const edited = done(
      addRule(GOOD, 'standard', 'prompt', {
        name: 'project',
        match: "(?i)\\bproject: 'x', #1\\b",
        do: 'block',
      }),
    );
    expect(difference(GOOD, edited)).toEqual([
      '+      - { name: project, match: "(?i)\\\\bproject: \'x\', #1\\\\b", do: block }',
    ]);
    expect(checkText(edited).document?.policies?.standard?.prompt?.at(-1)?.match).toEqual([
      "(?i)\\bproject: 'x', #1\\b",
    ]);
  });

  test('begin a list where there is none', () => {
    expect(
      difference(
        GOOD,
        done(addRule(GOOD, 'strict', 'response', { find: ['pii.email'], do: 'mask', as: 'hash' })),
      ),
    ).toEqual(['+      - { find: [pii.email], do: mask, as: hash }']);
  });

  test('of a policy that the file does not define extend the built-in one', () => {
    const text = 'access: [{}]\n';
    expect(done(addRule(text, 'standard', 'prompt', { find: 'secret.jwt', do: 'flag' }))).toBe(
      'access: [{}]\npolicies:\n  standard:\n    extends: built-in\n    prompt:\n      - { find: secret.jwt, do: flag }\n',
    );
    expect(addRule(text, 'other', 'prompt', { find: 'secret.jwt', do: 'flag' })).toEqual({
      ok: false,
      why: 'no_such',
    });
  });

  test('are removed by name, by what they find, or by place', () => {
    expect(difference(GOOD, done(removeRule(GOOD, 'standard', 'prompt', 'env-dump')))).toHaveLength(1);
    expect(difference(GOOD, done(removeRule(GOOD, 'standard', 'prompt', 'pii.email, pii.phone')))).toEqual([
      '-      - { find: [pii.email, pii.phone], do: tokenize }',
    ]);
    expect(difference(GOOD, done(removeRule(GOOD, 'standard', 'response', 2)))).toEqual([
      '-      - { find: exfil, do: strip, allow: ["*.acme.com"] }',
    ]);
    for (const which of [9, -1, 'nope'])
      expect(removeRule(GOOD, 'standard', 'prompt', which)).toEqual({ ok: false, why: 'no_such' });
    expect(removeRule(GOOD, 'strict', 'prompt', 'env-dump')).toEqual({ ok: false, why: 'no_such' });
  });

  test('that would never act are not added', () => {
    expect(addRule(GOOD, 'standard', 'response', { find: 'canary', do: 'approve' })).toMatchObject({
      ok: false,
      problems: [{ code: 'approve_in_response' }],
    });
    expect(addRule(GOOD, 'standard', 'prompt', { name: 'env-dump', match: 'x', do: 'block' })).toMatchObject({
      ok: false,
      problems: [{ code: 'duplicate_name' }],
    });
  });
});

describe('exceptions', () => {
  test('go to the rule, beside those that it has', () => {
    expect(
      difference(
        GOOD,
        done(addException(GOOD, 'standard', 'response', 'exfil', { person: 'ada', ...SETTLED })),
      ).at(1),
    ).toBe(
      `+      - { find: exfil, do: strip, allow: ["*.acme.com", { person: ada, author: ada, reason: 'a test value: harmless', expires: 2027-01-31 }] }`,
    );
    expect(
      difference(
        GOOD,
        done(addException(GOOD, 'standard', 'response', 0, { hash: 'a1b2c3d4', ...SETTLED })),
      ).at(1),
    ).toBe(
      `+      - { find: secret, do: mask, allow: [{ hash: a1b2c3d4, author: ada, reason: 'a test value: harmless', expires: 2027-01-31 }] }`,
    );
  });

  test('to an inherited rule stand in the policy itself', () => {
    const inherited = done(addException(GOOD, 'strict', 'response', 'pii', { hash: 'a1b2c3d4', ...SETTLED }));
    expect(difference(GOOD, inherited)).toEqual([
      `+      - { find: [pii], do: mask, as: last4, allow: [{ hash: a1b2c3d4, author: ada, reason: 'a test value: harmless', expires: 2027-01-31 }] }`,
    ]);
    expect(
      done(addException('access: [{}]\n', 'standard', 'prompt', 'env-dump', { person: 'ada', ...SETTLED })),
    ).toContain('find: [custom.env-dump], do: approve, allow:');
  });
});

describe('whatever is edited', () => {
  const names = fc.constantFrom('a', 'new-one', 'x1', 'claude-2');
  const edits = fc.oneof(
    names.map((name) => (text: string) => addConnection(text, { ...NEW, name })),
    fc.constantFrom('gpt', 'claude', 'a', 'x1').map((name) => (text: string) => removeConnection(text, name)),
    fc
      .tuple(
        fc.constantFrom('standard', 'strict'),
        fc.constantFrom('secret.jwt', 'pii'),
        fc.constantFrom('flag', 'block'),
      )
      .map(
        ([policy, find, action]) =>
          (text: string) =>
            addRule(text, policy, 'prompt', { find, do: action as 'flag' }),
      ),
    fc.tuple(fc.constantFrom('standard', 'strict'), fc.nat(4)).map(
      ([policy, which]) =>
        (text: string) =>
          removeRule(text, policy, 'prompt', which),
    ),
    fc
      .tuple(fc.constantFrom('standard', 'strict'), fc.constantFrom<string | number>(0, 1, 'secret', 'pii'))
      .map(
        ([policy, which]) =>
          (text: string) =>
            addException(text, policy, 'response', which, { person: 'p', ...SETTLED }),
      ),
  );

  test('the result has nothing wrong with it, and every comment is still there', () => {
    const comments = (text: string) =>
      text.split('\n').flatMap((line) => / *# .*$/.exec(line)?.[0] ?? []).length;
    fc.assert(
      fc.property(
        fc.constantFrom(
          GOOD,
          TEMPLATE,
          GOOD.replaceAll(/\{ find: (\w+), do: (\w+) \}/g, 'find: $1 # what\n        do: $2'),
        ),
        fc.array(edits, { maxLength: 6 }),
        (start, list) => {
          let text = start;
          for (const edit of list) {
            const edited = edit(text);
            if (!edited.ok) continue;
            expect(checkText(edited.text).problems.filter(({ severity }) => severity === 'error')).toEqual(
              [],
            );
            const removed = text.split('\n').filter((line) => !edited.text.includes(line.trim())).length;
            expect(comments(edited.text)).toBeGreaterThanOrEqual(comments(text) - removed);
            text = edited.text;
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('adding and then removing gives the same text back', () => {
    fc.assert(
      fc.property(fc.constantFrom(GOOD, TEMPLATE), names, (start, name) => {
        expect(done(removeConnection(done(addConnection(start, { ...NEW, name })), name))).toBe(start);
        expect(
          done(
            removeRule(
              done(addRule(start, 'standard', 'prompt', { name: 'r', words: ['w'], do: 'block' })),
              'standard',
              'prompt',
              'r',
            ),
          ).replace('    prompt: []\n', ''),
        ).toBe(start);
      }),
      { numRuns: 8 },
    );
  });
});

describe('the file', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'sluice-edit-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('is begun from the commented template when there is none', () => {
    const file = path.join(directory, 'sluice.yaml');
    editFile(file, (text) => addConnection(text, NEW));
    expect(difference(TEMPLATE, readFileSync(file, 'utf8'))).toEqual([
      '-connections: {}',
      '+connections:',
      '+  new: { protocol: openai, upstream: https://new.example, credential: env:NEW_KEY }',
    ]);
  });

  test('keeps its mode, and stays a symbolic link', () => {
    const [target, file] = [path.join(directory, 'target.yaml'), path.join(directory, 'sluice.yaml')];
    writeFileSync(target, GOOD);
    chmodSync(target, 0o640);
    symlinkSync('target.yaml', file);
    editFile(file, (text) => addConnection(text, NEW));
    expect(readFileSync(target, 'utf8')).toContain('new.example');
    expect(statSync(target).mode & 0o777).toBe(0o640);
  });

  test('is left alone when the edit is refused', () => {
    const file = path.join(directory, 'sluice.yaml');
    writeFileSync(file, GOOD);
    expect(editFile(file, (text) => removeConnection(text, 'nope')).ok).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(GOOD);
  });
});
