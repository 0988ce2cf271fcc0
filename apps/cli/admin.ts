// The admin API as the command line calls it: as the local administrator, by the token that only the gateway's user can read,
// or as the person whose OIDC token is in SLUICE_TOKEN.
import { readFileSync } from 'node:fs';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Places } from '@sluice/gateway/config/places';
import { placesIn } from './config.ts';
import { Failure } from './failure.ts';
import { visible } from './text.ts';
import { tlsOptions } from './tls.ts';

export interface AdminClient {
  /** Answers the JSON of a success. Throws a Failure: `unreachable` when nobody answers, `finding` when the gateway says no. */
  call(method: string, route: string, body?: unknown): Promise<unknown>;
  /** POST; answers the bytes of a success. Throws as `call` does. */
  download(route: string, body: unknown): Promise<Buffer>;
}

/** Milliseconds without a byte from the gateway. */
const PATIENCE = 30_000;

/** Addresses that mean "all of this machine" to listen on, and what to call then. */
const CALLED: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

export function adminClient(file: string): AdminClient {
  const { admin, tokenFile } = placesIn(file);
  const sent = async (method: string, route: string, body: unknown): Promise<Buffer> => {
    const token = process.env.SLUICE_TOKEN ?? tokenOf(tokenFile);
    const { status, bytes } = await send(admin, method, `/api/v1${route}`, token, body);
    if (status >= 200 && status < 300) return bytes;
    const said = detailOf(parsed(bytes.toString(), admin));
    throw new Failure('finding', visible(said ?? `The gateway answered ${status}.`, 'lines'));
  };
  return {
    call: async (method, route, body) => parsed((await sent(method, route, body)).toString(), admin),
    download: (route, body) => sent('POST', route, body),
  };
}

function tokenOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Failure(
      'unreachable',
      `The local administrator's token is not readable (${file}). Has the gateway been started here, by this user?`,
    );
  }
}

function send(
  place: Places['admin'],
  method: string,
  route: string,
  token: string,
  body: unknown,
): Promise<{ status: number; bytes: Buffer }> {
  const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const options: RequestOptions = {
    host: CALLED[place.host] ?? place.host,
    port: place.port,
    method,
    path: route,
    agent: false,
    timeout: PATIENCE,
    headers: {
      authorization: `Bearer ${token}`,
      ...(payload === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': payload.length }),
    },
  };
  return new Promise((resolve, reject) => {
    const got = (response: IncomingMessage) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', () => reject(unreachable(place)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(parts) }));
    };
    const sent =
      place.tls === undefined
        ? request(options, got)
        : requestTls({ ...options, ...tlsOptions(place.tls) }, got);
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => reject(unreachable(place)));
    sent.end(payload);
  });
}

function unreachable(place: Places['admin'], why = 'Is it running?'): Failure {
  return new Failure('unreachable', `The gateway cannot be reached at ${urlOf(place)}. ${why}`);
}

function urlOf({ host, port, tls }: Places['admin']): string {
  return `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function parsed(text: string, place: Places['admin']): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw unreachable(place, 'What answers there is not a gateway.');
  }
}

function detailOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('detail' in answer)) return undefined;
  return typeof answer.detail === 'string' ? answer.detail : undefined;
}
