// The log's private key in a file, in the text form that the tools of Go's checksum database use too.
import { generateKeyPairSync, hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode, KeyUnusable } from '../errors.ts';
import { FORBIDDEN_MODE, syncDirectory } from '../keyfile.ts';
import { ED25519, KEY_BYTES, type LogKey, logKey, privateBytes, publicBytes } from './keys.ts';

/** A name that no other log has: it holds a part of the hash of the key. */
function newKeyText(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const name = `sluice.local/${hash('sha256', publicBytes(privateKey), 'hex').slice(0, 16)}`;
  const seed = privateBytes(privateKey);
  const typed = Buffer.concat([Buffer.from([ED25519]), seed]).toString('base64');
  return `PRIVATE+KEY+${name}+${logKey(name, seed).id.toString('hex')}+${typed}\n`;
}

/**
 * The log's key in `path`. With `create`, a missing file is made with mode 0600 and is durable before this returns;
 * without, it is an error: a log that goes on under another key looks like a forgery, and should. Throws KeyUnusable.
 */
export async function readLogKey(path: string, create: boolean): Promise<LogKey> {
  if (create) await createKey(path);
  let text: string;
  try {
    if (process.platform !== 'win32' && ((await stat(path)).mode & FORBIDDEN_MODE) !== 0)
      throw new KeyUnusable(`The log's key ${path} is open to others: its mode must be 0600 (0440 at most).`);
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT'))
      throw new KeyUnusable(
        `The log's key ${path} is missing. The checkpoints that were signed with it cannot be continued without it.`,
      );
    throw error;
  }
  const match = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text);
  const typed = Buffer.from(match?.[3] ?? '', 'base64');
  if (match && typed.length === 1 + KEY_BYTES && typed[0] === ED25519) {
    const key = logKey(match[1]!, typed.subarray(1));
    if (key.id.toString('hex') === match[2]) return key;
  }
  throw new KeyUnusable(`${path} does not hold a key of a log.`);
}

async function createKey(path: string): Promise<void> {
  try {
    const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    try {
      await file.writeFile(newKeyText());
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    throw error;
  }
  await syncDirectory(dirname(path));
}
