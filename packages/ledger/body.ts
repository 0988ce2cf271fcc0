// The plaintext of a sealed body: a few named parts, one after another. It knows no keys and no entries.

/** Numbers are on disk: append, never renumber. */
const PARTS = {
  received: 1,
  forwarded: 2,
  findings: 3,
  original: 4,
  delivered: 5,
  originalTimes: 6,
  deliveredTimes: 7,
} as const;

export type Part = keyof typeof PARTS;
export type Parts = { readonly [part in Part]?: Buffer };

const NAMES = new Map<number, Part>(Object.entries(PARTS).map(([name, id]) => [id, name as Part]));
const ROW = 5;

/** Bodies up to this size are packed in one place, over and over: an allocation each costs as much as their encryption. */
const scratch = Buffer.alloc(64 << 10);

/**
 * Layout: count (1 byte), then part and length (1 + 4 bytes) for each, then the parts. Undefined when there is none.
 * What is returned holds until the next call.
 */
export function packParts(parts: Parts): Buffer | undefined {
  let count = 0;
  let size = 1;
  for (const name in parts) {
    const bytes = parts[name as Part];
    if (!bytes) continue;
    count++;
    size += ROW + bytes.length;
  }
  if (count === 0) return undefined;
  const packed = size <= scratch.length ? scratch.subarray(0, size) : Buffer.allocUnsafe(size);
  packed[0] = count;
  let row = 1;
  let at = 1 + ROW * count;
  for (const name in parts) {
    const bytes = parts[name as Part];
    if (!bytes) continue;
    packed[row] = PARTS[name as Part];
    packed.writeUInt32LE(bytes.length, row + 1);
    row += ROW;
    bytes.copy(packed, at);
    at += bytes.length;
  }
  return packed;
}

/** Inverse of `packParts`. The input has passed authentication, so a contradiction in it is a programming error. */
export function unpackParts(packed: Buffer): Parts {
  const parts: { [part in Part]?: Buffer } = {};
  const count = packed[0]!;
  let at = 1 + ROW * count;
  for (let i = 0; i < count; i++) {
    const row = 1 + ROW * i;
    const name = NAMES.get(packed[row]!);
    const end = at + packed.readUInt32LE(row + 1);
    if (!name || end > packed.length)
      throw new RangeError('A sealed body has a layout that this version does not know.');
    parts[name] = packed.subarray(at, end);
    at = end;
  }
  return parts;
}
