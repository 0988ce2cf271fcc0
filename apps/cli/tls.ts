// How the command line trusts an admin port under TLS: by the very certificate that its configuration names, whoever signed it
// and whatever name it carries, or else as any client would. With mutual TLS it shows the certificate that
// SLUICE_CLIENT_CERT and SLUICE_CLIENT_KEY name.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type ConnectionOptions,
  checkServerIdentity,
  type PeerCertificate,
  rootCertificates,
} from 'node:tls';
import { Failure } from './failure.ts';

export function tlsOptions({ cert }: { readonly cert: string | undefined }): ConnectionOptions {
  const client = { cert: clientPart('SLUICE_CLIENT_CERT'), key: clientPart('SLUICE_CLIENT_KEY') };
  return {
    ...(client.cert === undefined || client.key === undefined ? {} : client),
    ...(cert === undefined ? {} : pinned(cert)),
  };
}

/** The configured certificate need not be one that the system trusts, nor name the address that the admin port listens on. */
function pinned(cert: string): ConnectionOptions {
  const own = new X509Certificate(cert).raw;
  return {
    ca: [...rootCertificates, cert],
    allowPartialTrustChain: true,
    checkServerIdentity: (host: string, peer: PeerCertificate) =>
      peer.raw.equals(own) ? undefined : checkServerIdentity(host, peer),
  };
}

function clientPart(name: string): string | undefined {
  const file = process.env[name];
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Failure('usage', `${name} names a file that cannot be read (${file}).`);
  }
}
