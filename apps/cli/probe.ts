// Calls a model server as the gateway would, and says in words what is wrong. Never prints a credential or an answer's text.
import { protocols } from '@sluice/protocols';
import { type Dispatcher, request } from 'undici';

export interface Probed {
  readonly ok: boolean;
  readonly says: string;
}

export interface Target {
  readonly protocol: string;
  /** Scheme, host and port; and the path before the provider's own. */
  readonly origin: string;
  readonly prefix: string;
  readonly credential: string | undefined;
}

/** Milliseconds to wait for the headers, and between two pieces of the body. */
const PATIENCE = 10_000;

/** Bytes of a list of models that are read. */
const LARGEST = 4 << 20;

const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'it does not accept the credential (401). Is the reference right, and the key still good?',
  403: 'the credential may not list models (403).',
  404: 'there is no /v1/models below this URL (404). Is there a path that belongs before /v1?',
  429: 'it answers, but its rate limit is reached (429).',
};

const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there (connection refused).',
  ECONNRESET: 'it closed the connection without an answer.',
  UND_ERR_SOCKET: 'it closed the connection without an answer.',
  EHOSTUNREACH: 'there is no way to that host.',
  ENETUNREACH: 'there is no way to that network.',
  ENOTFOUND: 'the host name does not resolve.',
  EAI_AGAIN: 'the host name cannot be resolved just now.',
  ETIMEDOUT: 'no connection in time.',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within ten seconds.',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within ten seconds.',
  UND_ERR_BODY_TIMEOUT: 'its answer stopped in the middle.',
  CERT_HAS_EXPIRED: 'its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not known here.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that is not known here.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there. Is it http:// and not https://?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there. Is it http:// and not https://?',
};

export async function probe(target: Target): Promise<Probed> {
  const headers = {
    accept: 'application/json',
    ...(target.protocol === 'anthropic' ? { 'anthropic-version': '2023-06-01' } : {}),
    ...(target.credential === undefined ? {} : protocols[target.protocol]!.authorize(target.credential)),
  };
  try {
    const { statusCode, body } = await request(`${target.origin}${target.prefix}/v1/models`, {
      headers,
      headersTimeout: PATIENCE,
      bodyTimeout: PATIENCE,
    });
    if (statusCode === 200) return judged(await read(body));
    await body.dump();
    return { ok: statusCode === 429, says: byStatus(statusCode, target) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { ok: false, says: BY_CODE[code] ?? `the call failed${code === '' ? '' : ` (${code})`}.` };
  }
}

function byStatus(status: number, { credential }: Target): string {
  if (status === 401 && credential === undefined)
    return 'it wants a credential, and none is configured (401).';
  if (status >= 300 && status < 400)
    return `it sends callers elsewhere (${status}), which is not followed. What is its own URL?`;
  if (status >= 500) return `it answers with its own error (${status}).`;
  return BY_STATUS[status] ?? `it answers with status ${status}.`;
}

/** Undefined when it is more than a list of models could be. */
async function read(body: Dispatcher.ResponseData['body']): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function judged(text: string | undefined): Probed {
  return text !== undefined && isList(text)
    ? { ok: true, says: 'it lists its models (200).' }
    : { ok: false, says: 'what answers there does not list models (200): is it the model server?' };
}

/** Both providers answer `{ "data": [ … ] }`. */
function isList(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return false;
  }
}
