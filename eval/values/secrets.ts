// Credentials as their issuers describe them. Prefixes are put together from parts, so that no scanner of this repository
// takes them for real ones.
import { createHash, createHmac } from 'node:crypto';
import { type Draw, UNITS } from '../draw.ts';
import type { Maker } from './value.ts';

const { word, hex, url, base64, large, digits, base32, small } = UNITS;

type Row = readonly [kind: string, name: string, make: (draw: Draw) => string];

/** A prefix and characters after it. */
const after =
  (prefix: readonly string[], alphabet: string, length: number) =>
  (draw: Draw): string =>
    prefix.join('') + draw.text(alphabet, length);

const uuid = (draw: Draw): string => {
  const h = draw.text(hex, 30);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(12, 15)}-${draw.pick(['8', '9', 'a', 'b'])}${h.slice(15, 18)}-${h.slice(18)}`;
};

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** CRC-32 (ISO 3309), bit by bit. */
function crc32(text: string): number {
  let crc = 0xffff_ffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let i = 0; i < 8; i += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

/** https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
function github(draw: Draw): string {
  const body = draw.text(word, 30);
  let number = crc32(body);
  let check = '';
  for (let i = 0; i < 6; i += 1) {
    check = BASE62[number % 62] + check;
    number = Math.floor(number / 62);
  }
  return `${draw.pick(['ghp', 'gho', 'ghs', 'ghu'])}_${body}${check}`;
}

function jwt(draw: Draw): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ alg: draw.pick(['HS256', 'HS512']), typ: 'JWT' });
  const body = part({
    sub: draw.text(digits, 8),
    name: draw.text(small, 7),
    iat: 1_600_000_000 + draw.below(1e8),
  });
  const key = draw.text(word, 32);
  return `${head}.${body}.${createHmac('sha256', key).update(`${head}.${body}`).digest('base64url')}`;
}

/** The body is drawn: no key can be read from it. */
function pem(draw: Draw): string {
  const sort = draw.pick(['RSA ', 'EC ', '', 'OPENSSH ', 'DSA ']);
  const lines = Array.from({ length: 8 + draw.below(12) }, () => draw.text(base64, 64));
  return [
    '-----BEGIN ',
    sort,
    'PRIVATE KEY-----\n',
    lines.join('\n'),
    `\n${draw.text(base64, 30)}==\n-----END ${sort}`,
    'PRIVATE KEY-----',
  ].join('');
}

const password = (draw: Draw): string =>
  draw.text('abcdefghijkmnopqrstuvwxyz', 5) +
  draw.text('ABCDEFGHJKLMNPQRSTUVWXYZ', 2) +
  draw.pick(['!', '#', '$', '%', '_', '-']) +
  draw.text(digits, 4) +
  draw.text(small, 3);

const connection = (draw: Draw): string =>
  `${draw.pick(['postgres', 'postgresql', 'mysql', 'mongodb+srv', 'redis', 'amqp'])}://${draw.text(small, 6)}:${draw.text(word, 16)}@${draw.pick(['db', 'cache', 'main'])}.${draw.text(small, 7)}.com:${3000 + draw.below(6000)}/${draw.text(small, 5)}`;

