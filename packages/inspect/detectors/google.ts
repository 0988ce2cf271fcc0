// Google: API keys, OAuth client secrets and tokens, service account key files.
import type { Detector } from '../detector.ts';
import { sample, token } from './row.ts';

const KEY_ID = sample('hex', 40, 'gcp');

const serviceAccount: Detector = {
  id: 'gcp-service-account-key-id',
  kind: 'secret.gcp-service-account',
  about: 'The private_key_id of a service account key file; the key itself is found as a PEM block.',
  source: 'https://cloud.google.com/iam/docs/keys-create-delete',
  family: 'literal',
  patterns: ['private_key_id\\\\*["\'][ \\t]*:[ \\t]*\\\\*["\'][0-9a-f]{40}'],
  check: ({ text }) => (/(.)\1{9}/.test(text) ? false : 0.9),
  trim: ({ text }) => [text.length - 40, text.length],
  examples: {
    positive: [`{"type":"service_account","private_key_id": "‹${KEY_ID}›","x":1}`],
    negative: [`"private_key_id": "${'0'.repeat(40)}"`, `"commit_id": "${KEY_ID}"`],
    evasive: [{ text: `"private_key_id": "${KEY_ID.slice(0, 5)}\u200b${KEY_ID.slice(5)}"`, view: 'folded' }],
  },
};

export const google: readonly Detector[] = [
  token({
    id: 'google-api-key',
    about: 'API key of Google Cloud, Maps, Firebase or Gemini: AIza and 35 characters.',
    source: 'https://cloud.google.com/docs/authentication/api-keys',
    patterns: ['AIza[0-9A-Za-z_-]{35}'],
    samples: [`AIza${sample('base64url', 35)}`],
  }),
  token({
    id: 'google-gemini-key',
    about: 'Authorisation key of the newer form: AQ. and a long body.',
    patterns: ['\\bAQ\\.[A-Za-z0-9_-]{40,}'],
    samples: [`AQ.Ab8RN6${sample('base64url', 40)}`],
  }),
  token({
    id: 'google-oauth-client-secret',
    about: 'OAuth client secret: GOCSPX- and 28 characters.',
    patterns: ['GOCSPX-[A-Za-z0-9_-]{28}'],
    samples: [`GOCSPX-${sample('base64url', 28)}`],
  }),
  token({
    id: 'google-oauth-token',
    about: 'OAuth access token (ya29.) or refresh token (1//).',
    source: 'https://developers.google.com/identity/protocols/oauth2',
    patterns: ['\\bya29\\.[A-Za-z0-9_.-]{24,}[A-Za-z0-9_-]', '\\b1//0[A-Za-z0-9_-]{40,}'],
    maxLength: 2048,
    samples: [`ya29.${sample('base64url', 120)}`, `1//0${sample('base64url', 90)}`],
  }),
  serviceAccount,
];
