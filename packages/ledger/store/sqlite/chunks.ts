// Entries in chunks: the headers of a run of entries in one blob, their bodies in another. Reads them back by position.
// Headers blob: for each entry the lengths of header and body (4 + 4 bytes), then the header. It is never rewritten.
// Headers are alike, so a blob of many is kept compressed, at a tenth; the bytes of each come back as they were.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { StoredEntry } from '../../store.ts';

export interface Row {
  readonly header: Buffer;
  readonly body: Buffer | undefined;
}

/** A chunk ends when either is reached: a list reads whole header blobs, a replay whole body blobs. */
const MAX_HEADERS = 64 << 10;
const MAX_BODIES = 256 << 10;
const LENGTHS = 8;

/** Below, setting up the compressor (about 80 µs) costs more than it saves. */
const WORTH_COMPRESSING = 4 << 10;
const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export class Chunks {
  readonly #insertHeads: StatementSync;
  readonly #insertBodies: StatementSync;
  readonly #heads: StatementSync;
  readonly #bodies: StatementSync;
  readonly #rewrite: StatementSync;

  constructor(db: DatabaseSync) {
    this.#insertHeads = db.prepare('insert into heads values (?, ?, ?, ?)');
    this.#insertBodies = db.prepare('insert into bodies values (?, ?)');
    this.#heads = db.prepare(
      'select first, compressed, headers from heads where first <= ? order by first desc limit 1',
    );
    this.#bodies = db.prepare('select bytes from bodies where first = ?');
    this.#rewrite = db.prepare('update bodies set bytes = ? where first = ?');
  }

  append(first: number, rows: readonly Row[]): void {
    let from = 0;
    while (from < rows.length) {
      let headers = 0;
      let bodies = 0;
      let to = from;
      do {
        headers += LENGTHS + rows[to]!.header.length;
        bodies += rows[to]!.body?.length ?? 0;
        to++;
      } while (to < rows.length && headers < MAX_HEADERS && bodies < MAX_BODIES);
      this.#insert(first + from, rows.slice(from, to), headers, bodies);
      from = to;
    }
  }

  #insert(first: number, rows: readonly Row[], headerBytes: number, bodyBytes: number): void {
    const headers = Buffer.allocUnsafeSlow(headerBytes);
    const bodies = Buffer.allocUnsafeSlow(bodyBytes);
    let at = 0;
    let bodyAt = 0;
    for (const { header, body } of rows) {
      headers.writeUInt32LE(header.length, at);
      headers.writeUInt32LE(body?.length ?? 0, at + 4);
      header.copy(headers, at + LENGTHS);
      at += LENGTHS + header.length;
      if (body) bodyAt += body.copy(bodies, bodyAt);
    }
    const compressed = headerBytes >= WORTH_COMPRESSING;
    const kept = compressed ? zstdCompressSync(headers, FASTEST) : headers;
    this.#insertHeads.run(first, rows.length, Number(compressed), kept);
    if (bodyBytes > 0) this.#insertBodies.run(first, bodies);
  }

  /** Reads entries one by one, and each chunk once for entries that are asked for in order. */
  reader(withBodies: boolean): (seq: number) => StoredEntry | undefined {
    let chunk: Chunk | undefined;
    return (seq) => {
      if (!chunk || seq < chunk.first || seq >= chunk.first + chunk.rows.length)
        chunk = this.#load(seq, withBodies);
      const row = chunk?.rows[seq - chunk.first];
      if (!chunk || !row) return undefined;
      const { bodyLength, bodyAt, header } = row;
      const present = chunk.bodies !== undefined && bodyLength > 0;
      return { seq, header, body: present ? chunk.bodies!.subarray(bodyAt, bodyAt + bodyLength) : undefined };
    };
  }

  /** Overwrites the bodies of these entries with zeros. Their headers, and what the tree says of them, stay. */
  wipe(seqs: readonly number[]): void {
    for (const seq of seqs) {
      const chunk = this.#load(seq, true);
      const row = chunk?.rows[seq - chunk.first];
      if (!chunk?.bodies || !row) continue;
      chunk.bodies.fill(0, row.bodyAt, row.bodyAt + row.bodyLength);
      this.#rewrite.run(chunk.bodies, chunk.first);
    }
  }

  #load(seq: number, withBodies: boolean): Chunk | undefined {
    const found = this.#heads.get(seq);
    if (!found) return undefined;
    const first = Number(found.first);
    const kept = asBuffer(found.headers);
    const headers = found.compressed === 1 ? zstdDecompressSync(kept) : kept;
    const rows: ChunkRow[] = [];
    let bodyAt = 0;
    for (let at = 0; at < headers.length; ) {
      const headerLength = headers.readUInt32LE(at);
      const bodyLength = headers.readUInt32LE(at + 4);
      const start = at + LENGTHS;
      rows.push({ header: headers.subarray(start, start + headerLength), bodyAt, bodyLength });
      at = start + headerLength;
      bodyAt += bodyLength;
    }
    const bodies = withBodies ? this.#bodies.get(first)?.bytes : undefined;
    return { first, rows, bodies: bodies === undefined ? undefined : asBuffer(bodies) };
  }
}

interface ChunkRow {
  readonly header: Buffer;
  readonly bodyAt: number;
  readonly bodyLength: number;
}

interface Chunk {
  readonly first: number;
  readonly rows: readonly ChunkRow[];
  readonly bodies: Buffer | undefined;
}

/** SQLite gives plain byte arrays. The view shares their memory. */
export function asBuffer(value: unknown): Buffer {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
