// Addresses to listen on and URLs of model servers: text in, parts or what is wrong out.
import { isIPv4, isIPv6 } from 'node:net';
import type { Wrong } from './reference.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

const SHAPE =
  /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)):(?<port>\d{1,5})$/;

export function parseAddress(text: string): Address | Wrong {
  const wrong = {
    code: 'bad_address',
    message: 'is not an address like 127.0.0.1:8080 or [::1]:8080',
  } as const;
  const parts = SHAPE.exec(text)?.groups;
  if (parts === undefined) return wrong;
  const port = Number(parts.port);
  const host = parts.six ?? parts.host!;
  const real = parts.six === undefined ? isIPv4(host) || !/^[\d.]+$/.test(host) : isIPv6(host);
  return port <= 65_535 && real ? { host, port } : wrong;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

export interface Upstream {
  readonly origin: string;
  /** Without a slash at its end. */
  readonly prefix: string;
  /** True when what is sent travels in clear over a network. */
  readonly clear: boolean;
}

export function parseUpstream(text: string): Upstream | Wrong {
  const url = URL.parse(text);
  if (url === null) return { code: 'bad_url', message: 'is not a URL like https://api.openai.com' };
  if (url.protocol === 'grpc:' || url.protocol === 'grpcs:')
    return { code: 'unavailable', message: 'is a gRPC server, which is not available in this build' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { code: 'bad_url', message: 'is neither an http nor an https URL' };
  if (url.username !== '' || url.password !== '') {
    return {
      code: 'literal_secret',
      message: 'has a user name or password in it: secrets are references',
      hint: 'Move it to `credential`, as `env:NAME` or `file:PATH`.',
    };
  }
  if (url.search !== '' || url.hash !== '' || text.includes('?') || text.includes('#'))
    return { code: 'bad_url', message: 'has a query or a fragment, which would not be sent' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    origin: url.origin,
    prefix: url.pathname.replace(/\/+$/, ''),
    clear: url.protocol === 'http:' && !isLoopback(host),
  };
}
