// Content codings are undone within their bound, or refused.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoCoding } from './content-coding.ts';

const CODINGS = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
  identity: (bytes: Uint8Array) => Buffer.from(bytes),
} as const;
const NAMES = Object.keys(CODINGS) as (keyof typeof CODINGS)[];

describe('a content coding', () => {
  it('is undone to what was coded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), fc.uint8Array({ maxLength: 500 }), async (name, bytes) => {
        const undone = await undoCoding(name, CODINGS[name](bytes), 1000);
        expect(Buffer.compare(undone as Buffer, Buffer.from(bytes))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('may be written in any case, with blanks around it', async () => {
    expect(await undoCoding(' GZip ', gzipSync('x'), 10)).toEqual(Buffer.from('x'));
    expect(await undoCoding(undefined, Buffer.from('x'), 10)).toEqual(Buffer.from('x'));
  });

  it.each(NAMES.filter((name) => name !== 'identity'))(
    'is undone up to the limit and no further: %s',
    async (name) => {
      const bytes = Buffer.alloc(100_000, 'water ');
      expect(await undoCoding(name, CODINGS[name](bytes), 100_000)).toEqual(bytes);
      expect(await undoCoding(name, CODINGS[name](bytes), 99_999)).toBe('too-large');
    },
  );

  it.each([
    ['that nobody knows', 'compress', Buffer.from('x')],
    ['that is a chain', 'gzip, gzip', gzipSync(gzipSync('x'))],
    ['that is a chain of one and nothing', 'gzip, identity', gzipSync('x')],
    ['with the name of a property of all objects', 'constructor', Buffer.from('x')],
    ['that is empty', '', Buffer.from('x')],
    ['that the bytes are not in', 'gzip', Buffer.from('plain')],
    ['that is torn', 'gzip', gzipSync('a longer text, so that there is something to tear').subarray(0, 30)],
    [
      'that is torn',
      'br',
      brotliCompressSync('a longer text, so that there is something to tear').subarray(0, 20),
    ],
    ['that is torn', 'zstd', zstdCompressSync(Buffer.alloc(5000, 'abc')).subarray(0, 15)],
    ['whose bytes are another form of it', 'deflate', deflateRawSync('x')],
    ['after which something follows', 'gzip', Buffer.concat([gzipSync('x'), Buffer.from('{}')])],
    ['after which something follows', 'deflate', Buffer.concat([deflateSync('x'), Buffer.from('{}')])],
    ['after which something follows', 'br', Buffer.concat([brotliCompressSync('x'), Buffer.from('{}')])],
    [
      'after which something follows',
      'zstd',
      Buffer.concat([zstdCompressSync(Buffer.from('x')), Buffer.from('{}')]),
    ],
  ])('%s is not read: %s', async (_why, name, bytes) => {
    expect(await undoCoding(name, bytes, 10_000)).toBe('unreadable');
  });

  it('in two headers is not read', async () => {
    expect(await undoCoding(['gzip', 'gzip'], gzipSync('x'), 10)).toBe('unreadable');
  });
});
