// Private keys in text form: PEM blocks of every label, PGP blocks, PuTTY files, JSON web keys. Masked from the opener
// on, so that the first line of a key never leaves while its end is awaited.
import { isPlaceholder } from '../checks/placeholder.ts';
import type { Detector } from '../detector.ts';
import { sample } from './row.ts';

/** Between the opener and the first line: line ends real or escaped, quotes and joins of string literals, quoting marks. */
const BREAK = '(?:\\s|\\\\[rnt]|["\'+,>|*#\\\\]){1,64}';

/** What stands in a PEM body in any embedding. No full stop or bracket, so that prose after a cut-off key ends it. */
const BODY = '[A-Za-z0-9+/=\\s\\\\"\',:>|*#-]';
/** PGP armour may carry a version line and a comment. */
const ARMOUR = '[A-Za-z0-9+/=\\s\\\\"\',:>|*#.()@<_-]';

const LABELS = ['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED ', 'ED25519 ', 'SM2 ', 'ANY '];

function pem(label: string): Detector {
  const head = `-----BEGIN ${label}PRIVATE KEY-----`;
  const closer = `-----END ${label}PRIVATE KEY-----`;
  const name = label.trim().toLowerCase();
  const first = sample('base64', 64, head);
  const lines = `${first}\n${sample('base64', 64, closer)}\n${sample('base64', 30, head)}==`;
  return {
    id: name ? `private-key-${name}` : 'private-key',
    kind: 'secret.private-key',
    about: `PEM block "${label}PRIVATE KEY", whole, in files, string literals, JSON and YAML; bare header lines are not found.`,
    misses: 'Keys in binary files, and a body without its first line.',
    source: 'https://www.rfc-editor.org/rfc/rfc7468',
    family: 'literal',
    patterns: [
      `${head}${BREAK}(?:[A-Za-z0-9+/]{16}|Proc-Type:|DEK-Info:|Comment:)`,
      `${head}[A-Za-z0-9+/]{16}`,
    ],
    check: ({ text }) => (isPlaceholder(text.slice(-16)) ? false : 0.99),
    region: { body: BODY, closer, max: 16_384 },
    examples: {
      positive: [
        `key:\n‹${head}\n${lines}\n${closer}›\n`,
        `{"k":"‹${head}\\n${lines.replaceAll('\n', '\\n')}\\n${closer}›\\n"}`,
        `k: |\n  ‹${head}\n  ${lines.replaceAll('\n', '\n  ')}\n  ${closer}›\n`,
        `Cut off: ‹${head}\n${first}›. Sorry!`,
      ],
      negative: [
        `if (text.startsWith('${head}')) return true;`,
        `The first line is ${head}, then base64 follows.`,
        `${head}\n...\n${closer}`,
        `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----`,
        `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`,
      ],
      evasive: [{ text: `${head.slice(0, 12)}\u200b${head.slice(12)}\n${lines}\n${closer}`, view: 'folded' }],
    },
  };
}

const PGP_HEAD = '-----BEGIN PGP PRIVATE KEY BLOCK-----';
const PGP_END = '-----END PGP PRIVATE KEY BLOCK-----';
const PGP_LINES = `${sample('base64', 64, 'pgp')}\n${sample('base64', 40, 'pgp')}\n=${sample('base64', 4)}`;

const pgp: Detector = {
  id: 'private-key-pgp',
  kind: 'secret.private-key',
  about: 'PGP private key block with its armour headers.',
  source: 'https://www.rfc-editor.org/rfc/rfc9580#section-6.2',
  family: 'literal',
  patterns: [`${PGP_HEAD}${BREAK}(?:[A-Za-z0-9+/]{16}|Version:|Comment:|Charset:|Hash:)`],
  check: () => 0.99,
  region: { body: ARMOUR, closer: PGP_END, max: 32_768 },
  examples: {
    positive: [
      `‹${PGP_HEAD}\nVersion: GnuPG v2.0.22 (GNU/Linux)\n\n${PGP_LINES}\n${PGP_END}›\n`,
      `‹${PGP_HEAD}\n\n${PGP_LINES}\n${PGP_END}›!`,
    ],
    negative: [
      `grep "${PGP_HEAD}" file`,
      `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${PGP_LINES}\n-----END PGP PUBLIC KEY BLOCK-----`,
    ],
    evasive: [
      {
        text: `${PGP_HEAD.slice(0, 9)}\u200b${PGP_HEAD.slice(9)}\n\n${PGP_LINES}\n${PGP_END}`,
        view: 'folded',
      },
    ],
  },
};

