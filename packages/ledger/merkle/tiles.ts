// Where hashes lie: tiles of 256 as C2SP `tlog-tiles` lays them out. The tile at level L and index N holds the nodes at
// height 8·L from 256·N on; the last of a level may hold fewer (it is partial). Numbers only, no hashes.

/** Levels of the tree in one tile, and its width: 2 to that power. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;
/** A tree of 2^53 leaves, the most that a number counts exactly, has seven levels of tiles; the format allows six (0 to 5). */
export const MAX_LEVEL = 5;

export interface TileRef {
  readonly level: number;
  readonly index: number;
  /** Hashes in it, 1 to 256. */
  readonly width: number;
}

/** Nodes at the height of a level in a tree of `size` leaves: complete subtrees only. */
export const nodesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** Hashes that the tile has in a tree of `size` leaves; 0 when it has none. */
export const tileWidth = (level: number, index: number, size: number): number =>
  Math.min(TILE_WIDTH, Math.max(0, nodesAt(level, size) - index * TILE_WIDTH));

/** The partial tile at the right edge of each level that has one. */
export function edgeTiles(size: number): TileRef[] {
  const edge: TileRef[] = [];
  for (let level = 0; nodesAt(level, size) > 0; level++) {
    const index = Math.floor(nodesAt(level, size) / TILE_WIDTH);
    const width = tileWidth(level, index, size);
    if (width > 0) edge.push({ level, index, width });
  }
  return edge;
}

/** Groups of three digits, all but the last with an `x` before them: `x001/x234/067`. */
function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  return groups.map((group, n) => (n < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** Below the log's prefix: `tile/0/x001/067`, `tile/1/000.p/7`; of entries, `tile/entries/x001/067`. */
export function tilePath({ level, index, width }: TileRef, what: 'hashes' | 'entries' = 'hashes'): string {
  const partial = width < TILE_WIDTH ? `.p/${width}` : '';
  return `tile/${what === 'entries' ? 'entries' : level}/${indexPath(index)}${partial}`;
}

const PATH = /^tile\/(entries|[0-5])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Inverse of `tilePath`; undefined for anything that is not written exactly so, and for widths of 256 and more. */
export function parseTilePath(path: string): { what: 'hashes' | 'entries'; tile: TileRef } | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const index = Number(match[2]!.replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if (!Number.isSafeInteger(index) || indexPath(index) !== match[2]) return undefined;
  if (match[3] !== undefined && width >= TILE_WIDTH) return undefined;
  const what = match[1] === 'entries' ? 'entries' : 'hashes';
  return { what, tile: { level: what === 'entries' ? 0 : Number(match[1]), index, width } };
}
