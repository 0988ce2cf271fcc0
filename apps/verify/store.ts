// Verifies an embedded store against its own checkpoints, and against one that was kept outside: reads the tables by
// itself, read-only, so that a running gateway is not disturbed. docs/reference/record-format.md says how they are laid out.
import { DatabaseSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import { GrowingRoot, leafOf, sha256 } from './merkle.ts';
import { openNote, readCheckpoint, type VerifierKey } from './note.ts';
import type { Problem, ProblemName, Verdict } from './problems.ts';

interface Row {
  readonly leaf: Buffer;
  readonly body: 'none' | 'erased' | 'good' | 'altered';
}

const bytes = (value: unknown): Buffer => Buffer.from(value as Uint8Array);

/** Every entry in order, as the chunks hold them. */
function* rowsOf(db: DatabaseSync): Generator<Row> {
  const bodies = db.prepare('select bytes from bodies where first = ?');
  for (const head of db.prepare('select first, compressed, headers from heads order by first').iterate()) {
    const kept = bytes(head.headers);
    const headers = head.compressed === 1 ? zstdDecompressSync(kept) : kept;
    const chunk = bodies.get(head.first as number)?.bytes;
    const sealed = chunk === undefined ? undefined : bytes(chunk);
    let bodyAt = 0;
    for (let at = 0; at < headers.length; ) {
      const [length, bodyLength] = [headers.readUInt32LE(at), headers.readUInt32LE(at + 4)];
      const header = headers.subarray(at + 8, at + 8 + length);
      const body = sealed?.subarray(bodyAt, bodyAt + bodyLength);
      yield { leaf: leafOf(header), body: bodyState(header, body) };
      at += 8 + length;
      bodyAt += bodyLength;
    }
  }
}

function bodyState(header: Buffer, body: Buffer | undefined): Row['body'] {
  const { seal } = parsed(header);
  if (!seal) return body === undefined || body.length === 0 ? 'none' : 'altered';
  if (!body || body.length !== seal.bytes) return 'altered';
  if (sha256(body).toString('base64url') === seal.sha256) return 'good';
  return body.every((byte) => byte === 0) ? 'erased' : 'altered';
}

function parsed(header: Buffer): { seal?: { bytes: number; sha256: string } } {
  try {
    return JSON.parse(header.toString()) as { seal?: { bytes: number; sha256: string } };
  } catch {
    return {};
  }
}

/** The leaves as the tree has them: level 0, in runs of 64. */
function treeLeaves(db: DatabaseSync): Buffer[] {
  const leaves: Buffer[] = [];
  for (const { hashes } of db
    .prepare('select hashes from tree_runs where id >= ? order by id')
    .iterate(5 * 2 ** 45)) {
    const run = bytes(hashes);
    for (let at = 0; at < run.length; at += 32) leaves.push(run.subarray(at, at + 32));
  }
  return leaves;
}

interface Signed {
  readonly size: number;
  readonly root: Buffer;
  readonly where: string;
  readonly outside: boolean;
}

/** `outside`: a checkpoint that was kept elsewhere, as text. */
export function verifyStore(path: string, key: VerifierKey, outside: string | undefined): Verdict {
  const db = new DatabaseSync(path, { readOnly: true });
  const problems: Problem[] = [];
  const report = (problem: ProblemName, where: string) => {
    problems.push({ problem, where });
  };
  try {
    db.exec('begin');
    const signed: Signed[] = [];
    const take = (note: string, where: string, isOutside: boolean) => {
      const opened = openNote(note, key);
      if ('fault' in opened) {
        report(opened.fault, where);
        return;
      }
      const checkpoint = readCheckpoint(opened.text, key);
      if (checkpoint) signed.push({ ...checkpoint, where, outside: isOutside });
      else report('other_log', where);
    };
    for (const { size, note } of db.prepare('select size, note from checkpoints order by size').all())
      take(String(note), `checkpoint ${size}`, false);
    if (outside !== undefined) take(outside, 'the checkpoint from outside', true);
    signed.sort((a, b) => a.size - b.size);
    for (const [n, one] of signed.entries())
      if (n > 0 && signed[n - 1]!.size === one.size && !signed[n - 1]!.root.equals(one.root))
        report('forked', one.where);

    const recorded = treeLeaves(db);
    const found: Buffer[] = [];
    const tree = new GrowingRoot();
    let next = 0;
    const broken: Signed[] = [];
    const compare = () => {
      for (; next < signed.length && signed[next]!.size === tree.size; next++)
        if (!tree.root.equals(signed[next]!.root)) broken.push(signed[next]!);
    };
    compare();
    for (const { leaf, body } of rowsOf(db)) {
      if (body === 'altered') report('altered_body', `entry ${found.length}`);
      found.push(leaf);
      tree.add(leaf);
      compare();
    }
    const beyond = signed.slice(next);
    explain(found, recorded, broken, beyond, report);
    return verdict(problems, found.length, signed);
  } finally {
    db.close();
  }
}

/** Says what was done, from how entries, tree and signed roots differ. */
function explain(
  found: readonly Buffer[],
  recorded: readonly Buffer[],
  broken: readonly Signed[],
  beyond: readonly Signed[],
  report: (problem: ProblemName, where: string) => void,
): void {
  const at = recorded.findIndex((leaf, n) => !found[n]?.equals(leaf));
  if (at >= 0) {
    const signedAll = broken.length === 0 && beyond.length === 0;
    report(signedAll ? 'altered_tile' : difference(found, recorded, at), `entry ${at}`);
    return;
  }
  // Entries and tree agree with each other, but not with what was signed.
  for (const { where } of broken) report('forked', where);
  for (const { where, outside } of beyond) report(outside ? 'rolled_back' : 'truncated', where);
}

/** `at`: the first place at which entries and tree differ. */
function difference(found: readonly Buffer[], recorded: readonly Buffer[], at: number): ProblemName {
  if (at >= found.length) return 'truncated';
  const names = (leaves: readonly Buffer[]) => new Set(leaves.map((leaf) => leaf.toString('hex')));
  const [had, has] = [names(recorded), names(found)];
  const lost = [...had].filter((leaf) => !has.has(leaf)).length;
  const fresh = [...names(found.slice(0, recorded.length))].filter((leaf) => !had.has(leaf)).length;
  if (lost === 0) return fresh === 0 ? 'reordered' : 'inserted';
  return fresh === 0 ? 'deleted' : 'altered_header';
}

function verdict(problems: readonly Problem[], entries: number, signed: readonly Signed[]): Verdict {
  return {
    ok: problems.length === 0,
    problems,
    proves: [
      `the ${entries} entries are those of every one of the ${signed.length} checkpoints, unchanged, in order and without a gap`,
      'each sealed body is the one that was recorded, or is erased',
    ],
    doesNotProve: [
      'that entries after the last checkpoint, up to a second of them, are complete',
      ...(signed.some(({ outside }) => outside)
        ? []
        : ['that nothing was cut off together with its checkpoints: give one that was kept outside']),
    ],
  };
}
