// Documents that are wrong in places: every issue at once, and all the rest still read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Policy } from './document.ts';
import { salvage } from './salvage.ts';

function issues(raw: unknown): string[] {
  return salvage(Policy, raw).issues.map(
    ({ code, at, path, message, hint }) =>
      `${code} ${at} ${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

describe('reading a document that is wrong', () => {
  test.each<[string, unknown, string[]]>([
    [
      'an unknown key',
      { prompts: [] },
      ['unknown_key key prompts: is not a key that exists here (Did you mean `prompt`?)'],
    ],
    [
      'an unknown key like no other',
      { frobnicate: 1 },
      ['unknown_key key frobnicate: is not a key that exists here'],
    ],
    [
      'an unknown key in an exception',
      { prompt: [{ find: 'a', do: 'flag', allow: [{ pattern: 'x', auhtor: 'y' }] }] },
      ['unknown_key key prompt.0.allow.0.auhtor: is not a key that exists here (Did you mean `author`?)'],
    ],
    [
      'an empty value',
      { prompt: null },
      ['wrong_type value prompt: is empty (Give it a value, or leave the key out.)'],
    ],
    ['a mapping for a list', { prompt: {} }, ['wrong_type value prompt: is not a list']],
    ['a list for a mapping', { limits: [] }, ['wrong_type value limits: is not a mapping of keys to values']],
    ['text for a mapping', 'x', ['wrong_type value : is not a mapping of keys to values']],
    ['a missing key', { prompt: [{ find: 'secret' }] }, ['missing_key value prompt.0: has no `do`']],
    [
      'a value of a closed set',
      { prompt: [{ find: 'a', do: 'blok' }] },
      [
        'bad_value value prompt.0.do: is not one of allow, flag, mask, tokenize, strip, approve, block (Did you mean `block`?)',
      ],
    ],
    [
      'a kind',
      { prompt: [{ find: 'Secret!', do: 'flag' }] },
      ['bad_value value prompt.0.find: is not a kind such as secret, pii.email or exfil'],
    ],
    [
      'one of several kinds',
      { prompt: [{ find: ['a', 7], do: 'flag' }] },
      ['wrong_type value prompt.0.find.1: is not text'],
    ],
    [
      'a size',
      { limits: { request_bytes: '1XB' } },
      ['bad_value value limits.request_bytes: is not a size like 200kB, 1MB or 4MiB'],
    ],
    [
      'a size of nothing',
      { limits: { request_bytes: '0MB' } },
      ['bad_value value limits.request_bytes: is not a whole number of bytes above 0'],
    ],
    [
      'a duration without a unit',
      { limits: { duration: 60 } },
      ['wrong_type value limits.duration: is not a duration like 60s, 15m or 2h'],
    ],
    ['a count below one', { approval: { minimum: 0 } }, ['bad_value value approval.minimum: is not above 0']],
    [
      'half a person',
      { approval: { minimum: 1.5 } },
      ['wrong_type value approval.minimum: is not a whole number'],
    ],
    [
      'a mode',
      { mode: 'observing' },
      ['bad_value value mode: is not one of enforce, observe (Did you mean `observe`?)'],
    ],
    [
      'a percentage above 100',
      { mode: { observe: '101%' } },
      ['bad_value value mode.observe: is more than 100%'],
    ],
    [
      'a day that does not exist',
      { prompt: [{ find: 'a', do: 'flag', allow: [{ expires: '2027-02-30' }] }] },
      ['bad_value value prompt.0.allow.0.expires: is a date that does not exist'],
    ],
    [
      'a host that is none',
      { egress: { urls: ['https://acme.com'] } },
      ['bad_value value egress.urls.0: is not a host name such as docs.acme.com or *.acme.com'],
    ],
    [
      'an empty list of exceptions',
      { prompt: [{ find: 'a', do: 'flag', allow: [] }] },
      ['bad_value value prompt.0.allow: is empty, so it could never act'],
    ],
  ])('%s', (_, raw, expected) => {
    expect(issues(raw)).toEqual(expected);
  });

  test('finds everything that is wrong at once and keeps the rest', () => {
    const {
      parts,
      complete,
      issues: found,
    } = salvage(Policy, {
      record: 'ful',
      limits: { duration: '1x', request_bytes: '1MB' },
      prompt: [
        { find: 'secret', do: 'x' },
        { find: 'pii', do: 'mask' },
      ],
      more: 1,
    });
    expect(found.map(({ path }) => path.join('.'))).toEqual([
      'record',
      'limits.duration',
      'prompt.0.do',
      'more',
    ]);
    expect(complete).toBeUndefined();
    expect(parts?.limits?.request_bytes).toBe(1e6);
    expect(parts?.prompt?.[0]?.find).toEqual(['secret']);
    expect(parts?.prompt?.[1]).toEqual({ find: ['pii'], do: 'mask' });
  });

  test('never throws and never quotes a value', () => {
    const secret = 'S3CR3T-VALUE';
    const anything = fc.anything({
      maxDepth: 3,
      values: [fc.constant(secret), fc.boolean(), fc.double(), fc.constant(null)],
    });
    const near = fc.record(
      {
        prompt: anything,
        limits: anything,
        mode: anything,
        approval: anything,
        egress: anything,
        extends: anything,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          near,
          fc.record({
            prompt: fc.array(
              fc.record({ find: anything, do: anything, allow: anything }, { requiredKeys: [] }),
            ),
          }),
        ),
        (raw) => {
          const reading = salvage(Policy, raw);
          expect(reading.complete === undefined).toBe(reading.issues.length > 0);
          for (const { message, hint = '' } of reading.issues) expect(message + hint).not.toContain(secret);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('gives on just what the schema gives when nothing is wrong', () => {
    const schema = z.strictObject({
      a: z.array(z.union([z.string(), z.number().transform(String)])),
      b: z.record(z.string(), z.boolean()).optional(),
    });
    fc.assert(
      fc.property(
        fc.record(
          { a: fc.array(fc.oneof(fc.string(), fc.integer())), b: fc.dictionary(fc.string(), fc.boolean()) },
          { requiredKeys: ['a'] },
        ),
        (raw) => {
          expect(salvage(schema, raw).complete).toEqual(schema.parse(raw));
        },
      ),
    );
  });
});
