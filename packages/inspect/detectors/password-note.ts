// Passwords as people note them down for each other: `pw: …`, `ssh bob@10.0.0.7 (bob/…)`, `비번 …`, `password for bob: …`. The
// value is found by its form, and then what stands before it says that it is a password. Names with an operator right before
// the value are ./assignment.ts's.

import { isPlaceholder, isSequence } from '../checks/placeholder.ts';
import { randomness } from '../checks/randomness.ts';
import type { Detector } from '../detector.ts';
import { sample } from './row.ts';

/** Names of a password, short ones and those of Korean notes among them, and how far before the value they may stand. */
const NAMED =
  /(?:^|[^a-z])[\w-]*?(?:[/_&(:. -]|\b|^)(?:pw|p\/w|pwd|pass|passw(?:or)?ds?|paasword|passowrd|psw|login|creds?|credentials?|secret|pin|비번|비밀번호|암호|패스워드)(?![a-z]{2})[^\n"'`]{0,28}$/i;
/** `10.0.0.7 (bob/`, `bob@10.0.0.7 --> bob/`: an account on a machine. */
const ACCOUNT = /(?:\d{1,3}\.){3}\d{1,3}[^\n]{0,24}?[\s(>:][a-z][\w.-]{1,24}\/$/i;
/** What is said of a value that is no password, between its name and the value. */
const OTHER =
  /hash|digest|sha|md5|version|release|commit|build|revision|uuid|\bid\b\s*:?$|https?:|function|class|import|require|return|[;{}=]/i;

/** Letters of both cases and digits, or letters, digits and signs, that do not read like a name in code. */
function strong(value: string): boolean {
  if (value.length < 8 || value.length > 40 || isPlaceholder(value) || isSequence(value)) return false;
  const signs = /[!@#$%^&*]/.test(value);
  const cases = /[a-z]/.test(value) && /[A-Z]/.test(value);
  return (signs || cases) && randomness(value) > (signs && cases ? 0.6 : 2);
}

function judge(value: string, left: string): number | false {
  if (!strong(value)) return false;
  const near = left.slice(-48);
  const named = NAMED.exec(near);
  if (named) {
    const behind = named[0].slice(-28);
    return OTHER.test(behind) ? false : 0.6;
  }
  return ACCOUNT.test(left) ? 0.6 : false;
}

const PASSWORD = `Ks7${sample('letters', 5, 'note')}#4`;

export const passwordNote: readonly Detector[] = [
  {
    id: 'password-note',
    kind: 'secret.password',
    about:
      'Password in a note, a ticket or a chat: drawn letters, digits and signs behind a name such as pw, pass or 비번, or as account/password behind the address of a machine.',
    misses: 'Passwords of fewer than 8 characters, of words and digits, of one case without a sign.',
    family: 'digits',
    patterns: ['[\\s:(/,=)\\-는은][A-Za-z][A-Za-z!@#$%^&*]{0,14}[0-9][A-Za-z0-9!@#$%^&*]{0,24}'],
    check: ({ text, left }) => judge(text.slice(1), left + text[0]),
    trim: ({ text }) => [1, text.length],
    examples: {
      positive: [
        `ID: bob PW: ‹${PASSWORD}›`,
        `ssh bob@10.1.2.3 (bob/‹${PASSWORD}›)`,
        `비밀번호는 ‹${PASSWORD}›`,
        `password for bob: ‹${PASSWORD}›`,
        `ID/PW - bob/‹${PASSWORD}›`,
      ],
      negative: [
        'password hash PBKDF2WithHmacSHA1',
        'the password of Base64Url',
        'pass v2.3.1-rc4',
        'credentials OAuth2Client',
        '10.1.2.3 (see docs/Log4jAppender)',
        'pw: Xxxxxxx1234',
      ],
      evasive: [{ text: `비밀번호는 ${PASSWORD.slice(0, 4)}\u200b${PASSWORD.slice(4)}`, view: 'folded' }],
    },
  },
];
