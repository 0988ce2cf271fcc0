// Names and hosts with wildcards.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesHost, matchesWildcard } from './wildcard.ts';

describe('wildcards', () => {
  test('mean what a regular expression with .* in their place means', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, letters, (wanted, name) => {
        const oracle = new RegExp(`^${wanted.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 's');
        expect(matchesWildcard(wanted, name)).toBe(oracle.test(name));
      }),
      { numRuns: 2000, examples: [['*ab*b', 'ab']] },
    );
  });

  test.each([
    ['*.acme.com', 'docs.acme.com', true],
    ['*.acme.com', 'a.b.acme.com', true],
    ['*.acme.com', 'DOCS.ACME.COM', true],
    ['*.acme.com', 'docs.acme.com.', true],
    ['*.acme.com', 'acme.com', false],
    ['*.acme.com', '.acme.com', false],
    ['*.acme.com', 'badacme.com', false],
    ['*.acme.com', 'docs.acme.com.evil.example', false],
    ['acme.com', 'acme.com', true],
    ['acme.com', 'docs.acme.com', false],
    ['*', 'anything.example', true],
  ])('the host pattern %s and the host %s: %s', (pattern, host, matches) => {
    expect(matchesHost(pattern, host)).toBe(matches);
  });
});
