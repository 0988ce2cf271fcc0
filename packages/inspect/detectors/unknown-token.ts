// Tokens of providers that no row names, by the form that nearly all of them share: a short name of the issuer or of the
// kind, a separator, and drawn characters. Identifiers of the same form that are no credentials are told by their names.
import { type Drawn, drawnFrom } from '../checks/drawn.ts';
import type { Detector } from '../detector.ts';
import { disguises, sample, sampleUuid } from './row.ts';

/** Words that issuers put before a credential. */
const CREDENTIAL =
  /^(?:s?sk|pk|rk|ak|at|rt|pt|st|oa?t|api|key|keys|apikey|tok|token|tkn|pat|uat|sat|oauth|secret|sec|scrt|live|test|prod|production|sandbox|auth|access|refresh|svc|service|admin|master|private|priv|bot|personal|client|whsec|wh|webhook|hook|signing|sign|license|lic|deploy|ci|server|sess|session|pass|pwd|pw|cred|jwt|bearer|ingest|root|org|team|workspace|project|cs|ss|mgmt|management|scim|invite|join|reset|magic)\d*$/i;

/** Names of identifiers and digests, of which logs and answers of services are full. */
const IDENTIFIER =
  /^(?:chatcmpl|cmpl|msg|message|call|toolu|tool|resp|response|run|thread|asst|assistant|file|upload|req|request|trace|span|evt|event|cus|customer|pi|ch|in|sub|si|price|txn|acct|src|card|pm|seti|id|ids|uid|uuid|guid|rev|sha\d*|md5|commit|ref|build|img|image|chunk|page|node|item|batch|job|task|vs|ft|ftjob|gen|pred|css|sc|svelte|jsx|emotion|hash|etag|digest|checksum|integrity|data|base64|blob|asset|bundle|index|main|vendor|module|styles?|class|icon|svg|path|layer|snapshot|version|ver|v\d+|google|yandex|msvalidate|cache|order|invoice|tracking|device|doc|document|object|obj|record|row|entity|conn|worker|pod|replica|container|cluster|instance|image|tmp|temp|lock|diff|cygwin|msys|test\d+)$/i;

const SPLIT = /^((?:[A-Za-z]{2,14}\d{0,2}[_-]){1,4})(.{16,})$/;
/** The first word, which stands before the match: a pattern that began with it would keep every word of prose in mind. */
const FIRST = /(?:^|[^\w%:/@.-]|[=:/]["'`]?|\\[nrt])([A-Za-z][A-Za-z0-9]{1,15})$/;

/** Confidence, and where the drawn part begins in the match. */
function judge(text: string, left: string): readonly [confidence: number, from: number] | undefined {
  const first = FIRST.exec(left)?.[1];
  const found = first === undefined || text.length > 240 ? null : SPLIT.exec(first + text);
  if (!found) return undefined;
  const [, head, body] = found as unknown as [string, string, string];
  const kind = drawnFrom(body);
  const words = head.split(/[_-]/).slice(0, -1);
  if (kind === undefined || words.some((word) => IDENTIFIER.test(word))) return undefined;
  const named = words.some((word) => CREDENTIAL.test(word));
  const confidence = CONFIDENCE[kind](body, named, words.length);
  return confidence === 0 ? undefined : [confidence, head.length - first!.length];
}

/** Digits among the letters, as chance puts them; objects of some services are numbered from 01 in this form. */
const mixed = (body: string): boolean => !body.startsWith('0') && (body.match(/\d/g) ?? []).length >= 3;

/** By alphabet: without a word for a credential, only long drawn characters of both cases behind one short name will do. */
const CONFIDENCE: Readonly<Record<Drawn, (body: string, named: boolean, words: number) => number>> = {
  base62: (body, named, words) =>
    named && body.length >= 20 ? 0.8 : body.length >= 32 && words === 1 && mixed(body) ? 0.6 : 0,
  base36: ({ length }, named) => (named && length >= 20 ? 0.7 : 0),
  hex: ({ length }, named) => (named && length >= 32 ? 0.7 : 0),
  uuid: (_, named) => (named ? 0.6 : 0),
};

const KEY = sample('base62', 32, 'unknown');

export const unknownToken: readonly Detector[] = [
  {
    id: 'unknown-token',
    kind: 'secret.generic',
    about:
      'Token of an issuer without a row of its own: a word such as key, live or pat before a separator, and drawn characters after it; judged by alphabet, entropy and randomness.',
    misses:
      'Tokens without a separator, of digits or letters alone, and those whose word is also that of an identifier (file, order, request).',
    family: 'digits',
    patterns: ['[_-][A-Za-z0-9][A-Za-z0-9_-]{18,}[A-Za-z0-9]'],
    check: ({ text, left }) => judge(text, left)?.[0] ?? false,
    trim: ({ text, left }) => [judge(text, left)?.[1] ?? 0, text.length],
    examples: {
      positive: [
        `The new one is acme_live_‹${KEY}›.`,
        `{"k":"acme_live_‹${KEY}›"}`,
        `use xyzcorp-key-‹${sampleUuid('unknown')}› there`,
        `run(qrs_pat_‹${sample('lower', 40, 'unknown')}›)`,
        `'zyx_‹${sample('base62', 40, 'unknown-short')}›'`,
      ],
      negative: [
        `chatcmpl-${sample('base62', 29)}`,
        `call_${sample('base62', 24)}`,
        `sha512-${sample('base62', 86)}`,
        `request_id_${sampleUuid('id')}`,
        'get_user_token_from_request_headers_v2',
        `acme_live_${'x'.repeat(32)}`,
        'test_that_the_token_of_2024_is_read_twice',
        `https://acme.com/a-${sample('base62', 40, 'unknown-path')}.js`,
      ],
      evasive: disguises(`acme_live_${KEY}`),
    },
  },
];
