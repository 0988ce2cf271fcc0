// Tells encrypted or binary data in base64 from text in base64, which the engine has to read. Knows no protocol.

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
/** Shorter values are cheap to inspect. */
const SHORTEST = 24;
/** Bytes that are looked at: random bytes form readable UTF-8 for so long about once in 2^100. */
const LOOK = 512;

/** True for well-formed base64 whose content is not text. Text in base64 is not sealed: a detector can read it. */
export function isSealed(text: string): boolean {
  if (text.length < SHORTEST || !BASE64.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < Math.floor((text.replace(/=+$/, '').length * 3) / 4)) return false;
  return !isText(bytes.subarray(0, LOOK), bytes.length <= LOOK);
}

/** Readable means: valid UTF-8 (a cut last character apart) without control characters other than white space. */
function isText(bytes: Buffer, whole: boolean): boolean {
  for (const byte of bytes) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
  const text = bytes.toString('utf8');
  const at = text.indexOf('\ufffd');
  return at < 0 || (!whole && at >= text.length - 3);
}

/** The largest magnitude that is taken for an embedding's component. Every fourth byte of ASCII letters would exceed it. */
const LARGEST_COMPONENT = 8;

/** True when a base64 text holds little-endian float32 numbers of an embedding's magnitude. */
export function isFloats(text: string): boolean {
  if (text.length < SHORTEST || text.length % 4 !== 0 || !BASE64.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length % 4 !== 0 || bytes.length < (text.length / 4) * 3 - 2) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 4)
    if (!(Math.abs(view.getFloat32(at, true)) < LARGEST_COMPONENT)) return false;
  return true;
}

const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+);base64,/;
/** First bytes of media formats (latin1), by type. What claims to be one of these and is not is read as text. */
const MAGIC: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['\x89PNG\r\n\x1a\n'],
  'image/jpeg': ['\xff\xd8\xff'],
  'image/gif': ['GIF87a', 'GIF89a'],
  'image/webp': ['RIFF'],
  'application/pdf': ['%PDF-'],
  'audio/wav': ['RIFF'],
  'audio/mp3': ['ID3', '\xff\xfb', '\xff\xf3', '\xff\xf2'],
};

/** True when base64 text starts as the named media type does and holds binary data. */
export function isMedia(type: string, base64: string): boolean {
  const magic = MAGIC[type];
  if (magic === undefined || !isSealed(base64)) return false;
  const head = Buffer.from(base64.slice(0, 16), 'base64').toString('latin1');
  return magic.some((start) => head.startsWith(start));
}

/** True for a `data:` URL of a media type that holds what it says. */
export function isMediaUrl(text: string): boolean {
  const match = DATA_URL.exec(text.slice(0, 64));
  return match !== null && isMedia(match[1]!, text.slice(match[0].length));
}
