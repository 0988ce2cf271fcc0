// Passwords inside URLs and connection strings: scheme://user:password@host, and Oracle's user/password@.
import { isPlaceholder } from '../checks/placeholder.ts';
import type { Detector, Match } from '../detector.ts';
import { sample } from './row.ts';

const SECRET = sample('base62', 12, 'connection');

/** What documentation writes for the user, the password, the host. */
const STAND_IN =
  /^(?:user(?:name)?|usr|pass(?:word|wd)?|pwd|secret|login|foo|bar|baz|abc|p|u|token|key|admin|root|guest|test|postgres|mysql|redis|mongo)$/i;
const LOCAL_HOST =
  /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host|server|db|database|postgres|mysql|mongo|redis|rabbitmq|proxy|.*\.local$|.*example|[a-z_-]*$)/i;

interface Parts {
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly from: number;
}

/** Splits `://user:password@host` at the first colon of the authority and its last at sign. */
function parts(text: string): Parts {
  const start = text.indexOf('://') + 3;
  const colon = text.indexOf(':', start);
  const at = text.lastIndexOf('@');
  return {
    user: text.slice(start, colon),
    password: text.slice(colon + 1, at),
    host: text.slice(at + 1),
    from: colon + 1,
  };
}

function check({ text, left }: Match): number | false {
  const { user, password, host } = parts(text);
  if (
    !/[A-Za-z][A-Za-z0-9+.-]*$/.test(left) ||
    isPlaceholder(password) ||
    /^[[{<]|[\]}>]$|^\*+$/.test(password)
  )
    return false;
  if (/^\d{1,5}$/.test(password) && /[.]|^localhost$/.test(user)) return false;
  if (STAND_IN.test(password)) return LOCAL_HOST.test(host) || STAND_IN.test(user) ? false : 0.5;
  if (password === user && LOCAL_HOST.test(host)) return false;
  return 0.95;
}

export const connectionString: readonly Detector[] = [
  {
    id: 'url-password',
    kind: 'secret.connection-string',
    about:
      'The password in scheme://user:password@host of any scheme: PostgreSQL, MySQL, MongoDB, Redis, AMQP, FTP, HTTP, and others.',
    source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    misses: 'Well-known stand-ins on local hosts.',
    family: 'word',
    patterns: ['://[^\\s:@/?#"\'<>\\x60]*:[^\\s/"\'<>\\x60]+@[A-Za-z0-9.\\[_-]+'],
    check,
    trim: ({ text }) => {
      const { from, password } = parts(text);
      return [from, from + password.length];
    },
    examples: {
      positive: [
        `DATABASE_URL=postgres://app:‹${SECRET}›@db.acme.com:5432/app?sslmode=require`,
        `mysql://root:‹${SECRET}›@10.0.0.5/shop`,
        `"mongodb+srv://admin:‹${SECRET}›@cluster0.ab1cd.mongodb.net/?retryWrites=true"`,
        `redis://:‹${SECRET}›@cache:6379/0`,
        `amqps://svc:‹p@${SECRET}›@mq.acme.com/vhost`,
        `jdbc:sqlserver://sa:‹${SECRET}›@sql.acme.com:1433`,
        `Clone https://oauth2:‹${SECRET}›@git.acme.com/team/repo.git.`,
      ],
      negative: [
        'postgres://user:password@localhost/db',
        'postgres://postgres:postgres@localhost:5432/test',
        'https://example.com:8080/@scope/package',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the template syntax is what must not be found
        'postgres://${USER}:${PASS}@${HOST}/db',
        'mongodb://<user>:<password>@host',
        'redis://:$REDIS_PASSWORD@cache:6379',
        'git+ssh://git@github.com:acme/repo.git',
        'http://localhost:3000@next',
      ],
      evasive: [
        {
          text: `postgres:/\u200b/app:${SECRET}@db.acme.com/app`,
          view: 'folded',
        },
      ],
    },
  },
  {
    id: 'oracle-password',
    kind: 'secret.connection-string',
    about: 'The password in jdbc:oracle:thin:user/password@host.',
    misses: 'Forms of other drivers that have a slash.',
    family: 'word',
    patterns: ['jdbc:oracle:(?:thin|oci):[^\\s/@"\']+/[^\\s/@"\']+@[A-Za-z0-9/(]'],
    check: ({ text }) =>
      isPlaceholder(text.slice(text.indexOf('/') + 1, text.lastIndexOf('@'))) ? false : 0.95,
    trim: ({ text }) => [text.indexOf('/') + 1, text.lastIndexOf('@')],
    examples: {
      positive: [`jdbc:oracle:thin:scott/‹${SECRET}›@//db.acme.com:1521/orcl`],
      negative: ['jdbc:oracle:thin:@localhost:1521:xe', 'jdbc:oracle:thin:scott/<password>@//h'],
      evasive: [{ text: `jdbc:ora\u200bcle:thin:scott/${SECRET}@//db`, view: 'folded' }],
    },
  },
];