// biome-ignore format: a table is read by its rows
const NAMED_BY_FORMAT: readonly Row[] = [
  ['secret.aws-access-key-id', 'AWS_ACCESS_KEY_ID', after(['AK', 'IA'], base32, 16)],
  ['secret.github-token', 'GITHUB_TOKEN', github],
  ['secret.github-fine-grained-token', 'GH_TOKEN', (d) => `${['github', 'pat', ''].join('_')}${d.text(word, 22)}_${d.text(word, 59)}`],
  ['secret.gitlab-token', 'GITLAB_TOKEN', after(['gl', 'pat-'], url, 20)],
  ['secret.google-api-key', 'GOOGLE_MAPS_KEY', after(['AI', 'za'], url, 35)],
  ['secret.google-oauth-client-secret', 'GOOGLE_CLIENT_SECRET', after(['GOC', 'SPX-'], url, 28)],
  ['secret.openai-api-key', 'OPENAI_API_KEY', (d) => `${['sk', 'proj', ''].join('-')}${d.text(url, 74)}T3BlbkFJ${d.text(url, 74)}`],
  ['secret.anthropic-api-key', 'ANTHROPIC_API_KEY', (d) => `${['sk', 'ant', 'api03', ''].join('-')}${d.text(url, 93)}AA`],
  ['secret.huggingface-token', 'HF_TOKEN', after(['h', 'f_'], UNITS.letters, 34)],
  ['secret.groq-api-key', 'GROQ_API_KEY', after(['gs', 'k_'], word, 52)],
  ['secret.replicate-api-token', 'REPLICATE_API_TOKEN', after(['r', '8_'], word, 37)],
  ['secret.slack-token', 'SLACK_BOT_TOKEN', (d) => `xo${'xb'}-${d.text(digits, 12)}-${d.text(digits, 12)}-${d.text(word, 24)}`],
  ['secret.slack-webhook', 'SLACK_HOOK', (d) => `https://hooks.slack${'.com'}/services/T${d.text(large + digits, 8)}/B${d.text(large + digits, 10)}/${d.text(word, 24)}`],
  ['secret.discord-webhook', 'DISCORD_HOOK', (d) => `https://discord${'.com'}/api/webhooks/${d.text('123456789', 18)}/${d.text(url, 68)}`],
  ['secret.telegram-bot-token', 'TELEGRAM_BOT_TOKEN', (d) => `${d.text('123456789', 10)}:AA${d.text(url, 33)}`],
  ['secret.twilio-api-key', 'TWILIO_KEY', after(['S', 'K'], hex, 32)],
  ['secret.sendgrid-api-key', 'SENDGRID_API_KEY', (d) => `S${'G'}.${d.text(url, 22)}.${d.text(url, 43)}`],
  ['secret.mailchimp-api-key', 'MAILCHIMP_KEY', (d) => `${d.text(hex, 32)}-us${1 + d.below(20)}`],
  ['secret.stripe-secret-key', 'STRIPE_SECRET_KEY', (d) => `${d.pick(['sk', 'rk'])}_${'live'}_${d.text(word, d.pick([24, 99]))}`],
  ['secret.stripe-webhook-secret', 'STRIPE_WEBHOOK_SECRET', after(['wh', 'sec_'], word, 32)],
  ['secret.square-token', 'SQUARE_TOKEN', after(['EA', 'AA'], url, 60)],
  ['secret.shopify-token', 'SHOPIFY_TOKEN', (d) => `${d.pick(['shp' + 'at', 'shp' + 'ca', 'shp' + 'pa'])}_${d.text(hex, 32)}`],
  ['secret.npm-token', 'NPM_TOKEN', after(['np', 'm_'], word, 36)],
  ['secret.pypi-token', 'PYPI_TOKEN', (d) => `${['pypi', 'AgEIcHlwaS5vcmc'].join('-')}${d.text(url, 110)}`],
  ['secret.rubygems-token', 'RUBYGEMS_KEY', after(['ruby', 'gems_'], hex, 48)],
  ['secret.docker-hub-token', 'DOCKER_TOKEN', after(['dckr', '_pat_'], url, 27)],
  ['secret.databricks-token', 'DATABRICKS_TOKEN', after(['da', 'pi'], hex, 32)],
  ['secret.digitalocean-token', 'DO_TOKEN', after(['do', 'p_v1_'], hex, 64)],
  ['secret.vault-token', 'VAULT_TOKEN', after(['hv', 's.'], url, 92)],
  ['secret.linear-api-key', 'LINEAR_KEY', after(['lin', '_api_'], word, 40)],
  ['secret.notion-token', 'NOTION_TOKEN', after(['nt', 'n_'], word, 46)],
  ['secret.figma-token', 'FIGMA_TOKEN', after(['fig', 'd_'], url, 40)],
  ['secret.postman-api-key', 'POSTMAN_KEY', (d) => `PM${'AK'}-${d.text(hex, 24)}-${d.text(hex, 34)}`],
  ['secret.grafana-token', 'GRAFANA_TOKEN', (d) => { const body = d.text(word, 32); return `gl${'sa'}_${body}_${crc32(body).toString(16).padStart(8, '0')}`; }],
  ['secret.newrelic-key', 'NEW_RELIC_KEY', after(['NR', 'AK-'], large + digits, 27)],
  ['secret.tailscale-key', 'TAILSCALE_KEY', (d) => `ts${'key'}-auth-${d.text(word, 17)}-${d.text(word, 32)}`],
  ['secret.airtable-token', 'AIRTABLE_TOKEN', (d) => `pa${'t'}${d.text(word, 14)}.${d.text(hex, 64)}`],
  ['secret.hubspot-token', 'HUBSPOT_TOKEN', (d) => `pa${'t'}-na1-${uuid(d)}`],
  ['secret.terraform-cloud-token', 'TFC_TOKEN', (d) => `${d.text(word, 14)}.atlas${'v1'}.${d.text(url, 67)}`],
  ['secret.age-secret-key', 'AGE_KEY', after(['AGE-SECRET', '-KEY-1'], 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)],
  ['secret.jwt', 'SESSION', jwt],
  ['secret.private-key', 'PRIVATE_KEY', pem],
  ['secret.connection-string', 'DATABASE_URL', connection],
];

// biome-ignore format: a table is read by its rows
const NAMED_BY_SETTING: readonly Row[] = [
  ['secret.aws-secret-access-key', 'AWS_SECRET_ACCESS_KEY', (d) => d.text(base64, 40)],
  ['secret.heroku-api-key', 'HEROKU_API_KEY', uuid],
  ['secret.datadog-api-key', 'DATADOG_API_KEY', (d) => d.text(hex, 32)],
  ['secret.cloudflare-global-key', 'CLOUDFLARE_GLOBAL_API_KEY', (d) => d.text(hex, 37)],
  ['secret.twilio-auth-token', 'TWILIO_AUTH_TOKEN', (d) => d.text(hex, 32)],
  ['secret.mistral-api-key', 'MISTRAL_API_KEY', (d) => d.text(word, 32)],
  ['secret.password', 'DB_PASSWORD', password],
  ['secret.generic', 'PAYMENTS_API_KEY', (d) => createHash('sha256').update(d.text(word, 20)).digest('hex').slice(0, 40)],
  ['secret.generic', 'INTERNAL_AUTH_TOKEN', (d) => d.text(word, 36)],
];

export const secrets: readonly Maker[] = [
  ...NAMED_BY_FORMAT.map(([kind, name, make]) => ({ kind, name, make })),
  ...NAMED_BY_SETTING.map(([kind, name, make]) => ({ kind, name, make, needsName: true as const })),
];
