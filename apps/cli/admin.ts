// The admin API as the command line calls it: as the local administrator, by the token that only the gateway's user can read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '@sluice/gateway';
import { Failure } from './failure.ts';

export interface AdminClient {
  /** Answers the JSON of a success. Throws a Failure: `unreachable` when nobody listens, `finding` when the gateway says no. */
  call(method: string, route: string, body?: unknown): Promise<unknown>;
}

export function adminClient(config: Config): AdminClient {
  const { host, port } = config.listen.admin;
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}/api/v1`;
  const tokenFile = path.join(path.dirname(config.store.path), 'admin.token');
  return {
    async call(method, route, body) {
      const response = await request(`${base}${route}`, method, tokenOf(tokenFile), body);
      const text = await response.text();
      const answer: unknown = text === '' ? undefined : JSON.parse(text);
      if (response.ok) return answer;
      throw new Failure('finding', detailOf(answer) ?? `The gateway answered ${response.status}.`);
    },
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

async function request(url: string, method: string, token: string, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Failure(
      'unreachable',
      `The gateway cannot be reached at ${new URL(url).origin}. Is it running?`,
    );
  }
}

function detailOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('detail' in answer)) return undefined;
  return typeof answer.detail === 'string' ? answer.detail : undefined;
}
