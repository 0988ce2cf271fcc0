// What stands in the tree for an entry: its header, byte for byte. The header holds the hash of the sealed body, so the
// body and its key can be erased and every proof stays. docs/reference/record-format.md says the same to strangers.
import { hash } from 'node:crypto';
import { leafHash } from './merkle/hash.ts';

/** Bytes of a leaf's data that an entry bundle can hold: it writes the length in two. */
const LONGEST = 0xffff;

/**
 * The header itself; of a header that is too long for an entry bundle (a policy's text may be), a line that holds its
 * length and SHA-256. No header begins as that line does, since each begins with `{`.
 */
export function leafData(header: Buffer): Buffer {
  if (header.length <= LONGEST) return header;
  return Buffer.from(`sluice-long-entry ${header.length} ${hash('sha256', header, 'base64')}\n`);
}

export const entryHash = (header: Buffer): Buffer => leafHash(leafData(header));

/** An entry bundle of C2SP `tlog-tiles`: each leaf's data after its length in two bytes, big-endian. */
export function entryBundle(headers: readonly Buffer[]): Buffer {
  return Buffer.concat(
    headers.flatMap((header) => {
      const data = leafData(header);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(data.length);
      return [length, data];
    }),
  );
}
