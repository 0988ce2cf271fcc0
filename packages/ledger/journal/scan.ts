// Reads a journal after its writer is gone: which entries are in it, in order. Synchronous, for the store's own thread.
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerDamaged } from '../errors.ts';
import { type Frame, readFrame, readSegmentHeader, SEGMENT_HEADER } from './frame.ts';
import { isSegment } from './segments.ts';

/** Bytes `from`…`to` of a segment, or to its end. */
export function readStretch(path: string, from: number, to?: number): Buffer {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    if (to !== undefined && to > size)
      throw new LedgerDamaged(`${path} is shorter than what was written to it.`);
    const bytes = Buffer.allocUnsafeSlow((to ?? size) - from);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(fd, bytes, at, bytes.length - at, from + at);
      if (read === 0) throw new LedgerDamaged(`${path} is shorter than what was written to it.`);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}

/** The frames of one segment up to the first that is torn or stale. */
function* frames(bytes: Buffer, chain: number): Generator<Frame> {
  let at = SEGMENT_HEADER;
  for (;;) {
    const frame = readFrame(bytes, at, chain);
    if (!frame) return;
    yield frame;
    at = frame.next;
    chain = frame.crc;
  }
}

/**
 * Every entry from `expected` on, in order and without gaps; entries before it, which the store has already, are passed
 * over. A torn tail ends the journal, as it was never confirmed. Throws LedgerDamaged where entries are missing in
 * between, which no crash causes.
 */
export function* unapplied(directory: string, expected: number): Generator<Frame> {
  const segments: { readonly path: string; readonly firstSeq: number }[] = [];
  for (const name of readdirSync(directory)) {
    if (!isSegment(name)) continue;
    const path = join(directory, name);
    if (statSync(path).size < SEGMENT_HEADER) continue;
    const header = readSegmentHeader(readStretch(path, 0, SEGMENT_HEADER));
    if (header) segments.push({ path, firstSeq: header.firstSeq });
  }
  segments.sort((a, b) => a.firstSeq - b.firstSeq);
  for (const { path, firstSeq } of segments) {
    if (firstSeq > expected)
      throw new LedgerDamaged(`Entries ${expected} to ${firstSeq - 1} are missing in the journal.`);
    const bytes = readStretch(path, 0);
    for (const frame of frames(bytes, readSegmentHeader(bytes)!.chain)) {
      if (frame.seq < expected) continue;
      if (frame.seq > expected) throw new LedgerDamaged(`Entry ${expected} is missing in the journal.`);
      yield frame;
      expected++;
    }
  }
}
