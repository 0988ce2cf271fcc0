// Verifies a bundle of evidence with the log's public key and nothing else.
import { isIncluded, leafOf, sha256 } from './merkle.ts';
import { type Checkpoint, openNote, readCheckpoint, type VerifierKey } from './note.ts';
import type { Problem, ProblemName, Verdict } from './problems.ts';
import { readZip, ZipError } from './zip.ts';

interface Entry {
  readonly seq: number;
  readonly header: string;
}

type Report = (problem: ProblemName, where: string) => void;

export function verifyBundle(zip: Buffer, key: VerifierKey): Verdict {
  const problems: Problem[] = [];
  const report: Report = (problem, where) => problems.push({ problem, where });
  let facts = { entries: 0, size: 0 };
  try {
    facts = verifyFiles(readZip(zip), key, report);
  } catch (error) {
    // A member that is not what it should be shows as a TypeError: whoever made the bundle may have put anything there.
    if (![ZipError, SyntaxError, TypeError].some((kind) => error instanceof kind)) throw error;
    report('unreadable', 'the bundle');
  }
  return {
    ok: problems.length === 0,
    problems,
    proves: [
      `each of the ${facts.entries} entries was recorded at its place, and is unchanged, in the log ${key.name} of ${facts.size} entries`,
      'the policies are those that the entries name by their hash',
      'whoever holds the log’s key put exactly these files together',
    ],
    doesNotProve: [
      'that nothing else matches what was asked for: that is the statement of whoever holds the key',
      'that there is no second history for others: compare checkpoints with a witness or a copy kept outside',
      'what was said: content is sealed and not in the bundle',
      'that the clock of the gateway was right',
    ],
  };
}

function verifyFiles(files: Map<string, Buffer>, key: VerifierKey, report: Report) {
  verifyManifest(files, key, report);
  const checkpoint = verifyCheckpoint(files.get('checkpoint'), key, report);
  const entries = linesOf<Entry>(files.get('entries.jsonl'));
  const proofs = new Map(
    linesOf<{ seq: number; proof: string[] }>(files.get('proofs.jsonl')).map(({ seq, proof }) => [
      seq,
      proof,
    ]),
  );
  for (const { seq, header } of entries) {
    const proof = proofs.get(seq)?.map((hash) => Buffer.from(hash, 'base64'));
    if (!proof) report('missing_proof', `entry ${seq}`);
    else if (
      checkpoint &&
      !isIncluded(leafOf(Buffer.from(header)), seq, checkpoint.size, checkpoint.root, proof)
    )
      report('not_included', `entry ${seq}`);
  }
  verifyPolicies(files, entries, report);
  return { entries: entries.length, size: checkpoint?.size ?? 0 };
}

const linesOf = <T>(file: Buffer | undefined): T[] =>
  (file?.toString() ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

function verifyManifest(files: Map<string, Buffer>, key: VerifierKey, report: Report): void {
  const manifest = files.get('manifest.json');
  const note = files.get('manifest.note');
  if (!manifest || !note) {
    report('missing_file', manifest ? 'manifest.note' : 'manifest.json');
    return;
  }
  const opened = openNote(note.toString(), key);
  if ('fault' in opened) report(opened.fault, 'manifest.note');
  else if (opened.text !== `sluice-evidence/1\n${key.name}\n${sha256(manifest).toString('base64')}\n`)
    report('altered_manifest', 'manifest.json');
  const { files: listed } = JSON.parse(manifest.toString()) as { files: Record<string, string> };
  for (const [name, hash] of Object.entries(listed)) {
    const file = files.get(name);
    if (!file) report('missing_file', name);
    else if (sha256(file).toString('hex') !== hash) report('altered_file', name);
  }
  for (const name of files.keys())
    if (!Object.hasOwn(listed, name) && !name.startsWith('manifest.')) report('added_file', name);
}

function verifyCheckpoint(
  file: Buffer | undefined,
  key: VerifierKey,
  report: Report,
): Checkpoint | undefined {
  if (!file) {
    report('missing_file', 'checkpoint');
    return undefined;
  }
  const opened = openNote(file.toString(), key);
  if ('fault' in opened) {
    report(opened.fault, 'checkpoint');
    return undefined;
  }
  const checkpoint = readCheckpoint(opened.text, key);
  if (!checkpoint) report('other_log', 'checkpoint');
  return checkpoint;
}

/** Each text has the hash that it is filed under, and is the one that an entry of the bundle holds. */
function verifyPolicies(files: Map<string, Buffer>, entries: readonly Entry[], report: Report): void {
  const recorded = new Map<string, string>();
  for (const { header } of entries) {
    const { act, on, details } = JSON.parse(header) as Record<string, unknown> & {
      details?: { text?: string };
    };
    if (act === 'policy.text') recorded.set(String(on), details?.text ?? '');
  }
  for (const [name, text] of files) {
    const hash = /^policies\/([0-9a-f]{64})\.json$/.exec(name)?.[1];
    if (hash === undefined) continue;
    if (sha256(text).toString('hex') !== hash || recorded.get(hash) !== text.toString())
      report('altered_policy', name);
  }
}
