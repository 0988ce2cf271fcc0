// Chat and messaging: Slack, Discord, Telegram, Twilio, SendGrid, Mailgun, Mailchimp.
import type { Detector } from '../detector.ts';
import { contextual, sample, token } from './row.ts';

export const chat: readonly Detector[] = [
  token({
    id: 'slack-token',
    about: 'Bot, user, app, workspace, refresh, configuration and session tokens of Slack.',
    source: 'https://api.slack.com/concepts/token-types',
    patterns: [
      '\\bxox[abeoprs][-.](?:xox[bp]-)?[0-9A-Za-z]+-[0-9A-Za-z-]{9,}[0-9A-Za-z]',
      '\\bxox[cd]-[A-Za-z0-9%/+-]{20,}=*',
      '\\bxapp-[0-9]+-[A-Za-z0-9]+-[0-9]+-[A-Za-z0-9]{16,}',
    ],
    samples: [
      `xoxb-${sample('digits', 12)}-${sample('digits', 13)}-${sample('base62', 24)}`,
      `xoxp-${sample('digits', 12)}-${sample('digits', 12)}-${sample('digits', 12)}-${sample('hex', 32)}`,
      `xapp-1-A${sample('upper', 10)}-${sample('digits', 13)}-${sample('hex', 64)}`,
      `xoxe.xoxp-1-${sample('base62', 160)}`,
    ],
    negative: ['xoxo-love-and-kisses-from-here', 'xoxb-token'],
  }),
  token({
    id: 'slack-webhook',
    about: 'Incoming webhook, workflow or trigger address of Slack: whoever knows it may post.',
    source: 'https://api.slack.com/messaging/webhooks',
    patterns: ['hooks\\.slack(?:-gov)?\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{24,}'],
    samples: [
      `hooks.slack.com/services/T${sample('upper', 10)}/B${sample('upper', 10)}/${sample('base62', 24)}`,
    ],
    negative: ['hooks.slack.com/services/', 'hooks.slack.com/docs'],
  }),
  token({
    id: 'discord-bot-token',
    about: 'Bot token of Discord: user id in base64, time stamp, signature.',
    source: 'https://discord.com/developers/docs/reference#authentication',
    patterns: ['\\b[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}'],
    family: 'digits',
    check: ({ text }) => (/\d/.test(text) && /[A-Z]/.test(text.slice(1)) ? 0.9 : false),
    samples: [`MT${sample('base62', 24)}.G${sample('base62', 5)}.${sample('base62', 38)}`],
    negative: ['NamespaceOfThePackageWhich.module.functionNameThatIsVeryLongIndeed'],
  }),
  token({
    id: 'discord-webhook',
    about: 'Webhook address of Discord with its token.',
    patterns: ['discord(?:app)?\\.com/api/(?:v[0-9]+/)?webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,}'],
    samples: [`discord.com/api/webhooks/${sample('digits', 18)}/${sample('base64url', 68)}`],
  }),
  token({
    id: 'telegram-bot-token',
    about: 'Bot token of Telegram: bot id, colon, 35 characters that begin with A.',
    source: 'https://core.telegram.org/bots/api#authorizing-your-bot',
    patterns: ['\\b[0-9]{8,10}:A[A-Za-z0-9_-]{34}\\b', 'bot[0-9]{8,10}:A[A-Za-z0-9_-]{34}\\b'],
    family: 'digits',
    samples: [`${sample('digits', 10)}:AA${sample('base62', 33)}`],
  }),
  token({
    id: 'twilio-api-key',
    about: 'API key id of Twilio: SK and 32 hexadecimal digits.',
    source: 'https://www.twilio.com/docs/iam/api-keys',
    patterns: ['\\bSK[0-9a-fA-F]{32}\\b'],
    samples: [`SK${sample('hex', 32)}`],
  }),
  token({
    id: 'twilio-account-sid',
    about: 'Account identifier of Twilio, half of a credential: AC and 32 hexadecimal digits.',
    patterns: ['\\bAC[0-9a-fA-F]{32}\\b'],
    samples: [`AC${sample('hex', 32)}`],
  }),
  contextual({
    id: 'twilio-auth-token',
    about: 'Auth token of Twilio: 32 hexadecimal digits near its name.',
    shape: '[0-9a-f]{32}',
    near: /twilio/i,
    setting: 'TWILIO_AUTH_TOKEN',
    samples: [sample('hex', 32, 'twilio')],
  }),
  token({
    id: 'sendgrid-api-key',
    about: 'SendGrid key: SG., 22 characters, full stop, 43 characters.',
    source: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
    patterns: ['\\bSG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}', '\\bSG\\.[A-Za-z0-9=_.-]{66}'],
    samples: [`SG.${sample('base64url', 22)}.${sample('base64url', 43)}`],
  }),
  token({
    id: 'mailgun-api-key',
    about: 'Mailgun key: key- and 32 characters, or the newer three groups of hexadecimal digits.',
    patterns: ['\\b(?:pub)?key-[0-9a-z]{32}\\b', '\\b[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}\\b'],
    family: 'digits',
    check: ({ text }) => (/\d/.test(text) ? 0.9 : false),
    samples: [
      `key-${sample('hex', 32)}`,
      `${sample('hex', 32)}-${sample('hex', 8)}-${sample('hex', 8, 'b')}`,
    ],
    negative: ['key-internationalizationfeatureflag'],
  }),
  token({
    id: 'mailchimp-api-key',
    about: 'Mailchimp key: 32 hexadecimal digits and the data centre.',
    patterns: ['\\b[0-9a-f]{32}-us[0-9]{1,2}\\b'],
    family: 'digits',
    samples: [`${sample('hex', 32, 'mailchimp')}-us12`],
  }),
];
