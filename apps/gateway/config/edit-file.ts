// Applies an edit to the file itself: read, change, check, replace in one step. It must not know what the edit does.
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Edited } from './edit.ts';
import { TEMPLATE } from './template.ts';

/**
 * The outcome of the edit; on success the file holds the new text. A file that does not exist is begun from the template. A symbolic
 * link stays one, and whoever reads meanwhile sees the old text or the new one. Throws what the file system throws.
 */
export function editFile(file: string, edit: (text: string) => Edited): Edited {
  const before = readIfThere(file);
  const edited = edit(before ?? TEMPLATE);
  if (!edited.ok) return edited;
  const target = before === undefined ? path.resolve(file) : realpathSync(file);
  const mode = before === undefined ? 0o644 : statSync(target).mode & 0o777;
  const beside = `${target}.${process.pid}.tmp`;
  try {
    const handle = openSync(beside, 'wx', mode);
    try {
      writeSync(handle, edited.text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  return edited;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
