// Credentials in HTTP authentication: Basic and Bearer in headers and code, and user:password on a command line.
import { judgePassword } from '../checks/assigned.ts';
import { decodeBase64, encodeBase64 } from '../checks/base64.ts';
import { isPlaceholder, isSequence } from '../checks/placeholder.ts';
import { randomness } from '../checks/randomness.ts';
import type { Detector } from '../detector.ts';
import { sample } from './row.ts';

const PASSWORD = sample('base62', 14, 'basic');
const BASIC = encodeBase64(`deploy:${PASSWORD}`);
const BEARER = sample('base62', 40, 'bearer');

/** RFC 7617: base64 of user, colon, password, all printable. */
function isBasic(value: string): boolean {
  const text = decodeBase64(value);
  return (
    text !== undefined &&
    /^[\x20-\x7e\x80-\xff]*:[\x20-\x7e\x80-\xff]+$/.test(text) &&
    !/:(?:password|pass|pwd)$/i.test(text)
  );
}

/** Behind the first colon, and a quote if one follows. */
const passwordAt = (text: string): number => /^[^:]*:["']?/.exec(text)?.[0].length ?? 0;

const valueAt = (text: string): number => text.search(/[^\s"'`:=,]+={0,2}$/);

export const httpAuth: readonly Detector[] = [
  {
    id: 'http-basic',
    kind: 'secret.http-basic',
    about: 'Basic credentials; the value must decode to user and password.',
    source: 'https://www.rfc-editor.org/rfc/rfc7617',
    misses: 'Credentials of which the user or the password is not printable.',
    family: 'word',
    ignoreCase: true,
    patterns: [
      '\\bbasic[ \\t]+[a-z0-9+/_-]{8,}={0,2}',
      'authorization["\'\\x60]?[ \\t]*[:=,][ \\t]*["\'\\x60]?basic[ \\t]+[a-z0-9+/_-]{8,}={0,2}',
    ],
    check: ({ text }) => (isBasic(text.slice(valueAt(text))) ? 0.95 : false),
    trim: ({ text }) => [valueAt(text), text.length],
    examples: {
      positive: [
        `Authorization: Basic ‹${BASIC}›`,
        `-H "authorization: basic ‹${BASIC}›"`,
        `headers = {"Authorization": "Basic ‹${BASIC}›"}`,
        `Proxy-Authorization: Basic ‹${encodeBase64(`deploy1:${PASSWORD}`)}›`,
      ],
      negative: [
        'Basic understanding of things',
        'Authorization: Basic <credentials>',
        'basic authentication1 with headers',
        `Authorization: Basic ${encodeBase64('user:password')}`,
      ],
      evasive: [{ text: `Authorization: Basic ${BASIC.slice(0, 7)}\u200b${BASIC.slice(7)}`, view: 'folded' }],
    },
  },
  {
    id: 'http-bearer',
    kind: 'secret.http-bearer',
    about:
      'Bearer and token credentials of an Authorization header; judged by length, digits and randomness.',
    source: 'https://www.rfc-editor.org/rfc/rfc6750',
    misses: 'Words, and tokens of fewer than 12 characters.',
    family: 'word',
    ignoreCase: true,
    patterns: [
      '\\bbearer[ \\t:]+[a-z0-9_~+/.-]{15,}[a-z0-9_~+/-]={0,2}',
      'authorization["\'\\x60]?[ \\t]*[:=,][ \\t]*["\'\\x60]?(?:bearer|token|apikey|api-key|key|ssws|bot|oauth|genericapikey)[ \\t:]+[a-z0-9_~+/.-]{11,}[a-z0-9_~+/-]={0,2}',
    ],
    check: ({ text }) => {
      const value = text.slice(valueAt(text));
      if (isPlaceholder(value) || isSequence(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value))
        return false;
      return randomness(value) > 0.3 || /^[0-9a-f-]{24,}$/i.test(value) ? 0.9 : false;
    },
    trim: ({ text }) => [valueAt(text), text.length],
    maxLength: 8192,
    examples: {
      positive: [
        `Authorization: Bearer ‹${BEARER}›`,
        `curl -H 'authorization: bearer ‹${BEARER}›' https://a.b`,
        `"Authorization": "token ‹${sample('hex', 40, 'token')}›"`,
        `It is Bearer ‹${BEARER}›.`,
      ],
      negative: [
        'Bearer authentication-scheme-of-the-web',
        'Authorization: Bearer YOUR_ACCESS_TOKEN',
        'Authorization: Bearer <token>',
        'the bearer instruments/certificates2',
      ],
      evasive: [
        { text: `Authorization: Bearer ${BEARER.slice(0, 7)}\u200b${BEARER.slice(7)}`, view: 'folded' },
      ],
    },
  },
  {
    id: 'curl-user',
    kind: 'secret.http-basic',
    about: 'The password in the user option of a curl or wget command.',
    misses: 'Passwords that read like words when the command is out of sight.',
    family: 'word',
    patterns: ['(?:-u|--user|--proxy-user)[ =]{1,2}["\']?[^\\s:"\'\\x60]*:["\']?[^\\s"\'\\x60]{3,}'],
    check: ({ text, left }) => {
      const [value, user] = [
        text.slice(passwordAt(text)),
        /[ =]{1,2}["']?([^\s:"'`]*):/.exec(text)?.[1] ?? '',
      ];
      if (/^\d+$/.test(value) || /^(?:https?|ssh|git|file)$/.test(user)) return false;
      // The command may stand many lines above; then the password has to look like one.
      if (
        !/\b(?:curl|wget|http|https)\b/.test(left) &&
        !(/\d/.test(value) && (judgePassword(value, true) || 0) >= 0.85)
      )
        return false;
      return isPlaceholder(value) || /^(?:password|pass|pwd|secret)$/i.test(value) ? false : 0.85;
    },
    trim: ({ text }) => [passwordAt(text), text.length],
    examples: {
      positive: [
        `curl -u deploy:‹${PASSWORD}› https://ci.acme.com/job`,
        `curl -s --user "deploy:‹${PASSWORD}›" https://ci.acme.com`,
      ],
      negative: [
        'docker run -u 1000:1000 image',
        'curl -u user:password https://x',
        'docker run -u app:staff image',
        'curl -u $USER:$PASS https://x',
      ],
      evasive: [
        {
          text: `curl -\u200bu deploy:${PASSWORD} https://x`,
          view: 'folded',
        },
      ],
    },
  },
];
