// JSON web tokens: three or five base64url parts whose first decodes to a JSON header with an algorithm.
import { decodeBase64, encodeBase64 } from '../checks/base64.ts';
import type { Detector } from '../detector.ts';
import { disguises, sample } from './row.ts';

function part(json: string): string {
  return encodeBase64(json).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}

/** True when the first part is a JOSE header (RFC 7515, section 4; RFC 7516, section 4). */
function hasHeader(text: string): boolean {
  const decoded = decodeBase64(text.slice(0, text.indexOf('.')));
  return decoded !== undefined && /^\{[\s\S]*"(?:alg|enc|typ|kid)"\s*:/.test(decoded);
}

const HEADER = part('{"alg":"HS256","typ":"JWT"}');
const TOKEN = `${HEADER}.${part('{"sub":"1234567890","iat":1516239022}')}.${sample('base64url', 43, 'jwt')}`;
const SEALED = `${part('{"alg":"dir","enc":"A256GCM"}')}..${sample('base64url', 16)}.${sample('base64url', 60)}.${sample('base64url', 22)}`;

export const jwt: readonly Detector[] = [
  {
    id: 'jwt',
    kind: 'secret.jwt',
    about: 'Signed or encrypted JSON web token; the first part must decode to a JSON header.',
    source: 'https://www.rfc-editor.org/rfc/rfc7519',
    misses: 'Tokens whose header is not JSON, and those with a part cut off.',
    family: 'literal',
    patterns: [
      '\\bey[IJ][A-Za-z0-9_-]{10,}\\.ey[IJ][A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]*',
      '\\bey[IJ][A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{16,}',
    ],
    check: ({ text }) => (hasHeader(text) ? (text.endsWith('.') ? 0.6 : 0.98) : false),
    maxLength: 8192,
    examples: {
      positive: [
        `It is ‹${TOKEN}›.`,
        `Authorization: Bearer ‹${TOKEN}›`,
        `{"id_token":"‹${TOKEN}›"}`,
        `cookie=‹${SEALED}›;`,
      ],
      negative: [`${HEADER}`, `eyJub3RoaW5nIjoxfQ.eyJub3RoaW5nIjoxfQ.abc`, 'eyJ.eyJ.abc', 'eyes.are.open'],
      evasive: disguises(TOKEN),
    },
  },
];
