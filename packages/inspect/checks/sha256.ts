// SHA-256 (FIPS 180-4) for checksums within addresses. It is no place for keys: those are hashed outside, by the platform.

/** The first 32 bits of the fractional parts of roots of the first primes: square roots, then cube roots. */
function primeRoots(): { readonly start: Int32Array; readonly constants: Int32Array } {
  const [start, constants] = [new Int32Array(8), new Int32Array(64)];
  const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;
  for (let candidate = 2, found = 0; found < 64; candidate += 1) {
    let isPrime = true;
    for (let i = 2; i * i <= candidate; i += 1) if (candidate % i === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) start[found] = fraction(Math.sqrt(candidate));
    constants[found] = fraction(Math.cbrt(candidate));
    found += 1;
  }
  return { start, constants };
}

const { start: START, constants: CONSTANTS } = primeRoots();

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The digest of fewer than 56 bytes, which fill one block. */
export function sha256(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 55) throw new RangeError('one block only');
  const block = new DataView(new ArrayBuffer(64));
  for (const [i, byte] of bytes.entries()) block.setUint8(i, byte);
  block.setUint8(bytes.length, 0x80);
  block.setUint32(60, bytes.length * 8);
  const words = new Int32Array(64);
  for (let i = 0; i < 16; i += 1) words[i] = block.getInt32(i * 4);
  for (let i = 16; i < 64; i += 1) {
    const [a, b] = [words[i - 15]!, words[i - 2]!];
    const small = rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3);
    const large = rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10);
    words[i] = words[i - 16]! + small + words[i - 7]! + large;
  }
  let [a, b, c, d, e, f, g, h] = [...START] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i += 1) {
    const choice = (e & f) ^ (~e & g);
    const first =
      (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + choice + CONSTANTS[i]! + words[i]!) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) digest.setInt32(i * 4, START[i]! + word);
  return new Uint8Array(digest.buffer);
}
