// JSON strings as bytes: finding their end, decoding and encoding them. Knows RFC 8259 and RFC 3629, no structure.
import { Malformed } from '../malformed.ts';

/** The token holds at least one backslash escape. */
export const ESCAPED = 1;
/** The token holds at least one byte above 0x7f. */
export const WIDE = 2;

// What a byte means inside a string: 0 goes on, 1 quote, 2 backslash, 3 must not stand there, 4 to 6 UTF-8 lead of that length - 2.
const CLASS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  if (byte < 0x20) CLASS[byte] = 3;
  else if (byte === 0x22) CLASS[byte] = 1;
  else if (byte === 0x5c) CLASS[byte] = 2;
  else if (byte < 0x80) CLASS[byte] = 0;
  else if (byte < 0xc2 || byte > 0xf4) CLASS[byte] = 3;
  else CLASS[byte] = byte < 0xe0 ? 4 : byte < 0xf0 ? 5 : 6;
}

/**
 * Reads a string from the byte after its opening quote. Returns `end * 4 + flags`, where `end` is the closing quote's index.
 * With `strict`, escapes of lone surrogates are refused: they have no UTF-8 form, so two parsers may read them differently.
 */
export function stringEnd(bytes: Uint8Array, from: number, to: number, strict: boolean): number {
  let i = from;
  let flags = 0;
  for (;;) {
    i = plainEnd(bytes, i, to);
    if (i >= to) throw new Malformed('a JSON string has no end');
    const what = CLASS[bytes[i]!]!;
    if (what === 1) return i * 4 + flags;
    if (what === 2) {
      flags |= ESCAPED;
      i = escapeEnd(bytes, i, to, strict);
    } else if (what === 3) {
      throw new Malformed(
        bytes[i]! < 0x20 ? 'a control character stands in a JSON string' : 'the body is not valid UTF-8',
      );
    } else {
      flags |= WIDE;
      i = wideEnd(bytes, i, to, what - 2);
    }
  }
}

/** The first byte at or after `from` that is not plain ASCII, or `to`. Eight bytes a step take half the time of one. */
export function plainEnd(bytes: Uint8Array, from: number, to: number): number {
  let i = from;
  for (const last = to - 8; i <= last; i += 8) {
    const any =
      CLASS[bytes[i]!]! |
      CLASS[bytes[i + 1]!]! |
      CLASS[bytes[i + 2]!]! |
      CLASS[bytes[i + 3]!]! |
      CLASS[bytes[i + 4]!]! |
      CLASS[bytes[i + 5]!]! |
      CLASS[bytes[i + 6]!]! |
      CLASS[bytes[i + 7]!]!;
    if (any !== 0) break;
  }
  while (i < to && CLASS[bytes[i]!] === 0) i++;
  return i;
}

/** RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
function wideEnd(bytes: Uint8Array, at: number, to: number, length: number): number {
  const lead = bytes[at]!;
  const second = bytes[at + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  let good = at + length <= to && second >= low && second <= high;
  for (let i = at + 2; good && i < at + length; i++) good = (bytes[i]! & 0xc0) === 0x80;
  if (!good) throw new Malformed('the body is not valid UTF-8');
  return at + length;
}

/** `at` is the backslash. Returns the index after the escape; a surrogate pair is one escape. */
function escapeEnd(bytes: Uint8Array, at: number, to: number, strict: boolean): number {
  if (at + 1 >= to) throw new Malformed('a JSON string has no end');
  switch (bytes[at + 1]) {
    case 0x22: // "
    case 0x5c: // \
    case 0x2f: // /
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return at + 2;
    case 0x75: {
      const unit = hex4(bytes, at + 2, to);
      if (!strict || (unit & 0xf800) !== 0xd800) return at + 6;
      const pair =
        unit < 0xdc00 && bytes[at + 6] === 0x5c && bytes[at + 7] === 0x75 && at + 12 <= to
          ? hex4(bytes, at + 8, to)
          : 0;
      if ((pair & 0xfc00) !== 0xdc00) throw new Malformed('a JSON string holds half a surrogate pair');
      return at + 12;
    }
    default:
      throw new Malformed('a JSON string holds an unknown escape');
  }
}

function hex4(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < from + 4; i++) {
    const digit = i < to ? hexDigit(bytes[i]!) : -1;
    if (digit < 0) throw new Malformed('a JSON string holds an unknown escape');
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Text of a token that `stringEnd` has accepted; `start` and `end` lie between the quotes. */
export function decodeString(bytes: Buffer, start: number, end: number, flags: number): string {
  const raw = (flags & WIDE) === 0 ? bytes.latin1Slice(start, end) : bytes.toString('utf8', start, end);
  return (flags & ESCAPED) === 0 ? raw : unescapeText(raw);
}

function unescapeText(raw: string): string {
  let text = '';
  let done = 0;
  for (let at = raw.indexOf('\\'); at >= 0; at = raw.indexOf('\\', done)) {
    const code = raw[at + 1]!;
    text += raw.slice(done, at);
    if (code === 'u') {
      text += String.fromCharCode(Number.parseInt(raw.slice(at + 2, at + 6), 16));
      done = at + 6;
    } else {
      text += SHORT[code] ?? code;
      done = at + 2;
    }
  }
  return text + raw.slice(done);
}

/** The JSON token of a text, quotes included. Half surrogate pairs become escapes, so the result is always valid UTF-8. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** Cheap hash of a token's raw bytes, for telling keys apart before they are compared. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
  return hash;
}
