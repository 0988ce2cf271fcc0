// Undoes DEFLATE (RFC 1951), bare or within gzip (RFC 1952) or zlib (RFC 1950) headers, to a bound of output. Checksums are not
// looked at: a text whose end is missing or wrong says what it says all the same. It must not know what the bytes are.

/** Extra bits and bases of lengths (257…285) and distances (0…29), RFC 1951 section 3.2.5. */
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BITS = Array.from({ length: 30 }, (_, code) => Math.max(0, (code >> 1) - 1));
const basesOf = (bits: readonly number[], first: number): number[] => {
  let base = first;
  return bits.map((extra) => {
    const own = base;
    base += 2 ** extra;
    return own;
  });
};
const LENGTHS = basesOf(LENGTH_BITS, 3).with(28, 258);
const DISTANCES = basesOf(DISTANCE_BITS, 1);
/** The order in which the lengths of code lengths are written, section 3.2.7. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST_CODE = 15;

/** A canonical Huffman code: how many codes of each length there are, and the symbols in their order. */
interface Code {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

function codeOf(lengths: readonly number[]): Code {
  const counts = new Array<number>(LONGEST_CODE + 1).fill(0);
  for (const length of lengths) if (length > 0) counts[length] = counts[length]! + 1;
  const symbols = [...lengths.keys()].filter((symbol) => lengths[symbol]! > 0);
  return { counts, symbols: symbols.sort((a, b) => lengths[a]! - lengths[b]! || a - b) };
}

const FIXED = {
  literals: codeOf(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
  distances: codeOf(new Array<number>(30).fill(5)),
};

class Inflater {
  readonly out: number[] = [];
  #at: number;
  #bit = 0;
  readonly #bytes: Uint8Array;
  readonly #most: number;

  constructor(bytes: Uint8Array, from: number, most: number) {
    this.#bytes = bytes;
    this.#at = from;
    this.#most = most;
  }

  /** Reads blocks until the last, the end of the input, something that is no code, or the bound. */
  run(): void {
    for (let last = 0; last === 0 && this.out.length < this.#most; ) {
      last = this.#bits(1);
      const kind = this.#bits(2);
      const goes =
        kind === 0 ? this.#stored() : kind === 1 ? this.#block(FIXED) : kind === 2 && this.#dynamic();
      if (!goes) return;
    }
  }

  /** -1 behind the end. */
  #bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) return -1;
      value |= ((byte >> this.#bit) & 1) << i;
      this.#bit = (this.#bit + 1) & 7;
      if (this.#bit === 0) this.#at += 1;
    }
    return value;
  }

  #symbol({ counts, symbols }: Code): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE; length += 1) {
      const bit = this.#bits(1);
      if (bit < 0) return -1;
      code |= bit;
      const count = counts[length]!;
      if (code - count < first) return symbols[index + code - first] ?? -1;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return -1;
  }

  #stored(): boolean {
    if (this.#bit > 0) this.#at += 1;
    this.#bit = 0;
    const length = this.#bits(16);
    if (length < 0 || this.#bits(16) < 0) return false;
    for (let i = 0; i < length && this.out.length < this.#most; i += 1) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) return false;
      this.out.push(byte);
      this.#at += 1;
    }
    return true;
  }

  #dynamic(): boolean {
    const [literals, distances, codes] = [this.#bits(5) + 257, this.#bits(5) + 1, this.#bits(4) + 4];
    const own = new Array<number>(19).fill(0);
    for (let i = 0; i < codes; i += 1) own[ORDER[i]!] = Math.max(0, this.#bits(3));
    const code = codeOf(own);
    const lengths: number[] = [];
    while (lengths.length < literals + distances) {
      const symbol = this.#symbol(code);
      if (symbol < 0 || (symbol === 16 && lengths.length === 0)) return false;
      if (symbol < 16) {
        lengths.push(symbol);
        continue;
      }
      const again =
        symbol === 16 ? 3 + this.#bits(2) : symbol === 17 ? 3 + this.#bits(3) : 11 + this.#bits(7);
      const length = symbol === 16 ? lengths.at(-1)! : 0;
      for (let i = 0; i < again; i += 1) lengths.push(length);
    }
    return this.#block({
      literals: codeOf(lengths.slice(0, literals)),
      distances: codeOf(lengths.slice(literals, literals + distances)),
    });
  }

  #block({ literals, distances }: typeof FIXED): boolean {
    while (this.out.length < this.#most) {
      const symbol = this.#symbol(literals);
      if (symbol < 0 || symbol > 285) return false;
      if (symbol === 256) return true;
      if (symbol < 256) this.out.push(symbol);
      else if (!this.#copy(symbol - 257, distances)) return false;
    }
    return false;
  }

  #copy(row: number, distances: Code): boolean {
    const length = LENGTHS[row]! + this.#bits(LENGTH_BITS[row]!);
    const symbol = this.#symbol(distances);
    if (symbol < 0 || symbol > 29) return false;
    const from = this.out.length - DISTANCES[symbol]! - this.#bits(DISTANCE_BITS[symbol]!);
    if (from < 0) return false;
    for (let i = 0; i < length && this.out.length < this.#most; i += 1) this.out.push(this.out[from + i]!);
    return true;
  }
}

/** Where the compressed blocks begin: behind a gzip or zlib header; -1 when there is none. */
function blocksAt(bytes: Uint8Array): number {
  if ((bytes[0]! & 15) === 8 && (bytes[0]! * 256 + bytes[1]!) % 31 === 0) return 2;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return -1;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const text of [8, 16]) if (flags & text) at = Math.max(at, bytes.indexOf(0, at)) + 1;
  return flags & 2 ? at + 2 : at;
}

/** As many bytes as can be read of something compressed, at most `most`. Empty for what is not. Never throws. */
export function inflate(bytes: Uint8Array, most: number): Uint8Array {
  const from = blocksAt(bytes);
  if (from < 0) return new Uint8Array();
  const inflater = new Inflater(bytes, from, most);
  inflater.run();
  return Uint8Array.from(inflater.out);
}
