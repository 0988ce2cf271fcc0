// A port in clear or under TLS: makes its servers and renews their certificates while they serve. It must not know what is
// served there.
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { TlsConfig } from './config/index.ts';

/** RFC 9325, section 3.1.1: nothing older. */
const OLDEST = 'TLSv1.2';

/** Bytes of the key that seals session tickets, as `setTicketKeys` takes it. */
const TICKET_KEY = 48;

export class Port {
  readonly scheme: 'http' | 'https';
  #tls: TlsConfig | undefined;
  readonly #secured: TlsServer[] = [];

  constructor(tls: TlsConfig | undefined) {
    this.#tls = tls;
    this.scheme = tls === undefined ? 'http' : 'https';
  }

  /** A server that does not listen yet. With `clientCa`, callers without a certificate that it signed get no further. */
  server(options: ServerOptions, handle: RequestListener): Server {
    if (this.#tls === undefined) return createServer(options, handle);
    const requestCert = this.#tls.clientCa !== undefined;
    const server = createTlsServer(
      { ...options, ...contextOf(this.#tls), requestCert, rejectUnauthorized: true },
      handle,
    );
    this.#secured.push(server);
    return server;
  }

  /**
   * New connections get the new certificate; those that stand go on. Whether TLS is spoken and whether callers need a
   * certificate counts from the next start, so a change of that kind is passed over here, and the old authority stays.
   */
  renew(tls: TlsConfig | undefined): void {
    if (tls === undefined || this.#tls === undefined) return;
    const clientCa = this.#tls.clientCa === undefined ? undefined : (tls.clientCa ?? this.#tls.clientCa);
    const next = { ...tls, clientCa };
    if (same(next, this.#tls)) return;
    this.#tls = next;
    for (const server of this.#secured) {
      server.setSecureContext(contextOf(next));
      // A session that the old authority let in must not be resumed past the new one.
      server.setTicketKeys(randomBytes(TICKET_KEY));
    }
  }
}

function contextOf({ cert, key, clientCa }: TlsConfig): SecureContextOptions {
  return {
    cert,
    key: key.reveal(),
    minVersion: OLDEST,
    ...(clientCa === undefined ? {} : { ca: clientCa }),
  };
}

function same(a: TlsConfig, b: TlsConfig): boolean {
  return a.cert === b.cert && a.clientCa === b.clientCa && a.key.equals(b.key);
}
