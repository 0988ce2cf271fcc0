// Amazon Web Services: access key ids, secret access keys, session tokens, Bedrock keys.
import { tail } from '../checks/context.ts';
import { entropy } from '../checks/entropy.ts';
import { isPlaceholder } from '../checks/placeholder.ts';
import type { Detector } from '../detector.ts';
import { sample, token } from './row.ts';

const SOURCE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html';
const SECRET = sample('base64', 40, 'aws-secret');
const SECRET_CHARS = /[A-Za-z0-9/+]{40}$/;

/** Forty characters drawn from base64 carry more than four bits each; a path or a hash in hex does not. */
function isSecretKey(value: string): boolean {
  return entropy(value) > 4 && /[A-Z]/.test(value) && /[a-z]/.test(value) && !isPlaceholder(value);
}

const secretAccessKey: Detector = {
  id: 'aws-secret-access-key',
  kind: 'secret.aws-secret-access-key',
  about:
    'Secret access key: 40 base64 characters after its setting name, or near a word of AWS; judged by entropy.',
  source: SOURCE,
  misses: 'Keys far from their name and from the key id; the keys of the documentation.',
  family: 'word',
  ignoreCase: true,
  patterns: [
    `(?:secret[_ -]?access[_ -]?key|aws[_ -]?secret[_ -]?key|aws[_ -]?secret|secret[_ -]?key)(?:[_ -]?id)?["'\\x60\\])\\\\]*[ \\t]*(?:=>|:=|[=:,|]|is)?[ \\t]*[\\\\]?["'\\x60]?[a-z0-9/+]{40}`,
    // After a key id or the word aws within the line.
    '(?:(?:AKIA|ASIA)[A-Z0-9]{16}|\\baws[a-z0-9_-]{0,16})(?:[^a-z0-9/+]{1,4}(?:[a-z]{1,16}[^a-z0-9/+]{1,3}){0,3})[a-z0-9/+]{40}\\b',
  ],
  check: ({ text, left, pattern }) => {
    const value = SECRET_CHARS.exec(text)?.[0] ?? '';
    if (!isSecretKey(value)) return false;
    if (pattern === 0) return 0.95;
    return /sha(?:1|256|512)|integrity|digest/i.test(tail(left, 24) + text.slice(0, -40)) ? false : 0.8;
  },
  trim: ({ text }) => [text.length - 40, text.length],
  examples: {
    positive: [
      `aws_secret_access_key = ‹${SECRET}›`,
      `"SecretAccessKey": "‹${SECRET}›"`,
      `export AWS_SECRET_ACCESS_KEY=‹${SECRET}›`,
      `AKIA${sample('base32', 16)},‹${SECRET}›`,
      `My aws secret is ‹${SECRET}›.`,
    ],
    negative: [
      `integrity ${SECRET}`,
      'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      `aws_secret_access_key = ${'x'.repeat(40)}`,
      `commit ${sample('hex', 40)} of the AWS module`,
    ],
    evasive: [
      { text: `aws_secret_access_key = ${SECRET.slice(0, 9)}\u200b${SECRET.slice(9)}`, view: 'folded' },
    ],
  },
};

export const aws: readonly Detector[] = [
  token({
    id: 'aws-access-key-id',
    about:
      'Access key id, long-term (AKIA) or temporary (ASIA), also of service bearers; example keys excepted.',
    source: SOURCE,
    patterns: ['\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\\b'],
    check: ({ text }) => (/EXAMPLE/.test(text) ? false : /^.{4}[A-Z2-7]{16}$/.test(text) ? 0.97 : 0.7),
    samples: [`AKIA${sample('base32', 16)}`, `ASIA${sample('base32', 16)}`],
    negative: ['AKIA' + 'IOSFODNN7' + 'EXAMPLE', `AKIA${sample('base32', 24)}`],
  }),
  secretAccessKey,
  token({
    id: 'aws-session-token',
    about: 'Session token of temporary credentials, by the encoded header that all of them share.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html',
    patterns: ['(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9/+]{64,}={0,2}'],
    maxLength: 4096,
    samples: [`IQoJb3JpZ2lu${sample('base64', 320)}`, `FwoGZXIvYXdzE${sample('base64', 200)}==`],
  }),
  token({
    id: 'aws-bedrock-api-key',
    about: 'Bedrock API key, long-term or short-term, by its encoded header.',
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    patterns: [
      '\\bABSK[A-Za-z0-9+/]{100,}={0,2}',
      'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/=_-]*',
    ],
    maxLength: 4096,
    samples: [
      `ABSKQmVkcm9ja0FQSUtleS${sample('base64', 110)}`,
      `bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t${sample('base64', 64)}`,
    ],
  }),
  token({
    id: 'aws-mws-auth-token',
    about: 'Marketplace web service token: a fixed prefix and a UUID.',
    patterns: ['amzn\\.mws\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'],
    samples: [
      `amzn.mws.${sample('hex', 8)}-${sample('hex', 4)}-${sample('hex', 4, 'b')}-${sample('hex', 4, 'c')}-${sample('hex', 12)}`,
    ],
  }),
];
