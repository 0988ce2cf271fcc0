// Gateway keys: how one is made, and how one is read before anything is looked up. It must not know where keys are kept.
import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'slc_';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Digits that 256 bits need in base 62: 62^43 is just above 2^256. */
const SECRET_DIGITS = 43;
/** Digits that a CRC-32 needs in base 62. */
const CHECKSUM_DIGITS = 6;
/** 64 bits: enough that names of keys do not collide; they are no secret. */
const ID_DIGITS = 11;

const SHAPE = new RegExp(`^${PREFIX}([0-9A-Za-z]{${SECRET_DIGITS}})([0-9A-Za-z]{${CHECKSUM_DIGITS}})$`);

/** A key that was just made. `key` is shown once to whoever asked for it; only `hash` is kept. */
export interface NewKey {
  /** Names the key in lists and in the record; says nothing about the secret. */
  readonly id: string;
  readonly key: string;
  /** SHA-256 of the whole key, hex. */
  readonly hash: string;
}

/** A key with 256 random bits, so that a fast hash of it cannot be turned back by trying. */
export function createKey(): NewKey {
  const secret = base62(bigint(randomBytes(32)), SECRET_DIGITS);
  const key = PREFIX + secret + checksum(secret);
  return { id: `key_${base62(bigint(randomBytes(8)), ID_DIGITS)}`, key, hash: hashKey(key) };
}

/** Whether a credential claims to be a gateway key. Such a credential is never tried as anything else. */
export function looksLikeKey(credential: string): boolean {
  return credential.startsWith(PREFIX);
}

/**
 * False when a credential cannot be a key, since its shape or checksum is wrong: no store is asked for a typing error or a
 * random guess. The checksum (as GitHub's tokens have it) is public and proves nothing.
 */
export function isWellFormed(credential: string): boolean {
  const parts = SHAPE.exec(credential);
  return parts !== null && checksum(parts[1]!) === parts[2];
}

/**
 * SHA-256 of the whole key, hex. Comparing hashes need not take constant time: what a comparison may give away is a
 * prefix of the hash of a guess, and nobody can choose guesses by the prefix of their hash closely enough to matter.
 */
export function hashKey(key: string): string {
  return hash('sha256', key, 'hex');
}

function checksum(secret: string): string {
  return base62(BigInt(crc32(secret)), CHECKSUM_DIGITS);
}

function bigint(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

/** Most significant digit first, padded with zeros. */
function base62(value: bigint, digits: number): string {
  let text = '';
  for (let rest = value; text.length < digits; rest /= 62n) text = DIGITS[Number(rest % 62n)]! + text;
  return text;
}
