// Addresses of cryptocurrencies: which begin how, and the checksums in them. Sources: Bitcoin's base58check, BIP 173 and
// BIP 350 (bech32, bech32m). Knows no context.
import { sha256 } from './sha256.ts';

const BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** The 25 bytes of an address in base 58, or undefined. */
function bytesOf(text: string, alphabet: string): Uint8Array | undefined {
  const bytes = new Uint8Array(25);
  for (const character of text) {
    let carry = alphabet.indexOf(character);
    if (carry < 0) return undefined;
    for (let i = 24; i >= 0; i -= 1) {
      carry += bytes[i]! * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    if (carry > 0) return undefined;
  }
  return bytes;
}

/** True for base58check of one version byte and twenty bytes, in Bitcoin's alphabet or in Ripple's. */
export function isBase58Address(text: string): boolean {
  return [BITCOIN, RIPPLE].some((alphabet) => {
    const bytes = bytesOf(text, alphabet);
    if (!bytes) return false;
    const digest = sha256(sha256(bytes.subarray(0, 21)));
    return [0, 1, 2, 3].every((i) => digest[i] === bytes[21 + i]);
  });
}

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** True for text of one case whose bech32 or bech32m checksum is right. */
export function isBech32(text: string): boolean {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return false;
  const split = lower.lastIndexOf('1');
  if (split < 1 || lower.length - split < 7) return false;
  const prefix = [...lower.slice(0, split)].map((character) => character.charCodeAt(0));
  const values = [...lower.slice(split + 1)].map((character) => BECH32.indexOf(character));
  if (values.includes(-1)) return false;
  let state = 1;
  for (const value of [
    ...prefix.map((code) => code >> 5),
    0,
    ...prefix.map((code) => code & 31),
    ...values,
  ]) {
    const top = state >>> 25;
    state = ((state & 0x1ffffff) << 5) ^ value;
    for (let i = 0; i < 5; i += 1) if ((top >>> i) & 1) state ^= GENERATOR[i]!;
  }
  return state === 1 || state === 0x2bc830a3;
}
