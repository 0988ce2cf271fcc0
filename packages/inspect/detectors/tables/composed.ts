// Providers whose tokens have several parts: one row each.
import type { Detector } from '../../detector.ts';
import { sample, sampleUuid, type TokenRow, token, UUID } from '../row.ts';

const HEX_UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const ROWS: readonly TokenRow[] = [
  {
    id: '1password-secret-key',
    about: '1Password secret key: A3 and groups of capitals and digits.',
    patterns: [
      '\\bA3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}\\b',
    ],
    samples: [
      `A3-${sample('upper', 6)}-${sample('upper', 6, 'b')}-${sample('upper', 5)}-${sample('upper', 5, 'b')}-${sample('upper', 5, 'c')}-${sample('upper', 5, 'd')}`,
    ],
  },
  {
    id: '1password-service-token',
    about: '1Password service account token: ops_ and base64 of JSON.',
    patterns: ['\\bops_eyJ[A-Za-z0-9+/_-]{150,}={0,3}'],
    maxLength: 2048,
    samples: [`ops_eyJ${sample('base64url', 260)}`],
  },
  {
    id: 'airtable-token',
    about: 'Airtable personal token: pat, 14 characters, full stop, 64 hexadecimal digits.',
    patterns: ['\\bpat[A-Za-z0-9]{14}\\.[0-9a-f]{64}\\b'],
    samples: [`pat${sample('base62', 14)}.${sample('hex', 64)}`],
  },
  {
    id: 'asana-token',
    about: 'Asana personal token: version, user id, 32 hexadecimal digits.',
    family: 'digits',
    patterns: ['\\b[0-2]/[0-9]{15,17}(?:/[0-9]{15,17})?:[0-9a-f]{32}\\b'],
    samples: [
      `1/${sample('digits', 16)}:${sample('hex', 32)}`,
      `2/${sample('digits', 16)}/${sample('digits', 16, 'b')}:${sample('hex', 32)}`,
    ],
  },
  {
    id: 'authress-key',
    about: 'Authress service client key.',
    patterns: [
      '\\b(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\\.[A-Za-z0-9]{4,6}\\.acc[_-][A-Za-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}',
    ],
    samples: [
      `sc_${sample('lower', 12)}.${sample('lower', 4)}.acc_${sample('lower', 12)}.${sample('base64url', 44)}`,
    ],
  },
  {
    id: 'bitwarden-secret',
    about: 'Bitwarden Secrets Manager token: version, UUID, secret, key.',
    family: 'digits',
    patterns: [`\\b0\\.${HEX_UUID}\\.[A-Za-z0-9]{30}:[A-Za-z0-9+/]{22}==`],
    samples: [`0.${sampleUuid('bw')}.${sample('base62', 30)}:${sample('base64', 22)}==`],
  },
  {
    id: 'brevo-key',
    about: 'Brevo (Sendinblue) API or SMTP key.',
    patterns: ['\\bx(?:keys|smtps)ib-[0-9a-fA-F]{64}-[A-Za-z0-9]{16}\\b'],
    samples: [`xkeysib-${sample('hex', 64)}-${sample('base62', 16)}`],
  },
  {
    id: 'circleci-token',
    about: 'CircleCI personal or project token.',
    patterns: ['\\bCCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}\\b'],
    samples: [`CCIPAT_${sample('base62', 22)}_${sample('hex', 40)}`],
  },
  {
    id: 'coinbase-key-name',
    about: 'Coinbase developer platform key name.',
    patterns: [`organizations/${HEX_UUID}/apiKeys/${HEX_UUID}`],
    samples: [`organizations/${sampleUuid('a')}/apiKeys/${sampleUuid('b')}`],
  },
  {
    id: 'dynatrace-token',
    about: 'Dynatrace token: kind, public and secret part.',
    patterns: ['\\bdt0[a-z][0-9]{2}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}\\b'],
    samples: [`dt0c01.${sample('upper', 24)}.${sample('upper', 64)}`],
  },
  {
    id: 'fal-key',
    about: 'fal.ai key: a UUID, colon, 32 hexadecimal digits.',
    family: 'digits',
    patterns: [`\\b${HEX_UUID}:[0-9a-f]{32}\\b`],
    samples: [`${sampleUuid('fal')}:${sample('hex', 32)}`],
  },
  {
    id: 'firebase-cloud-messaging-key',
    about: 'Legacy server key of Firebase Cloud Messaging.',
    patterns: ['\\bAAAA[A-Za-z0-9_-]{7}:[A-Za-z0-9_-]{140}'],
    samples: [`AAAA${sample('base62', 7)}:APA91b${sample('base64url', 134)}`],
  },
  {
    id: 'flutterwave-key',
    about: 'Flutterwave secret, encryption or public key.',
    patterns: ['\\bFLW(?:SEC|PUB)K(?:_TEST)?-[0-9A-Za-z]{12,32}(?:-X)?\\b'],
    samples: [`FLWSECK_TEST-${sample('hex', 32)}-X`],
  },
  {
    id: 'harness-token',
    about: 'Harness personal or service account token.',
    patterns: ['\\b[ps]at\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}\\b'],
    samples: [`pat.${sample('base62', 22)}.${sample('hex', 24)}.${sample('base62', 20)}`],
  },
  {
    id: 'hubspot-token',
    about: 'HubSpot private app token: pat-, the region, a UUID.',
    patterns: [`\\bpat-(?:na|eu|ap)[0-9]-${UUID}\\b`],
    samples: [`pat-na1-${sampleUuid('hubspot')}`],
  },
  {
    id: 'jenkins-secret',
    about: 'Secret of a Jenkins credentials file, in the encrypted form.',
    patterns: ['\\{AQAAABAA[A-Za-z0-9+/]{1,8}[A-Za-z0-9+/ ]{22,}={0,2}\\}?'],
    maxLength: 4096,
    samples: [`{AQAAABAAAAAQ${sample('base64', 44)}=}`],
  },
  {
    id: 'langfuse-key',
    about: 'Langfuse secret key: sk-lf- and a UUID.',
    patterns: [`\\bsk-lf-${HEX_UUID}\\b`],
    samples: [`sk-lf-${sampleUuid('langfuse')}`],
  },
  {
    id: 'launchdarkly-key',
    about: 'LaunchDarkly API or server-side SDK key: api- or sdk- and a UUID.',
    patterns: [`\\b(?:api|sdk)-${HEX_UUID}\\b`],
    samples: [`sdk-${sampleUuid('ld')}`, `api-${sampleUuid('ld2')}`],
  },
  {
    id: 'mapbox-secret-token',
    about: 'Mapbox secret token: sk. and JSON in base64.',
    patterns: [
      '\\b[st]k\\.eyJ[A-Za-z0-9_-]{40,}\\.[A-Za-z0-9_-]{20,}',
      '\\b[psu]k\\.[A-Za-z0-9]{60}\\.[A-Za-z0-9_-]{22}\\b',
    ],
    samples: [`sk.eyJ${sample('base64url', 70)}.${sample('base64url', 22)}`],
  },
  {
    id: 'maxmind-license-key',
    about: 'MaxMind licence key: two parts and _mmk.',
    family: 'digits',
    patterns: ['\\b[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk\\b'],
    samples: [`${sample('base62', 6)}_${sample('base62', 29)}_mmk`],
  },
  {
    id: 'teams-webhook',
    about: 'Incoming webhook address of Microsoft Teams.',
    patterns: [
      'webhook\\.office\\.com/webhookb2/[A-Za-z0-9-]{36}@[A-Za-z0-9-]{36}/IncomingWebhook/[A-Za-z0-9]{32}(?:/[A-Za-z0-9-]{36})?',
      `outlook\\.office(?:365)?\\.com/webhook/${UUID}@${UUID}/IncomingWebhook/[0-9a-f]{32}(?:/${UUID})?`,
    ],
    samples: [
      `webhook.office.com/webhookb2/${sampleUuid('a')}@${sampleUuid('b')}/IncomingWebhook/${sample('hex', 32)}/${sampleUuid('c')}`,
    ],
  },
  {
    id: 'persona-key',
    about: 'Persona key: environment and UUID.',
    patterns: ['\\bpersona_(?:production|sandbox)_[A-Za-z0-9-]{20,}[A-Za-z0-9]\\b'],
    samples: [`persona_production_${sampleUuid('persona')}`],
  },
  {
    id: 'plaid-token',
    about: 'Plaid access token: environment and UUID.',
    patterns: [`\\b(?:access|link|public|processor)-(?:production|development|sandbox)-${HEX_UUID}\\b`],
    samples: [`access-production-${sampleUuid('plaid')}`],
  },
  {
    id: 'pubnub-secret-key',
    about: 'PubNub secret key: sec-c- and base64.',
    patterns: ['\\bsec-c-[A-Za-z0-9+/=-]{36,60}'],
    samples: [`sec-c-${sample('base62', 48)}`],
  },
  {
    id: 'rapidapi-key',
    about: 'RapidAPI key, by the marks inside.',
    family: 'digits',
    patterns: ['\\b[0-9a-f]{10}msh[0-9a-f]{15}p1[0-9a-f]{6}jsn[0-9a-f]{12}\\b'],
    samples: [`${sample('hex', 10)}msh${sample('hex', 15)}p1${sample('hex', 6)}jsn${sample('hex', 12)}`],
  },
  {
    id: 'salesforce-session',
    about: 'Salesforce session or access token: organisation id, exclamation mark, body.',
    patterns: ['\\b00D[A-Za-z0-9]{12,15}![A-Za-z0-9_.]{64,}[A-Za-z0-9_]'],
    samples: [`00D${sample('base62', 12)}!${sample('base62', 96)}`],
  },
  {
    id: 'sourcegraph-token',
    about: 'Sourcegraph access token with instance part.',
    patterns: ['\\bsgp_(?:local_|[0-9a-fA-F]{16}_)?[0-9a-fA-F]{40}\\b'],
    samples: [`sgp_${sample('hex', 16)}_${sample('hex', 40)}`],
  },
  {
    id: 'stackhawk-key',
    about: 'StackHawk key: hawk and two parts of 20 characters.',
    patterns: ['\\bhawk\\.[A-Za-z0-9_-]{20}\\.[A-Za-z0-9_-]{20}\\b'],
    samples: [`hawk.${sample('base62', 20)}.${sample('base62', 20, 'b')}`],
  },
  {
    id: 'voiceflow-key',
    about: 'Voiceflow workspace or dialogue manager key.',
    patterns: ['\\bVF\\.(?:(?:DM|WS)\\.)?[0-9a-fA-F]{24}\\.[A-Za-z0-9]{16}\\b'],
    samples: [`VF.DM.${sample('hex', 24)}.${sample('base62', 16)}`],
  },
  {
    id: 'wakatime-key',
    about: 'WakaTime key: waka_ and a UUID.',
    patterns: [`\\bwaka_(?:[a-z]{3}_)?(?:${HEX_UUID}|[A-Za-z0-9]{36,})\\b`],
    samples: [`waka_${sampleUuid('waka')}`],
  },
  {
    id: 'yandex-iam-token',
    about: 'Yandex Cloud IAM token.',
    patterns: ['\\bt1\\.[A-Za-z0-9_-]+={0,2}\\.[A-Za-z0-9_-]{86}={0,2}'],
    maxLength: 2048,
    samples: [`t1.${sample('base64url', 120)}.${sample('base64url', 86)}`],
  },
  {
    id: 'zapier-webhook',
    about: 'Catch hook address of Zapier.',
    patterns: ['hooks\\.zapier\\.com/hooks/catch/[0-9]{5,10}/[A-Za-z0-9]{6,12}'],
    samples: [`hooks.zapier.com/hooks/catch/${sample('digits', 8)}/${sample('lower', 7)}`],
  },
  {
    id: 'zoho-token',
    about: 'Zoho OAuth token: 1000 and two groups of hexadecimal digits.',
    family: 'digits',
    patterns: ['\\b1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}\\b'],
    samples: [`1000.${sample('hex', 32)}.${sample('hex', 32, 'b')}`],
  },
  {
    id: 'zuplo-key',
    about: 'Zuplo key with checksum.',
    patterns: ['\\bzpka_[0-9a-z]{32}_[0-9a-f]{8}\\b'],
    samples: [`zpka_${sample('lower', 32)}_${sample('hex', 8)}`],
  },
  {
    id: 'bip32-private-key',
    about: 'Extended private key of a cryptocurrency wallet (BIP 32).',
    source: 'https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki',
    patterns: ['\\b[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,112}\\b'],
    samples: [`xprv${sample('base62', 107).replace(/[0OIl]/g, 'a')}`],
  },
  {
    id: 'bcrypt-hash',
    kind: 'secret.password-hash',
    about: 'Password hash of bcrypt.',
    patterns: ['\\$2[abxy]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}'],
    samples: [`$2b$12$${sample('base62', 53)}`],
  },
  {
    id: 'crypt-hash',
    kind: 'secret.password-hash',
    about: 'Password hash of crypt(3): SHA-256, SHA-512, yescrypt, MD5, apr1.',
    patterns: [
      '\\$(?:[156y]|apr1|gy)\\$(?:rounds=[0-9]{1,9}\\$)?(?:[./A-Za-z0-9]{1,12}\\$)?[./A-Za-z0-9]{2,32}\\$[./A-Za-z0-9]{21,85}[A-Za-z0-9/]',
    ],
    samples: [
      `$6$${sample('base62', 16)}$${sample('base62', 86)}`,
      `$apr1$${sample('base62', 8)}$${sample('base62', 22)}`,
    ],
  },
  {
    id: 'argon2-hash',
    kind: 'secret.password-hash',
    about: 'Password hash of Argon2 or scrypt in PHC form.',
    patterns: [
      '\\$(?:argon2(?:id|i|d)|scrypt)\\$[a-z0-9=,$]{4,40}\\$[A-Za-z0-9+/]{11,64}\\$[A-Za-z0-9+/]{22,128}',
    ],
    samples: [`$argon2id$v=19$m=65536,t=3,p=4$${sample('base64', 22)}$${sample('base64', 43)}`],
  },
];

export const composedTokens: readonly Detector[] = ROWS.map(token);
