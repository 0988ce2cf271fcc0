// Entries as frames in a segment, and back. Each checksum is chained to the one before it, up to the segment's own
// header, so that what an earlier use of the segment or a failed write left behind never reads as a continuation.
import { crc32 } from 'node:zlib';
import type { EntryDraft } from '../entry.ts';

/** crc32 (4), length of the parts (4), position low and high (4 + 2), length of the key (2), of the header (4). */
const FRAME = 20;

/** `SLCJ`, version 1. */
const MAGIC = 0x314a434c;

/** magic (4), random nonce (8), first position low and high (4 + 2), zero (2), crc32 of the 20 bytes before (4). */
export const SEGMENT_HEADER = 24;

export const frameSize = (entry: EntryDraft): number =>
  FRAME +
  entry.header.length +
  (entry.key?.length ?? 0) +
  (entry.body?.length ?? 0) +
  (entry.marks?.length ?? 0);

function writePosition(into: Buffer, seq: number, at: number): void {
  into.writeUInt32LE(seq % 0x1_0000_0000, at);
  into.writeUInt16LE(Math.floor(seq / 0x1_0000_0000), at + 4);
}

const readPosition = (from: Buffer, at: number): number =>
  from.readUInt32LE(at) + from.readUInt16LE(at + 4) * 0x1_0000_0000;

/** Writes a frame at `at`; returns its checksum, which the next frame is chained to. */
export function writeFrame(into: Buffer, at: number, entry: EntryDraft, seq: number, chain: number): number {
  const { header, key, body, marks } = entry;
  const keyLength = key?.length ?? 0;
  const size = frameSize(entry);
  into.writeUInt32LE(size - FRAME, at + 4);
  writePosition(into, seq, at + 8);
  into.writeUInt16LE(keyLength, at + 14);
  into.writeUInt32LE(header.length, at + 16);
  header.copy(into, at + FRAME);
  key?.copy(into, at + FRAME + header.length);
  const bodyAt = at + FRAME + header.length + keyLength;
  body?.copy(into, bodyAt);
  // The header's seal says where the body ends and these begin.
  marks?.copy(into, bodyAt + (body?.length ?? 0));
  const crc = crc32(into.subarray(at + 4, at + size), chain);
  into.writeUInt32LE(crc, at);
  return crc;
}

export function writeSegmentHeader(into: Buffer, nonce: Buffer, firstSeq: number): number {
  into.writeUInt32LE(MAGIC, 0);
  nonce.copy(into, 4, 0, 8);
  writePosition(into, firstSeq, 12);
  into.writeUInt16LE(0, 18);
  const crc = crc32(into.subarray(0, 20));
  into.writeUInt32LE(crc, 20);
  return crc;
}

/** Undefined for a segment that was never begun, or whose beginning was torn. */
export function readSegmentHeader(
  from: Buffer,
): { readonly firstSeq: number; readonly chain: number } | undefined {
  if (from.length < SEGMENT_HEADER || from.readUInt32LE(0) !== MAGIC) return undefined;
  const chain = crc32(from.subarray(0, 20));
  if (from.readUInt32LE(20) !== chain) return undefined;
  return { firstSeq: readPosition(from, 12), chain };
}

export interface Frame {
  readonly seq: number;
  readonly header: Buffer;
  readonly key: Buffer | undefined;
  readonly bodyLength: number;
  /** The sealed body and the marks behind it. A view into the bytes that were read. */
  readonly body: Buffer | undefined;
  readonly next: number;
  readonly crc: number;
}

/**
 * The frame at `at`; undefined where there is no whole one. With `chain` its checksum is verified, as it must be after
 * a crash; without, it is trusted, since this process wrote it.
 */
export function readFrame(from: Buffer, at: number, chain?: number): Frame | undefined {
  if (at + FRAME > from.length) return undefined;
  const length = from.readUInt32LE(at + 4);
  const keyLength = from.readUInt16LE(at + 14);
  const headerLength = from.readUInt32LE(at + 16);
  const next = at + FRAME + length;
  if (headerLength === 0 || headerLength + keyLength > length || next > from.length) return undefined;
  const crc = from.readUInt32LE(at);
  if (chain !== undefined && crc32(from.subarray(at + 4, next), chain) !== crc) return undefined;
  const keyAt = at + FRAME + headerLength;
  const bodyAt = keyAt + keyLength;
  return {
    seq: readPosition(from, at + 8),
    header: from.subarray(at + FRAME, keyAt),
    key: keyLength === 0 ? undefined : from.subarray(keyAt, bodyAt),
    bodyLength: next - bodyAt,
    body: next === bodyAt ? undefined : from.subarray(bodyAt, next),
    next,
    crc,
  };
}
