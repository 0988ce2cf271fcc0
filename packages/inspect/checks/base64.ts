// Base64 and base64url to text and back, for checks that look inside a token. Pure: no Buffer, no atob.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...`${ALPHABET}`].map((digit, value) => [digit, value]));
VALUES.set('-', 62).set('_', 63);

/** One character (0 to 255) per decoded byte, or undefined when the text is not base64 in either alphabet. */
export function decodeBase64(text: string): string | undefined {
  const body = text.replace(/=+$/, '');
  if (body.length % 4 === 1) return undefined;
  let out = '';
  let held = 0;
  let bits = 0;
  for (const digit of body) {
    const value = VALUES.get(digit);
    if (value === undefined) return undefined;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += String.fromCharCode((held >> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  }
  return out;
}

/** Standard base64 with padding of text whose code units are all below 256. */
export function encodeBase64(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i += 3) {
    const [a, b, c] = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)];
    const word = (a << 16) | ((b || 0) << 8) | (c || 0);
    const left = text.length - i;
    out += ALPHABET[word >> 18]! + ALPHABET[(word >> 12) & 63]!;
    out += (left > 1 ? ALPHABET[(word >> 6) & 63]! : '=') + (left > 2 ? ALPHABET[word & 63]! : '=');
  }
  return out;
}
