// IP addresses: parsing, and what kind of network an address belongs to.
// Sources: RFC 4291 and RFC 5952 for IPv6 text, RFC 6890 and RFC 5737 for special ranges.

/** `none`: not an address of anybody (loopback, unspecified, netmask). */
export type IpScope = 'public' | 'private' | 'documentation' | 'none';

/** The four octets, or undefined when the text is not a dotted quad without leading zeros. */
export function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.map(Number);
}

export function ipv4Scope(octets: readonly number[]): IpScope {
  const [a, b, c] = octets as [number, number, number];
  if (
    a === 0 ||
    a === 127 ||
    a === 255 ||
    octets.every((octet) => [0, 128, 192, 224, 240, 248, 252, 254, 255].includes(octet) && a >= 224)
  )
    return 'none';
  if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 169 && b === 254))
    return 'private';
  if (a === 100 && b >= 64 && b < 128) return 'private';
  if (
    (a === 192 && b === 0 && c === 2) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113)
  )
    return 'documentation';
  return 'public';
}

/** The eight groups, or undefined when the text is not an IPv6 address. A dotted quad at the end is accepted. */
export function parseIpv6(text: string): readonly number[] | undefined {
  const quad = /:(\d+(?:\.\d+){3})$/.exec(text);
  if (quad) {
    const octets = parseIpv4(quad[1]!);
    if (!octets) return undefined;
    const [a, b, c, d] = octets as [number, number, number, number];
    return parseIpv6(
      `${text.slice(0, -quad[1]!.length)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`,
    );
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [
    string[],
    string[] | undefined,
  ];
  const groups = [...head, ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  if (tail ? groups.length > 7 : groups.length !== 8) return undefined;
  const zeros = tail ? Array.from({ length: 8 - groups.length }, () => '0') : [];
  return [...head, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
}

export function ipv6Scope(groups: readonly number[]): IpScope {
  const [a, b] = groups as [number, number];
  if (groups.slice(0, 7).every((group) => group === 0)) return 'none';
  if (a === 0x2001 && b === 0xdb8) return 'documentation';
  if ((a & 0xfe00) === 0xfc00 || (a & 0xffc0) === 0xfe80) return 'private';
  return 'public';
}
