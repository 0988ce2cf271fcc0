// Keys of signed notes: the public one as a line of text (C2SP `signed-note`, verifier keys), and the log's own private one.
import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';

/** What the signature is of and how it is told apart: the first byte of a key. C2SP `signed-note`, `tlog-cosignature`. */
export const ED25519 = 1;
export const COSIGNATURE = 4;

/** SHA-256 of name, line feed, kind and key: the first four bytes. */
export function keyId(name: string, kind: number, key: Buffer): Buffer {
  return hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([kind]), key]),
    'buffer',
  ).subarray(0, 4);
}

/** A public key that notes are verified with. */
export interface NoteKey {
  readonly name: string;
  readonly id: Buffer;
  /** 1: signs the text; 4: cosigns a checkpoint with a time. */
  readonly kind: number;
  /** 32 bytes of Ed25519. */
  readonly key: Buffer;
}

/** The log's key. Its name is the log's origin. */
export interface LogKey {
  readonly name: string;
  readonly id: Buffer;
  readonly private: KeyObject;
  /** `name+id+key`: what verifiers are given. */
  readonly vkey: string;
}

export const KEY_BYTES = 32;
/** DER before the 32 bytes of a key: RFC 8410, sections 4 and 7. */
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');

export const publicKeyOf = (key: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_DER, key]), format: 'der', type: 'spki' });

export function vkeyOf(name: string, kind: number, key: Buffer): string {
  const typed = Buffer.concat([Buffer.from([kind]), key]);
  return `${name}+${keyId(name, kind, key).toString('hex')}+${typed.toString('base64')}`;
}

const VKEY = /^([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/;

/** Undefined when it is not the line of an Ed25519 key that signs or cosigns, or its id is not that of its key. */
export function parseVkey(vkey: string): NoteKey | undefined {
  const match = VKEY.exec(vkey);
  if (!match) return undefined;
  const [, name, id, encoded] = match as unknown as [string, string, string, string];
  const typed = Buffer.from(encoded, 'base64');
  const [kind, key] = [typed[0]!, typed.subarray(1)];
  if (typed.length !== 1 + KEY_BYTES || ![ED25519, COSIGNATURE].includes(kind)) return undefined;
  const known = keyId(name, kind, key);
  return known.toString('hex') === id ? { name, id: known, kind, key } : undefined;
}

/** A key from its seed of 32 bytes. */
export function logKey(name: string, seed: Buffer): LogKey {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_DER, seed]), format: 'der', type: 'pkcs8' });
  const open = publicBytes(key);
  return { name, id: keyId(name, ED25519, open), private: key, vkey: vkeyOf(name, ED25519, open) };
}

/** The 32 bytes of the public half. */
export function publicBytes(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
}

/** The 32 bytes of the seed. */
export function privateBytes(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'pkcs8' }).subarray(PRIVATE_DER.length);
}
