// Compressed blocks: undone as the run time does it, to a bound, and never a fault, whatever the bytes.
import { Buffer } from 'node:buffer';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtin } from '../detectors/index.ts';
import { compileEngine } from '../engine.ts';
import { keyed, treatment } from '../testing/lanes.ts';
import { inflate } from './inflate.ts';
import { MOST_BYTES, MOST_IN_ALL, packed } from './packed.ts';

const TOKEN = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const engine = compileEngine({
  direction: 'prompt',
  detectors: builtin.filter(({ id }) => id === 'aws-access-key-id'),
});
const pack = [gzipSync, deflateSync];

it('undoes what was compressed, at every level', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc
      .array(fc.constantFrom('the ', 'quick ', 'fox ', '12 '), { maxLength: 2000 })
      .map((list) => list.join('')),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(...pack), fc.integer({ min: 0, max: 9 }), (said, by, level) => {
      const bytes = Buffer.from(said);
      expect(Buffer.from(inflate(by(bytes, { level }), MOST_BYTES)).equals(bytes)).toBe(true);
    }),
  );
});

it('ends at its bound, and on any bytes', () => {
  expect(inflate(gzipSync(Buffer.alloc(10_000_000)), 5000)).toHaveLength(5000);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom([0x78, 0x9c], [0x1f, 0x8b, 8, 0]),
      (rest, head) => {
        expect(inflate(Uint8Array.from([...head, ...rest]), 2000).length).toBeLessThanOrEqual(2000);
      },
    ),
    { numRuns: 500 },
  );
});

it.each(pack.flatMap((by) => [0, 1, 9].map((level) => [by.name, level, by] as const)))(
  'a token is found in base64 of %s at level %i, and the block is masked',
  (_name, level, by) => {
    const block = by(`Here is the key: ${TOKEN}, keep it.`, { level }).toString('base64').replace(/=+$/, '');
    const text = `Run this: echo ${block} | unpack`;
    const given = packed(engine, text, { bytes: MOST_IN_ALL });
    expect(engine.transform(text, { treat: () => treatment('mask'), keyed, given }).output).toBe(
      'Run this: echo [REDACTED:secret.aws-access-key-id] | unpack',
    );
  },
);

it('finds nothing in words that begin alike', () => {
  expect(
    packed(engine, `eJw${'abcdefgh'.repeat(8)} and H4sI${'A'.repeat(40)}`, { bytes: MOST_IN_ALL }),
  ).toEqual([]);
});

it('tells of a block that is too large to read, and of those for which nothing is left', () => {
  const block = gzipSync(Buffer.alloc(3 * MOST_BYTES, 'quiet '))
    .toString('base64')
    .replace(/=+$/, '');
  const budget = { bytes: MOST_IN_ALL };
  const found = packed(engine, Array(6).fill(block).join(' '), budget);
  expect(found.map(({ kind }) => kind)).toEqual(Array(6).fill('limit.match-length'));
  expect(budget.bytes).toBe(0);
});
