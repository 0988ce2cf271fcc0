// Tools of daily work and their observability: Atlassian, Linear, Notion, Figma, Postman, Sentry, New Relic, Datadog, Grafana.
import type { Detector } from '../detector.ts';
import { contextual, sample, token } from './row.ts';

export const work: readonly Detector[] = [
  token({
    id: 'atlassian-api-token',
    about: 'Atlassian cloud token, or Bitbucket app password and access token.',
    source:
      'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
    patterns: ['\\bAT(?:AT[A-Z]|CTT3)[A-Za-z0-9_=-]{60,}', '\\bATBB[A-Za-z0-9_=.-]{32}\\b'],
    samples: [
      `ATATT3xFfGF0${sample('base64url', 171)}=${sample('upperHex', 8)}`,
      `ATBB${sample('base62', 24)}${sample('upperHex', 8)}`,
    ],
  }),
  contextual({
    id: 'atlassian-legacy-token',
    about: 'Older Atlassian token: 24 characters near its name.',
    shape: '[A-Za-z0-9]{24}',
    near: /atlassian|jira|confluence|bitbucket/i,
    setting: 'JIRA_API_TOKEN',
    samples: [sample('base62', 24, 'jira')],
  }),
  token({
    id: 'linear-api-key',
    about: 'Linear key: lin_api_ or lin_oauth_ and its body.',
    patterns: ['\\blin_(?:api|oauth|wh)_[A-Za-z0-9]{32,}'],
    samples: [`lin_api_${sample('base62', 40)}`, `lin_oauth_${sample('hex', 64)}`],
  }),
  token({
    id: 'notion-token',
    about: 'Notion integration token, old (secret_) or new (ntn_).',
    patterns: ['\\bsecret_[A-Za-z0-9]{43}\\b', '\\bntn_[0-9]{11}[A-Za-z0-9]{32,35}\\b'],
    check: ({ text }) => (/\d/.test(text) && /[A-Z]/.test(text) ? 0.95 : false),
    samples: [`secret_${sample('base62', 43)}`, `ntn_${sample('digits', 11)}${sample('base62', 35)}`],
  }),
  token({
    id: 'figma-token',
    about: 'Figma personal, OAuth or refresh token.',
    patterns: ['\\bfig(?:d|ou|or|oh|u)[rh]?_[A-Za-z0-9_-]{36,}'],
    samples: [`figd_${sample('base64url', 40)}`],
  }),
  token({
    id: 'postman-api-key',
    about: 'Postman key: PMAK- and two groups of hexadecimal digits.',
    patterns: ['\\bPMAK-[0-9a-fA-F]{24}-[0-9a-fA-F]{34}\\b'],
    samples: [`PMAK-${sample('hex', 24)}-${sample('hex', 34)}`],
  }),
  token({
    id: 'sentry-token',
    about: 'Sentry user or organisation token.',
    source: 'https://docs.sentry.io/account/auth-tokens/',
    patterns: ['\\bsntrys_eyJ[A-Za-z0-9+/=_-]{60,}', '\\bsntryu_[0-9a-f]{64}\\b'],
    samples: [
      `sntryu_${sample('hex', 64)}`,
      `sntrys_eyJpYXQiOjE${sample('base64', 120)}=_${sample('base64', 43)}`,
    ],
  }),
  token({
    id: 'newrelic-key',
    about: 'New Relic user, admin, insights, browser, pixie and licence keys.',
    source: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
    patterns: [
      '\\bNR(?:AK|AA|RA)-[A-Za-z0-9]{27}\\b',
      '\\bNRI[IQ]-[A-Za-z0-9_-]{32}\\b',
      '\\bNRJS-[0-9a-f]{19}\\b',
      '\\b(?:eu01xx)?[0-9a-f]{30,36}NRAL\\b',
    ],
    samples: [
      `NRAK-${sample('upper', 27)}`,
      `NRII-${sample('base62', 32)}`,
      `NRJS-${sample('hex', 19)}`,
      `${sample('hex', 36)}NRAL`,
    ],
  }),
  contextual({
    id: 'datadog-api-key',
    about: 'Datadog API key: 32 hexadecimal digits near its name.',
    shape: '[0-9a-f]{32}',
    near: /datadog|\bdd[ _-]/i,
    setting: 'DD_API_KEY',
    samples: [sample('hex', 32, 'datadog')],
  }),
  contextual({
    id: 'datadog-application-key',
    about: 'Datadog application key: 40 hexadecimal digits near its name.',
    shape: '[0-9a-f]{40}',
    near: /datadog|\bdd[ _-]/i,
    setting: 'DD_APP_KEY',
    samples: [sample('hex', 40, 'datadog')],
  }),
  token({
    id: 'grafana-token',
    about:
      'Grafana service account (glsa_), cloud policy (glc_) or older API key (a fixed JSON head in base64).',
    source: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
    patterns: [
      '\\bglsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}\\b',
      '\\bglc_[A-Za-z0-9+/]{32,}={0,3}',
      '\\beyJrIjoi[A-Za-z0-9+/_-]{30,}={0,2}',
    ],
    samples: [
      `glsa_${sample('base62', 32)}_${sample('hex', 8)}`,
      `glc_eyJv${sample('base64', 100)}`,
      `eyJrIjoi${sample('base62', 90)}`,
    ],
  }),
];
