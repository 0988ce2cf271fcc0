// The tree of tiles against RFC 6962 word for word, for trees of any size that grow in any steps; and known answers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begins, includes, naivePath, naiveProof, naiveRoot } from '../testing/naive-tree.ts';
import { type Edge, edgeRoot, grow } from './grow.ts';
import { EMPTY_ROOT, HASH_BYTES, leafHash } from './hash.ts';
import { consistencyRanges, inclusionRanges, type Range, TileHashes, tilesFor } from './proof.ts';
import { edgeTiles, parseTilePath, type TileRef, tilePath, tileWidth } from './tiles.ts';

const leaf = (n: number) => Buffer.from(`leaf ${n}`);
const leaves = (size: number) => Array.from({ length: size }, (_, n) => leaf(n));

/** A tree that keeps each level as one run of hashes, grown in steps. */
class Tree {
  size = 0;
  edge: Edge = [];
  readonly levels: Buffer[] = [];

  append(data: readonly Buffer[]): void {
    const grown = grow(this.size, this.edge, Buffer.concat(data.map(leafHash)));
    for (const { level, first, hashes } of grown.additions) {
      const before = this.levels[level] ?? Buffer.alloc(0);
      expect(first).toBe(before.length / HASH_BYTES);
      this.levels[level] = Buffer.concat([before, hashes]);
    }
    ({ size: this.size, edge: this.edge } = grown);
  }

  tile({ level, index, width }: TileRef): Buffer {
    return this.levels[level]!.subarray(index * 256 * HASH_BYTES, (index * 256 + width) * HASH_BYTES);
  }

  hashes(ranges: readonly Range[], size = this.size): Buffer[] {
    const known = new TileHashes();
    for (const tile of tilesFor(ranges, size)) known.add(tile, this.tile(tile));
    return ranges.map((range) => known.hash(range));
  }
}

function grown(steps: readonly number[]): { tree: Tree; data: Buffer[] } {
  const tree = new Tree();
  const data = leaves(steps.reduce((sum, step) => sum + step, 0));
  for (const step of steps) tree.append(data.slice(tree.size, tree.size + step));
  return { tree, data };
}

const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 200, max: 300 })), {
  minLength: 1,
  maxLength: 6,
});

describe('a tree that grows in any steps', () => {
  it('has the root that RFC 6962 gives, and tiles of the width that the layout gives', () => {
    fc.assert(
      fc.property(steps, (sizes) => {
        const { tree, data } = grown(sizes);
        expect(edgeRoot(tree.edge).equals(naiveRoot(data))).toBe(true);
        for (const [level, hashes] of tree.levels.entries())
          expect(hashes.length / HASH_BYTES).toBe(Math.floor(tree.size / 256 ** level));
        for (const { level, width } of edgeTiles(tree.size))
          expect(tree.edge[level]!.length).toBe(width * HASH_BYTES);
      }),
      { numRuns: 30 },
    );
  });

  it('gives the proofs that RFC 6962 gives, and they hold for that leaf and that beginning alone', () => {
    fc.assert(
      fc.property(steps, fc.nat(), fc.nat(), fc.nat(), (sizes, a, b, flip) => {
        const { tree, data } = grown([1, ...sizes]);
        const size = 1 + (a % tree.size);
        const index = b % size;
        const path = tree.hashes(inclusionRanges(index, size), size);
        const root = naiveRoot(data.slice(0, size));
        expect(path).toEqual(naivePath(index, data.slice(0, size)));
        expect(includes(root, size, index, leaf(index), path)).toBe(true);
        expect(includes(root, size, index, leaf(index + 1), path)).toBe(false);

        const from = b % (size + 1);
        const proof = tree.hashes(consistencyRanges(from, size), size);
        const old = naiveRoot(data.slice(0, from));
        expect(proof).toEqual(naiveProof(from, data.slice(0, size)));
        expect(begins(old, from, root, size, proof)).toBe(true);
        if (proof.length === 0) return;
        proof[flip % proof.length] = leafHash(leaf(-1));
        expect(begins(old, from, root, size, proof)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('with three levels of tiles is the same tree grown leaf by leaf and at once', () => {
    const size = 256 * 257 + 3;
    const hashes = leaves(size).map(leafHash);
    const once = grow(0, [], Buffer.concat(hashes));
    let edge: Edge = [];
    for (let n = 0; n < size; n++) ({ edge } = grow(n, edge, hashes[n]!));
    expect(once.edge.length).toBe(3);
    expect(edgeRoot(once.edge)).toEqual(edgeRoot(edge));
  });
});

describe('hashes', () => {
  // RFC 6962's own examples are in no document; these are the values that every implementation of it has.
  it.each([
    ['of nothing', EMPTY_ROOT, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [
      'of an empty leaf',
      leafHash(Buffer.alloc(0)),
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    ],
  ])('%s are the known ones', (_, found, known) => {
    expect(found.toString('hex')).toBe(known);
  });

  it('of a large leaf are those of its bytes', () => {
    const large = Buffer.alloc(9000, 5);
    expect(leafHash(large)).toEqual(naiveRoot([large]));
  });

  it('of a leaf that is not there have no proof', () => {
    expect(() => inclusionRanges(3, 3)).toThrow(RangeError);
    expect(() => consistencyRanges(4, 3)).toThrow(RangeError);
    expect(() => new TileHashes().hash({ start: 0, end: 1 })).toThrow(RangeError);
  });
});

describe('paths of tiles', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 1, index: 999, width: 7 }, 'tile/1/999.p/7'],
    [{ level: 5, index: 1000, width: 255 }, 'tile/5/x001/000.p/255'],
  ])('are those of the specification: %j', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual({ what: 'hashes', tile });
  });

  it('of entries have a name of their own', () => {
    expect(parseTilePath(tilePath({ level: 0, index: 5, width: 9 }, 'entries'))).toEqual({
      what: 'entries',
      tile: { level: 0, index: 5, width: 9 },
    });
  });

  it.each([
    'tile/6/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/0/000/',
    '../tile/0/000',
    'tile/data/000',
    'checkpoint',
  ])('written otherwise are none: %s', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  it('read back as what was written, and nothing else reads as one', () => {
    const tile = fc.record({
      level: fc.integer({ min: 0, max: 5 }),
      index: fc.nat({ max: 2 ** 40 }),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (ref) => {
        expect(parseTilePath(tilePath(ref))?.tile).toEqual(ref);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^tile\/[0-9a-z/.]{0,20}$/), (path) => {
        const parsed = parseTilePath(path);
        if (parsed) expect(tilePath(parsed.tile, parsed.what)).toBe(path);
      }),
    );
  });

  it('know how wide a tile is in a tree of any size', () => {
    expect([
      tileWidth(0, 0, 255),
      tileWidth(0, 1, 255),
      tileWidth(1, 0, 256 * 3),
      tileWidth(1, 0, 255),
    ]).toEqual([255, 0, 3, 0]);
  });
});