const SSH2_HEAD = '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----';
const SSH2_END = '---- END SSH2 ENCRYPTED PRIVATE KEY ----';

const ssh2: Detector = {
  id: 'private-key-ssh2',
  kind: 'secret.private-key',
  about: 'Private key of the commercial SSH implementations.',
  source: 'https://www.rfc-editor.org/rfc/rfc4716',
  family: 'literal',
  patterns: [`${SSH2_HEAD}${BREAK}(?:[A-Za-z0-9+/]{16}|Comment:|Subject:)`],
  check: () => 0.99,
  region: { body: BODY, closer: SSH2_END, max: 16_384 },
  examples: {
    positive: [`‹${SSH2_HEAD}\nComment: "dsa-1024"\n${sample('base64', 64, 'ssh2')}\n${SSH2_END}›`],
    negative: [`The header reads ${SSH2_HEAD} and ends so.`],
    evasive: [
      {
        text: `${SSH2_HEAD.slice(0, 9)}\u200b${SSH2_HEAD.slice(9)}\n${sample('base64', 64, 'ssh2')}\n`,
        view: 'folded',
      },
    ],
  },
};

const PPK_LINES = `${sample('base64', 64, 'ppk')}\n${sample('base64', 44, 'ppk')}`;

const putty: Detector = {
  id: 'private-key-putty',
  kind: 'secret.private-key',
  about: 'The private lines of a PuTTY key file.',
  source: 'https://the.earth.li/~sgtatham/putty/0.81/htmldoc/AppendixC.html',
  family: 'literal',
  patterns: [`Private-Lines:[ \\t]{0,4}[0-9]{1,3}(?:\\s|\\\\[rn]){1,8}[A-Za-z0-9+/]{16}`],
  check: () => 0.99,
  region: { body: '[A-Za-z0-9+/=\\s\\\\]', closer: '', max: 16_384 },
  examples: {
    positive: [`PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n‹Private-Lines: 2\n${PPK_LINES}\n›-end`],
    negative: ['Private-Lines: 8', 'Private-Lines: 8\nand nothing else'],
    evasive: [{ text: `Private-\u200bLines: 2\n${PPK_LINES}\n`, view: 'folded' }],
  },
};

const JWK_D = sample('base64url', 43, 'jwk');

const jwk: Detector = {
  id: 'private-key-jwk',
  kind: 'secret.private-key',
  about: 'The private exponent or scalar of a JSON web key (member "d"), near the members of such a key.',
  source: 'https://www.rfc-editor.org/rfc/rfc7518#section-6',
  family: 'literal',
  patterns: ['"d"[ \\t]{0,4}:[ \\t]{0,4}"[A-Za-z0-9_-]{43,}'],
  check: ({ left }) =>
    /"(?:kty|crv|x|y|e|n|kid|use|alg|key_ops)"\s*:|[A-Za-z0-9_-]{40,}"\s*,\s*$/.test(left) ? 0.95 : false,
  trim: ({ text }) => [text.lastIndexOf('"') + 1, text.length],
  examples: {
    positive: [`{"kty":"OKP","crv":"Ed25519","d":"‹${JWK_D}›","x":"${sample('base64url', 43, 'x')}"}`],
    negative: [`{"path":"m 0 0","d":"${JWK_D}"}`, '{"kty":"OKP","d":"short"}'],
    evasive: [
      {
        text: `{"kty":"OKP","crv":"Ed25519","d":"${JWK_D.slice(0, 9)}\u200b${JWK_D.slice(9)}"}`,
        view: 'folded',
      },
    ],
  },
};

export const privateKey: readonly Detector[] = [...LABELS.map(pem), pgp, ssh2, putty, jwk];
