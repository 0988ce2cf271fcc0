// Which host a matched link points at, read as suspiciously as a browser reads it generously. "I don't know" is an answer:
// what is not certain is undefined, and an exception by host then does not apply. It must not know rules.

/** What may follow a host inside Markdown, HTML or prose. Anything else might belong to the host for some reader. */
const AFTER_HOST = /^(?::\d{1,5})?(?:[/?#)"'> ]|$)/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*/;

/** Schemes whose slashes browsers supply themselves (WHATWG URL, "special scheme"): `https:evil.example` is a link. */
const BARE_SCHEME = /(?:https?|ftp|wss?|file):(?!\/\/[^/\\])/i;

/**
 * Every host that the text names, lower case, or undefined when that is in doubt: no host at all, user names before
 * the host, backslashes, line breaks or tabs (which browsers drop), percent-encoded or non-ASCII hosts.
 */
export function hostsOf(text: string): readonly string[] | undefined {
  if (/[\t\r\n\\]/.test(text) || BARE_SCHEME.test(text)) return undefined;
  const hosts: string[] = [];
  // The target of a redirect stands encoded in a query: who follows the link arrives there.
  text = text.replace(/%(?:25)*2f/gi, '/').replace(/%(?:25)*3a/gi, ':');
  for (let at = text.indexOf('//'); at >= 0; at = text.indexOf('//', at + 2)) {
    const rest = text.slice(at + 2);
    const host = HOST.exec(rest)?.[0];
    if (host === undefined || !AFTER_HOST.test(rest.slice(host.length))) return undefined;
    hosts.push(host.toLowerCase());
  }
  return hosts.length === 0 ? undefined : hosts;
}
