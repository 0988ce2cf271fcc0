// Fetches a JSON document from an identity provider within bounds. It must not know what the document means.

/** Milliseconds from the request to the last byte. */
const TIMEOUT = 5_000;
/** Bytes that a document may have. Large providers' key sets have about 20 kB. */
const LARGEST = 512 * 1024;

/** The provider could not be asked, or what it sent is not what it may send. The cause is for the log. */
export class IssuerUnreachable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'IssuerUnreachable';
  }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether keys may be fetched from there: over TLS, or without it from this very machine. */
export function isTrustworthy(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/** Follows no redirect: the place where keys come from is configured, not told. Throws IssuerUnreachable. */
export async function fetchJson(url: string): Promise<unknown> {
  if (!isTrustworthy(url)) throw new IssuerUnreachable('keys are only fetched over https');
  try {
    const response = await fetch(url, {
      redirect: 'error',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw new IssuerUnreachable(`status ${response.status}`);
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      size += part.byteLength;
      if (size > LARGEST) throw new IssuerUnreachable('the document is too large');
      parts.push(part);
    }
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
  } catch (error) {
    throw error instanceof IssuerUnreachable
      ? error
      : new IssuerUnreachable('the provider could not be asked', error);
  }
}
