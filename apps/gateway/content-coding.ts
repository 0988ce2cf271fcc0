// Undoes a content coding (RFC 9110 §8.4) within a bound, or says why not. Chains of codings are not undone.
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';

interface Options {
  readonly maxOutputLength: number;
  readonly info: true;
}

/** With `info`, an engine that tells how many of the coded bytes it has read. */
interface Undone {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

type Decoder = (bytes: Buffer, options: Options) => Promise<Undone>;

/** Node's types do not know what `info` does to the result. */
const decoder = (undo: unknown): Decoder => promisify(undo as never) as unknown as Decoder;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: decoder(gunzip),
  'x-gzip': decoder(gunzip),
  deflate: decoder(inflate),
  br: decoder(brotliDecompress),
  zstd: decoder(zstdDecompress),
};

/** `limit` in bytes bounds what comes out, so that a small bomb stays small. What follows after the coded bytes is not passed over. */
export async function undoCoding(
  coding: string | readonly string[] | undefined,
  bytes: Buffer,
  limit: number,
): Promise<Buffer | 'too-large' | 'unreadable'> {
  const name =
    coding === undefined ? 'identity' : typeof coding === 'string' ? coding.trim().toLowerCase() : '';
  if (name === 'identity') return bytes.length > limit ? 'too-large' : bytes;
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (decode === undefined) return 'unreadable';
  try {
    const { buffer, engine } = await decode(bytes, { maxOutputLength: limit, info: true });
    return engine.bytesWritten === bytes.length ? buffer : 'unreadable';
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'unreadable';
  }
}
