// IP addresses of both versions.
import { near, tail } from '../checks/context.ts';
import { type IpScope, ipv4Scope, ipv6Scope, parseIpv4, parseIpv6 } from '../checks/ip.ts';
import type { Detector } from '../detector.ts';

const CONFIDENCE: Readonly<Record<IpScope, number | false>> = {
  public: 0.9,
  private: 0.5,
  documentation: 0.5,
  none: false,
};

const VERSION =
  /(?:\bv|ver(?:sion|\.)?|release|build|update|revision|chrome|firefox|safari|edge|opera|mozilla|section|chapter|figure|table|§|oid|jdk|java|package|assembly\w*|[@^~]|[<>]=?)["']?[ \t]*[:=/]?[ \t]*["']?$/i;
const SPOKEN =
  /\bip\b|\bip[_ -]?addr|address|host|server|client|remote|peer|from|ping|dns|gateway|subnet|endpoint|nameserver|listen|connect|login|ssh|\bips\b|ipv4|https?:\/\//i;

/** A colon of the sentence after an address looks like one of its own. */
const withoutColon = (text: string): string => text.replace(/([0-9a-f]):$/i, '$1');

export const ip: readonly Detector[] = [
  {
    id: 'ipv4',
    kind: 'pii.ip',
    about:
      'IPv4 address; version and section numbers, loopback and netmasks excepted; private and documentation ranges with less confidence.',
    source: 'https://www.rfc-editor.org/rfc/rfc6890',
    family: 'digits',
    // More than four groups are matched too, so that the first four of an object identifier are not taken out of it.
    patterns: ['\\b[0-9]{1,3}(?:\\.[0-9]{1,3}){3,}\\b'],
    check: ({ text, left }) => {
      const octets = parseIpv4(text);
      if (!octets || VERSION.test(tail(left, 32)) || /[\w][.]$|\d,$/.test(left) || /[\d.]-$/.test(left))
        return false;
      // 1.2.3.4 with four small numbers is a version or a section more often than an address.
      const small = octets.every((octet) => octet < 10) || octets.slice(1).every((octet) => octet === 0);
      const resolver = /^(?:1\.1\.1\.1|8\.8\.[48]\.[48]|9\.9\.9\.9|1\.0\.0\.1)$/.test(text);
      if (small && !resolver && !near(left, SPOKEN, 40)) return false;
      return CONFIDENCE[ipv4Scope(octets)];
    },
    maxLength: 256,
    examples: {
      positive: [
        'from ‹93.184.216.34›.',
        '{"ip":"‹52.95.110.1›"}',
        'http://‹185.199.108.153›:8080/x',
        'host ‹10.12.13.14› up',
        '‹172.217.16.142›/24',
        'ping ‹8.8.8.8›',
      ],
      negative: [
        'version 1.2.3.4',
        'v10.11.12.13',
        'Chrome/120.0.6099.109',
        '256.1.1.1',
        '127.0.0.1',
        '0.0.0.0',
        '255.255.255.0',
        '1.3.6.1.4.1.311',
        'see 1.2.3.4 below',
        '01.02.03.04',
        '12.13.14',
      ],
      evasive: [{ text: 'from 93.184.\u200b216.34 ok', view: 'folded' }],
    },
  },
  {
    id: 'ipv6',
    kind: 'pii.ip',
    about:
      'IPv6 address, full or shortened; times, MAC addresses and scope operators of programming languages excepted.',
    source: 'https://www.rfc-editor.org/rfc/rfc5952',
    family: 'digits',
    ignoreCase: true,
    patterns: [
      '\\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,8}(?:(?:\\.[0-9]{1,3}){3})?',
      '::ffff:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}',
    ],
    check: ({ text, left }) => {
      const address = withoutColon(text);
      const groups = parseIpv6(address);
      if (!groups || /[\w:]$/.test(left)) return false;
      const written = address.split(':').filter((group) => group !== '');
      // `a::b` and `face::add` are names in C++, Rust and Perl; an address that short begins with an assigned prefix.
      const assigned =
        /^(?:2[0-9a-f]{3}|3[0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff0[0-9a-f]|64|::ffff)/i.test(text);
      if (written.length < 4 && !(assigned && /\d/.test(text))) return false;
      return CONFIDENCE[ipv6Scope(groups)];
    },
    trim: ({ text }) => [0, withoutColon(text).length],
    maxLength: 64,
    examples: {
      positive: [
        'from ‹2a00:1450:4001:81b::200e›.',
        '[‹2606:4700:4700::1111›]:443',
        '‹2a02:8109:9ac0:1f4:8d3:22b1:9f0a:77c1›',
        '‹fe80::1ff:fe23:4567:890a›%eth0',
        '‹2001:db8::1›',
        'x ‹::ffff:93.184.216.34›',
      ],
      negative: [
        '12:34:56',
        'std::vector',
        'dead::beef',
        'face::add',
        '00:1a:2b:3c:4d:5e',
        '::1',
        'a::b',
        '2024-01-02T10:11:12',
        'Foo::Bar::baz',
      ],
      evasive: [{ text: 'from 2a00:1450:\u200b4001:81b::200e ok', view: 'folded' }],
    },
  },
];
