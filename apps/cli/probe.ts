// Calls a model server as the gateway would, and says in words what is wrong. Never prints a credential or an answer's text.
import type { ConnectionConfig } from '@sluice/gateway';
import { protocols } from '@sluice/protocols';
import { request } from 'undici';

export interface Probed {
  readonly ok: boolean;
  readonly says: string;
}

/** Milliseconds to wait for the headers. */
const PATIENCE = 10_000;

const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'it does not accept the credential (401). Is the reference right, and the key still good?',
  403: 'the credential may not list models (403).',
  404: 'there is no /v1/models below this URL (404). Is there a path that belongs before /v1?',
  429: 'it answers, but its rate limit is reached (429).',
};

const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there (connection refused).',
  ENOTFOUND: 'the host name does not resolve.',
  EAI_AGAIN: 'the host name cannot be resolved just now.',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within ten seconds.',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within ten seconds.',
  CERT_HAS_EXPIRED: 'its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified.',
};

export async function probe(connection: ConnectionConfig): Promise<Probed> {
  const protocol = protocols[connection.protocol]!;
  const headers = {
    accept: 'application/json',
    ...(connection.protocol === 'anthropic' ? { 'anthropic-version': '2023-06-01' } : {}),
    ...(connection.credential === undefined ? {} : protocol.authorize(connection.credential.reveal())),
  };
  try {
    const response = await request(`${connection.origin}${connection.prefix}/v1/models`, {
      headers,
      headersTimeout: PATIENCE,
      bodyTimeout: PATIENCE,
    });
    await response.body.dump();
    if (response.statusCode === 200) return { ok: true, says: 'it lists its models (200).' };
    return {
      ok: response.statusCode === 429,
      says: BY_STATUS[response.statusCode] ?? `it answers with status ${response.statusCode}.`,
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { ok: false, says: BY_CODE[code] ?? `the call failed${code === '' ? '' : ` (${code})`}.` };
  }
}
