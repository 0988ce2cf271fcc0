// Secrets without a format, found by the name they are assigned to: password = …, "api_key": "…", SECRET_KEY=…, also in
// headers, calls, markup, command lines, queries and sentences.
import { judgeKey, judgePassword, namesSecret, splitAssignment } from '../checks/assigned.ts';
import type { Detector, Match } from '../detector.ts';
import { sample } from './row.ts';

const KEY_NAMES =
  'secret|token|api[_. -]?key|apikey|app[_-]?key|access[_-]?key|auth[_-]?key|account[_-]?key|private[_-]?key|secret[_-]?key|signing[_-]?key|encryption[_-]?key|master[_-]?key|client[_-]?key|service[_-]?key|subscription[_-]?key|license[_-]?key|(?:activation|product|serial|device|sas)[_. -]?key|security[_-]?key|shared[_-]?key|session[_-]?key|deploy[_-]?key|credentials?|client[_-]?secret|authtoken|[_-]auth|[_-]key|[_-]pat';
const PASSWORD_NAMES =
  'password|passwd|passphrase|passcode|passwort|kennwort|contrase(?:ñ|n)a|\\bclave|senha|wachtwoord|mot de passe|motdepasse|parola|lösenord|salasana|hasło|heslo|jelszó|şifre|passord|adgangskode|mật khẩu|kata sandi|пароль|密码|密碼|口令|パスワード|비밀번호|סיסמה|كلمة المرور|pwd|[_.-]pass|\\bpass|\\bpin|\\bpsw|\\bpsk|passkey';

/** The rest of the name, what may close it, and the operator. */
const REST = '[a-z0-9_.-]{0,40}["\'\\x60\\[\\])*\\\\]{0,4}[ \\t]{0,8}';
/** Assignments of many languages, with the type that some put between, the end of a tag, a cell of a table, an argument. */
const OPERATOR =
  '(?:=>|:{1,3}=|[?.+|]{1,2}=|={1,3}|->|::?|>\\s{0,12}|,|\\|{1,2}|\\(|:?[ \\t]{0,2}&?(?:string|str)\\??[ \\t]{0,3}=)[ \\t]{0,8}';
/** `name: DB_PASSWORD, value: …`, `key="ApiKey" value="…"`, `variable "password" { default = "…" }`. */
const PAIRED =
  '[a-z0-9_.-]*\\\\?["\']?[,;]?\\s+[{]?\\s*\\\\?["\']?(?:value|default)\\\\?["\']?[ \\t]*[:=][ \\t]*';
const QUOTED = '@?(?:\\\\?"[^"\\s]{4,}"|\\\\?\'[^\'\\s]{4,}\'|\\x60[^\\x60\\s]{4,}\\x60)';
/** What ends a bare value. It is waited for and belongs to the match, which would otherwise end anew at each character. */
const STOP = '[\\s"\'\\x60,;<>(){}\\[\\]”»]';
const NOT_STOP = STOP.replace('[', '[^');
const BARE = `\\\\?["'\\x60]?${NOT_STOP}{5,}(?:${STOP}|$)`;

/** In sentences and on command lines a blank or a verb stands where code has an operator. */
const SAYS = `[ \\t]{1,3}(?:(?:is|was|ist|lautet|est|es|son|é|è|är|jest|是|は|:|=|->|→)[ \\t:]{1,3})["'\\x60“«]?${NOT_STOP}{5,}(?:${STOP}|$)`;
const FLAG = `[ \\t]{1,3}["']?[^-=${STOP.slice(1)}${NOT_STOP}{4,}(?:${STOP}|$)`;

interface Split {
  readonly before: string;
  readonly assigned: NonNullable<ReturnType<typeof splitAssignment>>;
}

