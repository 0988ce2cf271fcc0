// What can be wrong with the certificate of a port once its files are read: told before it is served, so that neither a start nor a
// reload meets it there. Quotes nothing of them.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { TlsConfig } from './config.ts';
import type { Wrong } from './reference.ts';

export type CertificatePart = 'cert' | 'key' | 'client_ca';

/** By the key of the document that it belongs to; what could not be read is empty and has been told. */
export function certificateFaults({ cert, key, clientCa }: TlsConfig): readonly [CertificatePart, Wrong][] {
  const faults: [CertificatePart, Wrong][] = [];
  const certificate = readCertificate(cert);
  const pem = key.reveal();
  const privateKey = readKey(pem);
  if (cert !== '' && certificate === undefined) faults.push(['cert', no('certificate in PEM')]);
  if (pem !== '' && privateKey === undefined)
    faults.push(['key', no('private key in PEM without a passphrase')]);
  if (certificate !== undefined && privateKey !== undefined && !certificate.checkPrivateKey(privateKey))
    faults.push(['key', { code: 'bad_value', message: 'refers to a key that is not the one of `cert`' }]);
  if (clientCa !== undefined && clientCa !== '' && readCertificate(clientCa) === undefined)
    faults.push(['client_ca', no('certificate in PEM')]);
  return faults;
}

function no(what: string): Wrong {
  return { code: 'bad_value', message: `does not refer to a ${what}` };
}

function readCertificate(pem: string): X509Certificate | undefined {
  return read(() => new X509Certificate(pem));
}

function readKey(pem: string): KeyObject | undefined {
  return read(() => createPrivateKey(pem));
}

/** Undefined where OpenSSL says that it cannot read it. */
function read<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return undefined;
  }
}
