// Undoes a content coding (RFC 9110 §8.4) within a bound, or says why not. Chains of codings are not undone.
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
  br: promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress),
  zstd: promisify<Buffer, { maxOutputLength: number }, Buffer>(zstdDecompress),
  identity: async (bytes) => bytes,
};

/** `limit` in bytes bounds what comes out, so that a small bomb stays small. */
export async function undoCoding(
  coding: string | readonly string[] | undefined,
  bytes: Buffer,
  limit: number,
): Promise<Buffer | 'too-large' | 'unreadable'> {
  const name =
    coding === undefined ? 'identity' : typeof coding === 'string' ? coding.trim().toLowerCase() : '';
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (decode === undefined) return 'unreadable';
  try {
    return await decode(bytes, { maxOutputLength: limit });
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'unreadable';
  }
}