/** Compiled once per set of names: the keyword, then the rest of the name. */
function splitter(names: string): (match: Match) => Split | undefined {
  const keyword = new RegExp(`^(?:${names})`, 'i');
  return ({ text, left }) => {
    const before = /[\w.-]*$/.exec(left)?.[0] ?? '';
    const query = /[?&]$/.test(left.slice(0, left.length - before.length));
    const word = keyword.exec(text)?.[0];
    const assigned = word === undefined ? undefined : splitAssignment(text, word.length, query);
    // In a call or a pair the name is the first thing behind the bracket; elsewhere a comma separates words of a list.
    if (assigned?.listed && !/[([]\s*\\?["'\x60]?[\w.-]*$/.test(left)) return undefined;
    return assigned && { before, assigned };
  };
}

const patterns = (names: string): string[] => [
  `(?:${names})${REST}${OPERATOR}${QUOTED}`,
  `(?:${names})${REST}${OPERATOR}${BARE}`,
  `(?:${names})${PAIRED}(?:${QUOTED}|${BARE})`,
  `(?:${names})${SAYS}`,
  `--[a-z-]{0,20}(?:${names})${FLAG}`,
];

const KEY = sample('base62', 32, 'assigned');
const PASSWORD = `${sample('letters', 6, 'assigned')}!${sample('digits', 3, 'assigned')}`;
const splitKey = splitter(`--[a-z-]*?(?:${KEY_NAMES})|${KEY_NAMES}`);
const splitPassword = splitter(`--[a-z-]*?(?:${PASSWORD_NAMES})|${PASSWORD_NAMES}`);

const span = (split: Split | undefined): readonly [number, number] =>
  split ? [split.assigned.from, split.assigned.from + split.assigned.value.length] : [0, 0];

export const assignment: readonly Detector[] = [
  {
    id: 'assigned-key',
    kind: 'secret.generic',
    about:
      'Value assigned to a name such as api_key, token or secret; judged by characters, entropy, randomness and stand-in lists.',
    misses: 'Words, values without digits below 20 characters, names that are not listed.',
    family: 'word',
    ignoreCase: true,
    patterns: patterns(KEY_NAMES),
    check: (match) => {
      const split = splitKey(match);
      if (!split || !namesSecret(split.before, split.assigned.after)) return false;
      return judgeKey(split.assigned.value);
    },
    trim: (match) => span(splitKey(match)),
    maxLength: 4096,
    examples: {
      positive: [
        `api_key = "‹${KEY}›"`,
        `SECRET_KEY=‹${KEY}›`,
        `"accessToken": "‹${KEY}›",`,
        `token: ‹${KEY}›`,
        `config.set('apiKey', '‹${KEY}›')`,
        `X-Api-Key: ‹${KEY}›`,
        `https://api.acme.com/v1?api_key=‹${KEY}›&page=2`,
        `<secret>‹${KEY}›</secret>`,
        `The api key is ‹${KEY}›.`,
        `acme --api-key ‹${KEY}› list`,
        `| token | ‹${KEY}› |`,
        `client_secret=‹${sample('hex', 64, 'assigned')}›`,
      ],
      negative: [
        'token = process.env.API_TOKEN_2',
        'const apiKey = config.apiKey1;',
        '"max_tokens": 4096, "temperature": 0.7',
        'tokenizer = "gpt2-large-v2-2024"',
        'api_key: your-api-key-here',
        'API_KEY=<TOKEN>',
        `cacheKey = "${KEY}"`,
        `public_key: ${KEY}`,
        'secretName: my-app-secret-v2-prod-1',
        'nextPageToken: string;',
        'The token is valid for 3600s.',
        `secret: ${'x'.repeat(32)}`,
        'token: "abcdefghijklmnopqrstuvwxyz123456"',
        'apiKey: "/run/secrets/api_key_2"',
      ],
      evasive: [{ text: `api_\u200bkey = "${KEY}"`, view: 'folded' }],
    },
  },
  {
    id: 'assigned-password',
    kind: 'secret.password',
    about:
      'Value assigned to a name such as password or passphrase, also in sentences of several languages; words alone are not found.',
    misses:
      'Passwords of letters only, of words joined by dashes, with blanks, and after names of other languages.',
    family: 'word',
    ignoreCase: true,
    patterns: patterns(PASSWORD_NAMES),
    check: (match) => {
      const split = splitPassword(match);
      if (!split || !namesSecret(split.before, split.assigned.after)) return false;
      // On a command line a value needs no quotes.
      return judgePassword(split.assigned.value, split.assigned.quoted || /--[\w-]*$/.test(match.left));
    },
    trim: (match) => span(splitPassword(match)),
    examples: {
      positive: [
        `password = "‹${PASSWORD}›"`,
        `DB_PASSWORD=‹${PASSWORD}›`,
        `db_pass: ‹${PASSWORD}›`,
        `{"password":"‹${PASSWORD}›","user":"a"}`,
        `Server=db;User Id=sa;Password=‹${PASSWORD}›;`,
        `My password is ‹hunter2›.`,
        `Das Passwort lautet ‹${PASSWORD}›.`,
        `Le mot de passe est ‹${PASSWORD}›.`,
        `La contraseña es ‹${PASSWORD}›.`,
        `mysql --password ‹${PASSWORD}› -u root`,
        `<password>‹${PASSWORD}›</password>`,
        `setPassword("‹${PASSWORD}›")`,
      ],
      negative: [
        'password = getPassword()',
        'password: string;',
        'The password is required.',
        '"password": "Your password"',
        'passwordField = "#password-1"',
        'password = os.environ["DB_PASSWORD"]',
        'PASSWORD=changeme123',
        'password: ********',
        'if (password.length < 8) throw error1;',
        'compass: heading45',
        'bypass=1 password_hash',
        'password=$DB_PASSWORD',
      ],
      evasive: [{ text: `pass\u200bword = "${PASSWORD}"`, view: 'folded' }],
    },
  },
];
