// Checkpoints (C2SP `tlog-checkpoint`): that a log of a name has so many leaves and this root, as the text of a signed note.
import { HASH_BYTES } from '../merkle/hash.ts';
import type { LogKey, NoteKey } from './keys.ts';
import { isSignedBy, parseNote, signNote } from './note.ts';

export interface Checkpoint {
  readonly origin: string;
  /** Leaves. */
  readonly size: number;
  readonly root: Buffer;
}

export function signCheckpoint(size: number, root: Buffer, key: LogKey): string {
  return signNote(`${key.name}\n${size}\n${root.toString('base64')}\n`, key.name, key.id, key.private);
}

const TEXT = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*$/;

/** Undefined when the text of a note is not a checkpoint. Lines after the third are extensions, and are passed over. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const match = TEXT.exec(text);
  if (!match) return undefined;
  const [, origin, digits, encoded] = match as unknown as [string, string, string, string];
  const [size, root] = [Number(digits), Buffer.from(encoded, 'base64')];
  if (!Number.isSafeInteger(size) || root.length !== HASH_BYTES || root.toString('base64') !== encoded)
    return undefined;
  return { origin, size, root };
}

/** The checkpoint in a note, if the log's key has signed it. */
export function openCheckpoint(note: string, key: NoteKey): Checkpoint | undefined {
  const parsed = parseNote(note);
  const checkpoint = parsed && parseCheckpoint(parsed.text);
  if (!checkpoint || checkpoint.origin !== key.name || !isSignedBy(parsed, key)) return undefined;
  return checkpoint;
}
