// Secrets of configuration files and devices whose place, and not a name with an operator, says what they are.
import { judgePassword } from '../checks/assigned.ts';
import { drawnFrom } from '../checks/drawn.ts';
import type { Detector, Match } from '../detector.ts';
import { sample, sampleUuid } from './row.ts';

const PASSWORD = `${sample('letters', 5, 'settings')}${sample('digits', 3, 'settings')}!x`;
const TOKEN = sample('base62', 36, 'settings');
const PHRASE = 'ribbon lizard copper tunnel violin garden maple orbit saddle winter velvet anchor';

interface Setting {
  readonly id: string;
  readonly kind: string;
  readonly about: string;
  readonly misses: string;
  readonly patterns: readonly string[];
  /** What of the match is the value: the end of it. */
  readonly value: RegExp;
  readonly judge: (value: string) => number | false;
  readonly positive: readonly string[];
  readonly negative: readonly string[];
}

function setting({ value, judge, positive, negative, ...rest }: Setting): Detector {
  const from = ({ text }: Match): number => value.exec(text)?.index ?? text.length;
  const plain = positive[0]!.replace(/[‹›]/g, '');
  // Inside of what the pattern must see, before the value.
  const inside = plain.search(new RegExp(rest.patterns.join('|'), 'i')) + 4;
  const disguised = `${plain.slice(0, inside)}\u200b${plain.slice(inside)}`;
  return {
    ...rest,
    family: 'word',
    ignoreCase: true,
    check: (match) => judge(match.text.slice(from(match))),
    trim: (match) => [from(match), match.text.length],
    examples: {
      positive,
      negative,
      evasive: [{ text: disguised, view: 'folded' }],
    },
  };
}

/** No quotes stand around it, so that words are none. */
const password = (value: string): number | false =>
  /^[a-z]+$/.test(value) ? false : judgePassword(value, true);

export const settings: readonly Detector[] = [
  setting({
    id: 'wifi-code-password',
    kind: 'secret.password',
    about: 'Password in the text of a Wi-Fi code (WIFI:…;P:…;).',
    misses: 'Passwords with a semicolon.',
    patterns: ['wifi:(?:[sth]:[^;\\s]*;)*p:[^;\\s]{8,63}'],
    value: /[^:]+$/,
    judge: password,
    positive: [`WIFI:S:Home;T:WPA;P:‹${PASSWORD}›;;`],
    negative: ['WIFI:S:Home;T:nopass;;', 'WIFI:S:Home;T:WPA;P:<password>;;'],
  }),
  setting({
    id: 'device-password',
    kind: 'secret.password',
    about: 'Password or key of a network device in the encrypted forms 5, 7, 8 and 9, and SNMP communities.',
    misses: 'Communities of one word.',
    patterns: [
      '(?:password|secret|key) [5789] [a-z0-9$./]{8,}[a-z0-9]',
      'snmp-server community [^\\s"\']{6,32}',
    ],
    value: /\S+$/,
    judge: (value) => (/^[0-9A-F]{8,}$/.test(value) ? 0.8 : password(value)),
    positive: [
      'username bob password 7 ‹0822455D0A16544541›',
      `snmp-server community ‹${sample('base62', 12, 'snmp')}› RO`,
    ],
    negative: ['password 7 characters', 'snmp-server community public RO', 'the key 5 equipments'],
  }),
  setting({
    id: 'pgpass-password',
    kind: 'secret.password',
    about: 'Password of a line of .pgpass: host, port, database, user, password.',
    misses: 'Other ports than 5432 and the asterisk.',
    patterns: [':(?:5432|\\*):[^:\\s]+:[^:\\s]+:[^:\\s]{5,64}'],
    value: /[^:]+$/,
    judge: password,
    positive: [`db.acme.com:5432:shop:app:‹${PASSWORD}›\n`],
    negative: ['*:5432:db:user:password', 'hostname:5432:database:username:<password>'],
  }),
  setting({
    id: 'url-user-token',
    kind: 'secret.connection-string',
    about: 'Token in the place of the user of an address; must look drawn.',
    misses: 'Tokens of fewer than 20 characters.',
    patterns: ['://[a-z0-9_-]{20,128}@'],
    value: /[\w-]+@$/,
    judge: (value) => {
      const token = value.replace(/@.*$/, '');
      return drawnFrom(token) === 'base62' || drawnFrom(token) === 'base36' ? 0.8 : false;
    },
    positive: [`git clone https://‹${TOKEN}@›github.com/acme/app.git`],
    negative: ['ssh://deployment-user-of-acme@host', 'https://the-name-of-a-long-user@host.example'],
  }),
  setting({
    id: 'authorization-value',
    kind: 'secret.http-bearer',
    about: 'Authorization header without a scheme: a UUID or drawn characters.',
    misses: 'Words, and values below 20 characters.',
    patterns: ['authorization["\'\\x60]?[ \\t]*[:=][ \\t]*["\'\\x60]?[a-z0-9_-]{20,128}'],
    value: /[\w-]+$/,
    judge: (value) => (drawnFrom(value) !== undefined ? 0.85 : false),
    positive: [`Authorization: ‹${TOKEN}›`, `"authorization": "‹${sampleUuid('authorization')}›"`],
    negative: ['Authorization: your_authorization_token_here', 'authorization: string_of_the_user_token_v2'],
  }),
  setting({
    id: 'east-asian-password',
    kind: 'secret.password',
    about: 'Password named in Chinese, Japanese or Korean.',
    misses: 'Passwords of letters only.',
    patterns: ['(?:密码|密碼|口令|パスワード|비밀번호)[\'"`]?(?:是|为|為|は|는|은|[:：=])[ \\t]*[!-~]{6,64}'],
    value: /[!-~]+$/,
    judge: password,
    positive: [`密码是‹${PASSWORD}›`, `パスワードは‹${PASSWORD}›です`],
    negative: ['密码是string', 'パスワード：<password>'],
  }),
  setting({
    id: 'seed-phrase',
    kind: 'secret.seed-phrase',
    about: 'Seed phrase of a wallet: 12 to 24 small words behind a word such as mnemonic.',
    misses: 'Phrases without such a word before them; the words are not looked up.',
    patterns: [
      '(?:mnemonic|seed[ _-]?phrase|recovery[ _-]?phrase|seed[ _-]?words|backup[ _-]?phrase)(?:[ \\t]is)?["\'\\x60]?[ \\t]*[:=]?[ \\t]*["\'\\x60]?(?:[a-z]{3,8} ){11,23}[a-z]{3,8}',
    ],
    value: /(?:[a-z]{3,8} ){11,23}[a-z]{3,8}$/i,
    judge: (value) =>
      /\b(?:the|and|that|with|for|are|was|not|you)\b/.test(value) || value !== value.toLowerCase()
        ? false
        : 0.8,
    positive: [`mnemonic: "‹${PHRASE}›"`],
    negative: ['mnemonic: the words that you have to write down and keep with you for all the time'],
  }),
];
