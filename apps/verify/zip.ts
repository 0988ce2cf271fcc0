// The verifier's own reading of zip files (PKWARE APPNOTE 6.3): whole files, stored or deflated, nothing else. What is not
// plain is an error: two readers must not see two contents in one file.
import { crc32, inflateRawSync } from 'node:zlib';

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** Bytes that one file may have unpacked. */
const LARGEST = 1 << 30;

export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/** Files by name, unpacked. Throws ZipError. */
export function readZip(zip: Buffer): Map<string, Buffer> {
  try {
    return read(zip);
  } catch (cause) {
    throw cause instanceof ZipError ? cause : new ZipError('it cannot be unpacked', { cause });
  }
}

function read(zip: Buffer): Map<string, Buffer> {
  const end = zip.length - 22;
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new ZipError('it does not end as a zip file');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new ZipError('its directory is damaged');
    const [method, crc, packed, size] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 16),
      zip.readUInt32LE(at + 20),
      zip.readUInt32LE(at + 24),
    ];
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) !== LOCAL || files.has(name) || size > LARGEST || ![0, 8].includes(method))
      throw new ZipError('its directory is damaged');
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + packed);
    const file = method === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
    if (file.length !== size || crc32(file) !== crc) throw new ZipError(`${name} is damaged`);
    files.set(name, file);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}
