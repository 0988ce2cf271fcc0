// The master key in a file: created at the first start, readable by the gateway's user alone.
import { constants } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode, KeyUnusable } from './errors.ts';
import { randomBytes } from './random.ts';

const PREFIX = 'sluice-master-1:';

/** Bits that may not be set: others may do nothing, the group may not write (a mounted secret is often group-readable). */
export const FORBIDDEN_MODE = 0o027;

/**
 * The 32 bytes in `path`. With `create`, a missing file is made with mode 0600 and is durable before this returns;
 * without, it is an error, since content sealed with a lost key cannot be read by anyone. Throws KeyUnusable.
 */
export async function masterKey(path: string, create: boolean): Promise<Buffer> {
  if (create) await createKey(path);
  let text: string;
  try {
    if (process.platform !== 'win32' && ((await stat(path)).mode & FORBIDDEN_MODE) !== 0)
      throw new KeyUnusable(`The key file ${path} is open to others: its mode must be 0600 (0440 at most).`);
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT'))
      throw new KeyUnusable(
        `The key file ${path} is missing, and the ledger beside it cannot be read without it.`,
      );
    throw error;
  }
  const key = Buffer.from(text.slice(PREFIX.length), 'base64url');
  if (!text.startsWith(PREFIX) || key.length !== 32)
    throw new KeyUnusable(`${path} does not hold a master key.`);
  return key;
}

async function createKey(path: string): Promise<void> {
  const exclusive = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY;
  try {
    const file = await open(path, exclusive, 0o600);
    try {
      await file.writeFile(`${PREFIX}${randomBytes(32).toString('base64url')}\n`);
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

/** Makes names in a directory durable. Windows has no such call and needs none. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
