// Keys that stand in a sentence, a list or a log line behind the name of a service, with no operator between: `the Algolia
// secret … within`. What is assigned by an operator is ./service-key.ts's.

import { namesSecret } from '../checks/assigned.ts';
import { drawnFrom } from '../checks/drawn.ts';
import type { Detector } from '../detector.ts';
import { sample, sampleUuid } from './row.ts';
import { SERVICES, SHORT_SERVICES } from './tables/services.ts';

/** Code units between the name and the value: a few words, or the rest of a line of configuration. */
const REACH = 72;
/** Begins a word, also one in the middle of a name in camel case. */
const SERVICE = new RegExp(
  `(?:^|[^a-z]|[a-z](?=[A-Z]))(${SERVICES.join('|')}|${SHORT_SERVICES})(?![a-z]{7})`,
  'gi',
);
const CREDENTIAL =
  /(?:^|[^a-z])(?:key|token|secret|password|passwd|pass|pwd|auth|credentials?|creds|bearer|pat|apikey|access|api[ _-]?key)s?(?![a-z])|(?:Key|Token|Secret|Auth|Credentials?|Pass)\b/i;
/** A credential's word right before the value, in which case no service need be named. */
const AT_ONCE =
  /(?:^|[^\w.-])([\w.-]*?)(?:api[ _-]?key|key|token|secret|credential|bearer|pat)s?(?:[ \t]+(?:of|is|value))?[\s"'`\\([{<,=:]{0,24}$/i;
/** What services say of a digest or of an identifier of theirs. */
const DIGEST =
  /commit|revision|\brev\b|\bsha|digest|checksum|hash|md5|etag|blob|tree|integrity|fingerprint|uuid|guid|request|trace|\bids?\b(?![>}])|thumbprint|public|version|image|layer|object|build|session id|\brun\b|\bjob\b|\bcase\b|ticket|order|invoice|project|account/i;

/** Tokens that say whose they are: each has a row of its own. */
const HAS_ROW = /^(?:A(?:KIA|SIA|3T)[A-Z0-9]|gh[oprsu]_|github_pat_|glpat-|sk-|xox[a-z]-|AIza|eyJ)/;

/** Another clause has begun: the key that was spoken of is not what follows. */
const CLAUSE = /[,;.?!] +[a-z]+ [a-z]/i;

/** The name of a service that is near enough, and the text behind it. */
function behindService(left: string): string | undefined {
  const near = left.slice(-REACH);
  let behind: string | undefined;
  for (const found of near.matchAll(SERVICE)) behind = near.slice(found.index + found[0].length);
  return behind;
}

function judge(value: string, left: string): number | false {
  const kind = drawnFrom(value);
  if (kind === undefined || HAS_ROW.test(value)) return false;
  const behind = behindService(left);
  const context = behind ?? left.slice(-32);
  if (DIGEST.test(context)) return false;
  const mixed = kind === 'base62' || kind === 'base36';
  if (behind === undefined) {
    const at = AT_ONCE.exec(left);
    if (at === null || !namesSecret(at[1]!, '')) return false;
    return mixed || (kind === 'hex' && /api/i.test(at[0])) ? 0.6 : false;
  }
  if (CREDENTIAL.test(left.slice(-REACH)) && !CLAUSE.test(behind)) return 0.7;
  // The name and the value alone: `mixpanel 'a1b2…'`.
  const quoted = /^[\s"'`([{<:=,]{0,3}["'`]$/.test(behind) && (kind === 'uuid' || value.length === 32);
  return quoted || (mixed && /^[\s"'`([{<:=,]{1,4}$/.test(behind)) ? 0.6 : false;
}

const KEY = sample('base62', 32, 'near');
const LOWER = sample('lower', 36, 'near');
const HEX = sample('hex', 32, 'near');

export const nearService: readonly Detector[] = [
  {
    id: 'near-service',
    kind: 'secret.service-key',
    about: `Drawn characters a few words behind the name of one of ${SERVICES.length} services and a word such as key or secret, or right behind either; judged by alphabet, entropy and randomness.`,
    misses:
      'Hexadecimal digits without a word for a credential, services that are not listed, names behind the value.',
    family: 'digits',
    patterns: ['[\\s"\'\\x60({\\[>=:][A-Za-z0-9][A-Za-z0-9_-]{18,}[A-Za-z0-9]'],
    check: ({ text, left }) => judge(text.slice(1), left + text[0]),
    trim: ({ text }) => [1, text.length],
    examples: {
      positive: [
        `You can find an algolia secret ‹${LOWER}› within.`,
        `<id>{mixpanel}</id>\n<secret>{mixpanel AQAAABAAA ‹${HEX}›}</secret>`,
        `etherscan '‹${KEY}›'`,
        `// clearbit key\nconst it = "‹${HEX}›"`,
        `codacy credentials: ['‹${sampleUuid('near')}›']`,
        `use the token ‹${KEY}› for now`,
      ],
      negative: [
        `codecov ${HEX}`,
        `snyk fixed it in commit ${sample('hex', 40, 'near')} of the key module`,
        'the airtable key of the_user_that_was_named_first_2',
        `the key of acme ${HEX}`,
        `airtable secret ${'x'.repeat(32)}`,
        `mixpanel token: see request ${sampleUuid('request')}`,
      ],
      evasive: [{ text: `algolia sec\u200bret ${LOWER} within`, view: 'folded' }],
    },
  },
];
