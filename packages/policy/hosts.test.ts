// Which hosts a link names, and when that is in doubt.
import { describe, expect, test } from 'vitest';
import { hostsOf } from './hosts.ts';

describe('the hosts of a matched link', () => {
  test.each([
    ['https://docs.acme.com/a?b=c', ['docs.acme.com']],
    ['![chart](https://CDN.acme.com:8443/x.png "title")', ['cdn.acme.com']],
    ['[a](https://a.acme.com/x) ![b](//b.evil.example/y)', ['a.acme.com', 'b.evil.example']],
    ['<img src="https://a.acme.com/x">', ['a.acme.com']],
    ['https://a.acme.com', ['a.acme.com']],
    ['https://a.acme.com/r?to=https%3A%2F%2Fevil.example%2Fx', ['a.acme.com', 'evil.example']],
    ['https://a.acme.com/r?to=%252F%252Fevil.example/x', ['a.acme.com', 'evil.example']],
  ])('%s names %j', (text, hosts) => {
    expect(hostsOf(text)).toEqual(hosts);
  });

  test.each([
    ['no link at all'],
    ['https://docs.acme.com@evil.example/'],
    ['https://docs.acme.com:password@evil.example/'],
    ['https://evil.example\\.acme.com/'],
    ['https:evil.example/?u=//docs.acme.com/'],
    ['https:/evil.example//docs.acme.com'],
    ['https:///evil.example//docs.acme.com'],
    ['https://docs.acme.com\t.evil.example/'],
    ['https://docs.acme.com\n.evil.example/'],
    ['https://docs.acme.com%2eevil.example/'],
    ['https://docs.acme.com&period;evil.example/'],
    ['https://docs.acme.com。evil.example/'],
    ['https://docs.acme.comｅ.example/'],
    ['https:// evil.example/'],
    ['https://docs.acme.com;evil.example/'],
  ])('%j is in doubt', (text) => {
    expect(hostsOf(text)).toBeUndefined();
  });
});
