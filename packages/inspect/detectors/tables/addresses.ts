// Addresses that are credentials: whoever knows them may post, deploy or read. One row each.
import type { Detector } from '../../detector.ts';
import { sample, sampleUuid, type TokenRow, token, UUID } from '../row.ts';

const ROWS: readonly TokenRow[] = [
  {
    id: 'feishu-webhook',
    about: 'Bot webhook address of Feishu or Lark.',
    patterns: [`open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot/(?:v2/)?hook/${UUID}`],
    samples: [`open.feishu.cn/open-apis/bot/v2/hook/${sampleUuid('feishu')}`],
  },
  {
    id: 'dingtalk-webhook',
    about: 'Bot webhook address of DingTalk.',
    patterns: ['oapi\\.dingtalk\\.com/robot/send\\?access_token=[0-9a-f]{64}'],
    samples: [`oapi.dingtalk.com/robot/send?access_token=${sample('hex', 64, 'dingtalk')}`],
  },
  {
    id: 'wecom-webhook',
    about: 'Bot webhook address of WeCom.',
    patterns: [`qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=${UUID}`],
    samples: [`qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${sampleUuid('wecom')}`],
  },
  {
    id: 'google-chat-webhook',
    about: 'Webhook address of Google Chat with its key and token.',
    patterns: [
      'chat\\.googleapis\\.com/v1/spaces/[A-Za-z0-9_-]+/messages\\?key=[A-Za-z0-9_-]+&token=[A-Za-z0-9%_-]{20,}',
    ],
    samples: [
      `chat.googleapis.com/v1/spaces/${sample('base62', 11)}/messages?key=${sample('base62', 39)}&token=${sample('base62', 43)}`,
    ],
  },
  {
    id: 'ifttt-webhook',
    about: 'Webhook address of IFTTT with its key.',
    patterns: ['maker\\.ifttt\\.com/trigger/[A-Za-z0-9_{}-]+/(?:json/)?with/key/[A-Za-z0-9_-]{20,}'],
    samples: [`maker.ifttt.com/trigger/door/with/key/${sample('base62', 22)}`],
  },
  {
    id: 'make-webhook',
    about: 'Webhook address of Make (Integromat).',
    patterns: ['hook\\.(?:[a-z]{2}[0-9]\\.)?(?:make|integromat)\\.com/[a-z0-9]{24,}'],
    samples: [`hook.eu1.make.com/${sample('lower', 32)}`],
  },
  {
    id: 'tines-webhook',
    about: 'Webhook address of Tines.',
    patterns: ['tines\\.com/webhook/[0-9a-f]{32}/[0-9a-f]{32}'],
    samples: [`tines.com/webhook/${sample('hex', 32)}/${sample('hex', 32, 'b')}`],
  },
  {
    id: 'deploy-hook',
    about: 'Address that starts a build or a deployment at Netlify, Vercel or Render.',
    patterns: [
      'api\\.netlify\\.com/build_hooks/[0-9a-f]{24}',
      'api\\.vercel\\.com/v1/integrations/deploy/[A-Za-z0-9_]{10,}/[A-Za-z0-9]{10}',
      'api\\.render\\.com/deploy/srv-[a-z0-9]{20}\\?key=[A-Za-z0-9_-]{11}',
    ],
    samples: [
      `api.netlify.com/build_hooks/${sample('hex', 24)}`,
      `api.vercel.com/v1/integrations/deploy/prj_${sample('base62', 28)}/${sample('base62', 10)}`,
      `api.render.com/deploy/srv-${sample('lower', 20)}?key=${sample('base62', 11)}`,
    ],
  },
  {
    id: 'sentry-dsn',
    about: 'Sentry DSN: a key of 32 hexadecimal digits before the host.',
    patterns: ['\\b[0-9a-f]{32}(?::[0-9a-f]{32})?@[A-Za-z0-9.-]*sentry\\.io/[0-9]+'],
    family: 'digits',
    samples: [`${sample('hex', 32, 'dsn')}@o4501234.ingest.sentry.io/4507654`],
  },
  {
    id: 'signed-address',
    about: 'Signature of an address that Amazon S3, Google Cloud Storage or CloudFront has signed.',
    patterns: [
      'X-Amz-Signature=[0-9a-f]{64}',
      'X-Goog-Signature=[0-9a-f]{128,}',
      'X-Amz-Security-Token=[A-Za-z0-9%+/_-]{100,}',
    ],
    maxLength: 4096,
    samples: [`X-Amz-Signature=${sample('hex', 64, 's3')}`, `X-Goog-Signature=${sample('hex', 512, 'gcs')}`],
  },
  {
    id: 'session-cookie',
    about: 'Session cookie of a common framework or service, by the name of the cookie.',
    patterns: [
      '\\b(?:JSESSIONID|PHPSESSID|ASP\\.NET_SessionId|connect\\.sid|laravel_session|sessionid|next-auth\\.session-token|sb-access-token|li_at|remember_token|_session_id)=[A-Za-z0-9%._~+/-]{16,}[A-Za-z0-9]',
    ],
    check: ({ text }) => (/\d/.test(text.slice(text.indexOf('='))) ? 0.8 : false),
    maxLength: 4096,
    samples: [
      `JSESSIONID=${sample('upperHex', 32, 'session')}`,
      `connect.sid=s%3A${sample('base62', 32)}.${sample('base62', 40)}`,
    ],
  },
  {
    id: 'gitlab-feed-address',
    about: 'GitLab feed token or incoming mail address token as part of an address.',
    patterns: ['feed_token=[A-Za-z0-9_-]{20}', '_gitlab_session=[0-9a-z]{32}'],
    samples: [`feed_token=${sample('base62', 20)}`, `_gitlab_session=${sample('hex', 32, 'gitlab')}`],
  },
];

export const addresses: readonly Detector[] = ROWS.map(token);
