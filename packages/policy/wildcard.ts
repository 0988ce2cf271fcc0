// Names with `*`, for models, connections and hosts. Linear time whatever the pattern; no other special characters.

/** True when `name` is `pattern`, in which each `*` stands for any run of characters, the empty one included. */
export function matchesWildcard(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const parts = pattern.split('*');
  const first = parts[0]!;
  const last = parts[parts.length - 1]!;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
    return false;
  let at = first.length;
  const end = name.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

export function matchesAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern, name));
}

/**
 * True when `host` is `pattern`. A leading `*.` stands for one or more whole labels: `*.acme.com` is `a.acme.com` and
 * `b.a.acme.com`, and neither `acme.com` nor `badacme.com`. A bare `*` is any host. Case does not matter.
 */
export function matchesHost(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = host.toLowerCase().replace(/\.$/, '');
  if (wanted === '*') return true;
  if (!wanted.startsWith('*.')) return wanted === given;
  const suffix = wanted.slice(1);
  return given.length > suffix.length && given.endsWith(suffix) && !given.startsWith('.');
}

/** A host name, an address, or `*.` and a host name. What `matchesHost` understands and nothing else. */
export const HOST_PATTERN =
  /^(?:\*|(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*)$/;
