// The verifier's own reading of signed notes and checkpoints, from C2SP `signed-note` and `tlog-checkpoint` alone.
import { createPublicKey, verify } from 'node:crypto';
import { sha256 } from './merkle.ts';

export interface VerifierKey {
  readonly name: string;
  readonly id: Buffer;
  readonly key: Buffer;
}

export interface Checkpoint {
  readonly size: number;
  readonly root: Buffer;
}

/** `name+id+key`; undefined when it is not an Ed25519 key of that form. */
export function readKey(line: string): VerifierKey | undefined {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(line.trim());
  if (!match) return undefined;
  const [name, hex, typed] = [match[1]!, match[2]!, Buffer.from(match[3]!, 'base64')];
  const id = sha256(`${name}\n`, typed).subarray(0, 4);
  if (typed[0] !== 1 || id.toString('hex') !== hex) return undefined;
  return { name, id, key: typed.subarray(1) };
}

export type Opened = { readonly text: string } | { readonly fault: 'wrong_key' | 'bad_signature' };

/** The text of a note that the key has signed; or that another key has, or that the signature is not of this text. */
export function openNote(note: string, key: VerifierKey): Opened {
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return { fault: 'bad_signature' };
  const text = note.slice(0, split + 1);
  let known = false;
  for (const line of note.slice(split + 2).split('\n')) {
    const match = /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line);
    const bytes = Buffer.from(match?.[2] ?? '', 'base64');
    if (match?.[1] !== key.name || !bytes.subarray(0, 4).equals(key.id)) continue;
    known = true;
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.key]);
    const open = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (!verify(null, Buffer.from(text), open, bytes.subarray(4))) return { fault: 'bad_signature' };
  }
  return known ? { text } : { fault: 'wrong_key' };
}

/** Undefined when the text is no checkpoint of the key's log. */
export function readCheckpoint(text: string, key: VerifierKey): Checkpoint | undefined {
  const [origin, size, root] = text.split('\n');
  if (origin !== key.name || !/^(0|[1-9]\d{0,15})$/.test(size ?? '')) return undefined;
  const bytes = Buffer.from(root ?? '', 'base64');
  return bytes.length === 32 ? { size: Number(size), root: bytes } : undefined;
}
