// A checkpoint in a file of its own, outside of what the gateway's database can reach: a mount that another system keeps.
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../keyfile.ts';

/** Whoever reads the file sees a whole checkpoint, the earlier or this one. */
export async function writeCopy(path: string, note: string): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', 0o644);
  try {
    await file.writeFile(note);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
  await syncDirectory(dirname(path));
}
