// The little of Node's Buffer that this package uses, so that it compiles without Node's types.
// Merges with @types/node where that is present; must not name anything that does I/O.
interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike> extends Uint8Array<TArrayBuffer> {
  toString(encoding?: 'utf8' | 'latin1' | 'base64', start?: number, end?: number): string;
  /** As `toString('latin1', start, end)`, without looking the encoding up. */
  latin1Slice(start: number, end: number): string;
  indexOf(value: number | Uint8Array, byteOffset?: number): number;
  equals(other: Uint8Array): boolean;
  compare(
    target: Uint8Array,
    targetStart?: number,
    targetEnd?: number,
    sourceStart?: number,
    sourceEnd?: number,
  ): -1 | 0 | 1;
  copy(target: Uint8Array, targetStart?: number, sourceStart?: number, sourceEnd?: number): number;
  write(text: string, offset: number, length: number, encoding: 'utf8' | 'latin1'): number;
  subarray(start?: number, end?: number): Buffer<TArrayBuffer>;
}
interface BufferConstructor {
  from(text: string, encoding?: 'utf8' | 'latin1' | 'base64'): Buffer<ArrayBuffer>;
  from(bytes: Uint8Array | readonly number[]): Buffer<ArrayBuffer>;
  alloc(size: number): Buffer<ArrayBuffer>;
  allocUnsafe(size: number): Buffer<ArrayBuffer>;
  byteLength(text: string, encoding?: 'utf8'): number;
  concat(list: readonly Uint8Array[], totalLength?: number): Buffer<ArrayBuffer>;
}
declare var Buffer: BufferConstructor;
