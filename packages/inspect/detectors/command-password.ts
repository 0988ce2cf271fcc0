// Passwords that stand behind a blank: options of commands, statements of databases and devices, sentences.
import { judgePassword } from '../checks/assigned.ts';
import { isPlaceholder } from '../checks/placeholder.ts';
import { randomness } from '../checks/randomness.ts';
import type { Detector, Match } from '../detector.ts';
import { sample } from './row.ts';

const PASSWORD = `${sample('letters', 5, 'command')}${sample('digits', 3, 'command')}!x`;

/** Commands, and the option in which each takes a password. */
const COMMANDS: readonly (readonly [command: RegExp, option: RegExp])[] = [
  [
    /\b(?:sshpass|(?:docker|podman|oc|az|helm|nerdctl)\b[^\n|;&]*\blogin|psexec\S*|mongo\w*|winexe)\b[^\n|;&]*$/i,
    /^-p ?/,
  ],
  [/\b(?:mysql\w*|mariadb[\w-]*|7z\w?|rar|unrar)\b[^\n|;&]*$/i, /^-p(?! )/],
  [/\b(?:zip|unzip)\b[^\n|;&]*$/, /^-P ?/],
  [/\bredis-cli\b[^\n|;&]*$/, /^-a ?/],
  [/\bldap\w+\b[^\n|;&]*$/, /^-w ?/],
  [/\bsnmp\w+\b[^\n|;&]*$/, /^-c ?/],
  [/\bopenssl\b[^\n|;&]*$/, /^-k ?/],
  [/\b(?:xfreerdp|wfreerdp|rdesktop)\b[^\n|;&]*$/, /^(?:\/p:|-p ?)/],
  [/\b(?:smbclient|rpcclient|net)\b[^\n|;&]*$/, /^-U ?[^\s%]+%/],
  [/\b(?:http|https|xh)\b[^\n|;&]*$/, /^-a ?[^\s:]+:/],
];

/** A blank and an option that some command takes a password in. */
const FLAGGED = /^[ \t](?:\/p:|-[pPawcUk] ?)/;

