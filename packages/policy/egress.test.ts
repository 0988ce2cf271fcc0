// What a request may make the provider fetch, run or open.
import { describe, expect, test } from 'vitest';
import { type EgressItem, egressRefusal } from './egress.ts';
import { policyOf } from './testing/build.ts';

const rules = [{ find: 'secret', do: 'block' }];

function refused(egress: unknown, ...items: EgressItem[]): boolean {
  return egressRefusal(policyOf({ prompt: rules, egress }), items) !== undefined;
}

describe('egress', () => {
  test.each<EgressItem>([
    { what: 'url', value: 'https://docs.acme.com/a.png' },
    { what: 'url', value: 'gs://bucket/object' },
    { what: 'tool', value: 'web_search' },
    { what: 'file', value: 'file-1' },
    { what: 'stored', value: 'resp_1' },
  ])('is refused when nothing is listed: $what', (item) => {
    expect(refused({}, item)).toBe(true);
  });

  test.each<[string, unknown, EgressItem, boolean]>([
    ['a listed host', { urls: ['*.acme.com'] }, { what: 'url', value: 'https://docs.acme.com/a.png' }, false],
    ['another host', { urls: ['*.acme.com'] }, { what: 'url', value: 'https://evil.example/a.png' }, true],
    [
      'a listed host as user name',
      { urls: ['*.acme.com'] },
      { what: 'url', value: 'https://docs.acme.com@evil.example/' },
      true,
    ],
    [
      'a bucket named like a listed host',
      { urls: ['*.acme.com'] },
      { what: 'url', value: 'gs://docs.acme.com/x' },
      true,
    ],
    ['bytes that come along', {}, { what: 'url', value: 'data:image/png;base64,AAAA' }, false],
    ['a listed tool', { tools: ['web_*'] }, { what: 'tool', value: 'web_search' }, false],
    ['another tool', { tools: ['web_*'] }, { what: 'tool', value: 'code_interpreter' }, true],
    ['files, when allowed', { files: true }, { what: 'file', value: 'file-1' }, false],
    ['stored responses, when allowed', { stored: true }, { what: 'stored', value: 'resp_1' }, false],
  ])('%s', (_, egress, item, outcome) => {
    expect(refused(egress, item)).toBe(outcome);
  });

  test('one item that is not listed refuses the whole, and no value is named', () => {
    const items: EgressItem[] = [
      { what: 'url', value: 'https://docs.acme.com/' },
      { what: 'url', value: 'https://evil.example/?q=hidden' },
    ];
    const why = egressRefusal(policyOf({ prompt: rules, egress: { urls: ['*.acme.com'] } }), items);
    expect(why).toContain('does not list');
    expect(why).not.toContain('evil');
  });

  test('nothing is refused in observe mode', () => {
    const item: EgressItem = { what: 'file', value: 'x' };
    expect(egressRefusal(policyOf({ prompt: rules, mode: 'observe' }), [item])).toBeUndefined();
    const most = policyOf({ prompt: rules, mode: { observe: '99.9%' } });
    expect(egressRefusal(most, [item], 'key:1')).toBeUndefined();
    expect(egressRefusal(most, [item])).toBeDefined();
  });
});
