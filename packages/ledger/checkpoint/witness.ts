// Asks a witness to cosign a checkpoint: C2SP `tlog-witness`, the call add-checkpoint. A witness remembers the largest tree
// that it has seen of a log and signs none that does not begin with it, so that whoever owns the gateway, its database and
// its keys cannot show two histories.
import { request } from 'undici';
import type { NoteKey } from './keys.ts';
import { isSignedBy, parseNote, parseSignatures, signatureLine } from './note.ts';

export interface Witness {
  /** The submission prefix, without a slash at its end. */
  readonly url: string;
  readonly key: NoteKey;
}

/** `refused`: the witness says that this tree does not continue the one it knows; everything else may pass by itself. */
export class WitnessError extends Error {
  override readonly name = 'WitnessError';
  readonly refused: boolean;
  constructor(what: string, refused: boolean, options?: ErrorOptions) {
    super(what, options);
    this.refused = refused;
  }
}

const PATIENCE_MS = 10_000;
const LONGEST_ANSWER = 1 << 16;

/**
 * The witness's signature line for the note. `proof` gives the hashes from a size to that of the note; `known` is the
 * size of which the witness is believed to know. Throws WitnessError.
 */
export async function cosignature(
  witness: Witness,
  { note, size }: { readonly note: string; readonly size: number },
  known: number,
  signal: AbortSignal,
  proof: (from: number) => Promise<readonly Buffer[]>,
): Promise<string> {
  let answer = await addCheckpoint(witness, signal, note, known, await proof(known));
  if (answer.status === 409) {
    const actual = knownSize(answer.body);
    if (actual === undefined || actual > size || actual === known)
      throw new WitnessError('knows another history of this log', true);
    answer = await addCheckpoint(witness, signal, note, actual, await proof(actual));
  }
  if (answer.status === 422 || answer.status === 409)
    throw new WitnessError('knows another history of this log', true);
  if (answer.status !== 200) throw new WitnessError(`answered ${answer.status}`, false);
  return ownLine(answer.body, note, witness.key);
}

function knownSize(body: string): number | undefined {
  return /^(0|[1-9]\d{0,15})\n$/.test(body) ? Number(body) : undefined;
}

async function addCheckpoint(
  { url }: Witness,
  signal: AbortSignal,
  note: string,
  from: number,
  proof: readonly Buffer[],
): Promise<{ status: number; body: string }> {
  const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('');
  try {
    const { statusCode, body } = await request(`${url}/add-checkpoint`, {
      method: 'POST',
      body: `old ${from}\n${lines}\n${note}`,
      headersTimeout: PATIENCE_MS,
      bodyTimeout: PATIENCE_MS,
      signal: AbortSignal.any([signal, AbortSignal.timeout(2 * PATIENCE_MS)]),
    });
    let text = '';
    for await (const part of body) {
      text += (part as Buffer).toString('utf8');
      if (text.length > LONGEST_ANSWER) throw new WitnessError('answered without an end', false);
    }
    return { status: statusCode, body: text };
  } catch (cause) {
    if (cause instanceof WitnessError) throw cause;
    throw new WitnessError('cannot be reached', false, { cause });
  }
}

/** Signatures of keys that are not known are passed over, as the specification has it. */
function ownLine(body: string, note: string, key: NoteKey): string {
  const text = parseNote(note)!.text;
  const own = (parseSignatures(body) ?? []).filter(({ name, id }) => name === key.name && id.equals(key.id));
  if (!isSignedBy({ text, signatures: own }, key))
    throw new WitnessError('answered without a signature of its key', false);
  return own.map(signatureLine).join('');
}
