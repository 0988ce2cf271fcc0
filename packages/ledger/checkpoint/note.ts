// Signed notes (C2SP `signed-note`): a text and, after an empty line, signatures with the name and the id of their key.
// It must not know what the text says.
import { type KeyObject, sign, verify } from 'node:crypto';
import { ED25519, type NoteKey, publicKeyOf } from './keys.ts';

export interface SignatureLine {
  readonly name: string;
  /** Four bytes that tell keys of one name apart. */
  readonly id: Buffer;
  readonly signature: Buffer;
}

export interface Note {
  /** With its last line feed. */
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

export function signatureLine({ name, id, signature }: SignatureLine): string {
  return `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

/** `text` ends with a line feed. */
export function signNote(text: string, name: string, id: Buffer, key: KeyObject): string {
  return `${text}\n${signatureLine({ name, id, signature: sign(null, Buffer.from(text), key) })}`;
}

const LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;
/** Bytes of a note that anybody would send: a checkpoint is 200, a signature 110. */
const LONGEST = 1 << 16;
const MOST_SIGNATURES = 100;

/** Signature lines, one after another; undefined when one is malformed. */
export function parseSignatures(lines: string): SignatureLine[] | undefined {
  if (!lines.endsWith('\n') || lines.length > LONGEST) return undefined;
  const signatures: SignatureLine[] = [];
  for (const line of lines.slice(0, -1).split('\n')) {
    const match = LINE.exec(line);
    if (!match || signatures.length === MOST_SIGNATURES) return undefined;
    const bytes = Buffer.from(match[2]!, 'base64');
    if (bytes.length < 5 || bytes.toString('base64') !== match[2]) return undefined;
    signatures.push({ name: match[1]!, id: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return signatures;
}

/** Text and signatures, of which none is verified. Undefined when it is not a note. */
export function parseNote(note: string): Note | undefined {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || note.length > LONGEST) return undefined;
  const signatures = parseSignatures(note.slice(split + 2));
  return signatures && { text: note.slice(0, split + 1), signatures };
}

/** Whether the key has signed the text. A signature of the key that does not verify makes the note worthless. */
export function isSignedBy({ text, signatures }: Note, key: NoteKey): boolean {
  const own = signatures.filter(({ name, id }) => name === key.name && id.equals(key.id));
  return own.length > 0 && own.every(({ signature }) => verifies(text, signature, key));
}

function verifies(text: string, signature: Buffer, { kind, key }: NoteKey): boolean {
  if (kind === ED25519) return verify(null, Buffer.from(text), publicKeyOf(key), signature);
  if (signature.length !== 8 + 64) return false;
  const message = cosignedMessage(text, signature.readBigUInt64BE(0));
  return verify(null, message, publicKeyOf(key), signature.subarray(8));
}

/** What a cosigner signs: C2SP `tlog-cosignature`, the Ed25519 message. `time` in seconds since the epoch. */
export const cosignedMessage = (text: string, time: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
