// Where a connection of the file leads, with its credential read: what a trial call needs. Other connections' secrets, which may
// not be set here, are left alone.
import path from 'node:path';
import { parseUpstream } from '@sluice/gateway/config/address';
import type { FileDocument } from '@sluice/gateway/config/index';
import { isWrong, parseReference, readSecret } from '@sluice/gateway/config/reference';
import { Secret } from '@sluice/gateway/config/secret';
import type { Target } from './probe.ts';

type Connection = NonNullable<FileDocument['connections']>[string];

/** `why` is the rest of a sentence about the connection. */
export function targetOf(connection: Connection, file: string): Target | { readonly why: string } {
  const upstream = parseUpstream(connection.upstream);
  if ('code' in upstream) return { why: `its upstream ${upstream.message}.` };
  const credential = credentialOf(connection.credential, path.dirname(path.resolve(file)));
  if (typeof credential === 'object') return credential;
  const { origin, prefix } = upstream;
  return { protocol: connection.protocol, origin, prefix, credential };
}

function credentialOf(
  text: string | undefined,
  directory: string,
): string | undefined | { readonly why: string } {
  if (text === undefined) return undefined;
  const reference = parseReference(text);
  if (isWrong(reference)) return { why: `its credential ${reference.message}.` };
  const secret = readSecret(reference, { directory, env: process.env });
  if (secret instanceof Secret) return secret.reveal();
  return { why: `its credential (${text}) ${secret.message}.` };
}