function optionSpan({ text, left }: Match): readonly [number, number] | undefined {
  const body = text.slice(1);
  for (const [command, option] of COMMANDS) {
    const head = option.exec(body)?.[0];
    if (head === undefined || !command.test(left)) continue;
    const quote = /^["']?/.exec(body.slice(head.length))![0].length;
    return [1 + head.length + quote, text.length];
  }
  return undefined;
}

const valueIn = ({ text }: Match, [from, to]: readonly [number, number]): string => text.slice(from, to);

/** The value between quotes at the end of the match. */
function quotedSpan({ text }: Match): readonly [number, number] {
  const quote = text.at(-1)!;
  return [text.lastIndexOf(quote, text.length - 2) + 1, text.length - 1];
}

/** Behind the last blank. */
const lastWord = ({ text }: Match): readonly [number, number] => [
  text.search(/[^\s"'`“«:]+["'`”».,;:!?)]*$/),
  text.replace(/["'`”».,;:!?)]+$/, '').length,
];

/** Without an operator or quotes only a value of both cases and digits will do: words follow the word password. */
const isStrong = (value: string): boolean =>
  value.length >= 8 &&
  /[a-z]/.test(value) &&
  /[A-Z]/.test(value) &&
  /\d/.test(value) &&
  !isPlaceholder(value) &&
  randomness(value) > 0.8 &&
  judgePassword(value, true) !== false;

const NAMES =
  '(?:password|passwd|passphrase|passwort|kennwort|mot de passe|contrase(?:ñ|n)a|senha|пароль|token|api key|secret)';

export const commandPassword: readonly Detector[] = [
  {
    id: 'command-password',
    kind: 'secret.password',
    about:
      'Password in an option of a command that takes one: sshpass, mysql, docker login, redis-cli, ldapsearch, zip and others.',
    misses: 'Other commands, and options more than 96 characters behind the command.',
    family: 'word',
    patterns: ['[ \\t](?:/p:|-[pPawcUk] ?)["\']?[^\\s"\'\\x60]{4,}'],
    check: (match) => {
      const span = FLAGGED.test(match.text) ? optionSpan(match) : undefined;
      if (span === undefined) return false;
      const value = valueIn(match, span);
      // Nothing but a password stands there; of words, those that hold the place of one do not count.
      const word =
        /\bpsexec/i.test(match.left) && !isPlaceholder(value) && !/^(?:pass(?:word)?|pwd)$/i.test(value);
      return judgePassword(value, true) || word ? 0.8 : false;
    },
    trim: (match) => optionSpan(match) ?? [0, match.text.length],
    examples: {
      positive: [
        `sshpass -p ‹${PASSWORD}› ssh root@10.1.1.1`,
        `mysql -u root -p‹${PASSWORD}› shop`,
        `docker login -u bob -p ‹${PASSWORD}› registry.acme.com`,
        `redis-cli -h x -a '‹${PASSWORD}›' ping`,
        `smbclient //srv/share -U bob%‹${PASSWORD}›`,
      ],
      negative: [
        'mkdir -p src/components/v2',
        'docker run -p 8080:8080 image',
        'mysql -u root -p shop2',
        'sshpass -p "$PASSWORD" ssh root@host',
      ],
      evasive: [{ text: `sshpass -\u200bp ${PASSWORD} ssh root@h`, view: 'folded' }],
    },
  },
  {
    id: 'quoted-password',
    kind: 'secret.password',
    about:
      'Password in quotes behind a word and a blank: IDENTIFIED BY and PASSWORD of SQL, pre-shared keys, ConvertTo-SecureString, NetworkCredential.',
    misses: 'Letters alone, and statements spread over lines.',
    family: 'word',
    ignoreCase: true,
    patterns: [
      '(?:identified (?:with [a-z0-9_]+ )?(?:by|as)(?: password)?|\\bpassword|\\bpassphrase|\\bpsk|convertto-securestring(?: -string)?) ["\'][^"\'\\s]{5,}["\']',
      'networkcredential\\(["\'][^"\'\\s]+["\'], ?["\'][^"\'\\s]{5,}["\']',
      'directoryentry\\(\\s{0,8}["\'][^"\'\\s]+["\'],\\s{0,32}["\'][^"\'\\s]+["\'],\\s{0,32}["\'][^"\'\\s]{5,}["\']',
    ],
    check: (match) => judgePassword(valueIn(match, quotedSpan(match)), true),
    trim: quotedSpan,
    examples: {
      positive: [
        `CREATE USER bob IDENTIFIED BY '‹${PASSWORD}›';`,
        `ALTER ROLE app WITH PASSWORD '‹${PASSWORD}›';`,
        `: PSK "‹${PASSWORD}›"`,
        `ConvertTo-SecureString "‹${PASSWORD}›" -AsPlainText -Force`,
        `new NetworkCredential("bob", "‹${PASSWORD}›")`,
      ],
      negative: [
        "CREATE USER bob IDENTIFIED BY '<password>';",
        'the password "string" is a type',
        "ALTER USER app WITH PASSWORD '$PASSWORD';",
      ],
      evasive: [{ text: `identified b\u200by '${PASSWORD}'`, view: 'folded' }],
    },
  },
  {
    id: 'spoken-password',
    kind: 'secret.password',
    about:
      'Password or token named in a sentence or a line without an operator: "with password …", "the password for … is …", netrc; both cases and digits needed.',
    misses: 'Passwords of one case, without digits or below eight characters, and other wordings.',
    family: 'word',
    ignoreCase: true,
    patterns: [
      `\\b${NAMES}[ \\t]{1,2}["'\\x60“«]?[^\\s"'\\x60]{8,64}`,
      `\\b${NAMES} (?:for|of|to|für|von|pour|de|du|del|della|do|da|для)\\b[^\\n.:]{1,40}(?:\\b(?:is|was|ist|lautet|est|es)|è|é|:) ["'\\x60“«]?[^\\s"'\\x60]{8,64}`,
    ],
    check: (match) => {
      const value = valueIn(match, lastWord(match));
      // `login bob password …` of .netrc says that any value is one.
      const netrc = /\blogin\s+\S+\s+$/.test(match.left) && /\d/.test(value) && !isPlaceholder(value);
      return isStrong(value) || netrc ? 0.7 : false;
    },
    trim: lastWord,
    examples: {
      positive: [
        `machine api.acme.com login bob password ‹${PASSWORD}›\n`,
        `Log in as bob with password ‹${PASSWORD}› please.`,
        `The password for the admin account is ‹${PASSWORD}›.`,
        `Das Passwort für den Server ist ‹${PASSWORD}›.`,
      ],
      negative: [
        'The password must contain characters of three kinds.',
        'password authentication2 for PostgreSQL',
        'The password for the admin account is set by Terraform2Go.',
        'password PBKDF2-HMAC-SHA256',
      ],
      evasive: [{ text: `with pass\u200bword ${PASSWORD} please`, view: 'folded' }],
    },
  },
];
