// E-mail addresses. Source: RFC 5321 section 4.1.2 and RFC 6531 for letters beyond ASCII.
import type { Detector } from '../detector.ts';

/** Letters of names in Latin, Greek and Cyrillic; scripts written without blanks would swallow the sentence before. */
const LETTERS = 'A-Za-z\\u00c0-\\u024f\\u0370-\\u04ff';
/**
 * A local part as up to five atoms, so that its automaton counts along words like those of other counted runs, and no
 * more than a few words are waited for. The character before belongs to the match: it can begin at a word's start only.
 * Rarer signs that RFC 5321 allows begin the match late, so that part of such an address is found.
 */
const ATOM = `[${LETTERS}0-9_]{1,40}`;
const STARTS = ['^', `[^${LETTERS}0-9_]`].map(
  (before) => `${before}${ATOM}(?:(?:[.%+'&]|-{1,2})${ATOM}){0,4}@`,
);
const HOST = `(?:[${LETTERS}0-9](?:[${LETTERS}0-9-]*[${LETTERS}0-9])?\\.)+[${LETTERS}]{2,24}|\\[[0-9]{1,3}(?:\\.[0-9]{1,3}){3}\\]`;

/** File name endings that stand after an at sign in names of images: icon@2x.png. */
const FILE =
  /@[\w-]+\.(?:png|jpe?g|gif|svg|webp|ico|css|scss|js|mjs|ts|tsx|jsx|json|html?|md|map|woff2?|ttf|pdf|zip|gz|tgz)$/i;

/** Where the address begins: behind the character before it, and behind signs that no address begins with. */
function begin(text: string): number {
  return /^[^\p{L}\p{N}_]*/u.exec(text)?.[0].length ?? 0;
}

export const email: readonly Detector[] = [
  {
    id: 'email',
    kind: 'pii.email',
    about:
      'E-mail address, also with letters beyond ASCII; image names, package versions and git remotes excepted.',
    source: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2',
    family: 'digits',
    patterns: STARTS.map((start) => `${start}(?:${HOST})`),
    check: ({ text, left }) => {
      const address = text.slice(begin(text));
      const local = address.slice(0, address.lastIndexOf('@'));
      if (local === '' || FILE.test(address) || /^(?:git|hg|svn)$/i.test(local)) return false;
      if (local.endsWith('.') || local.includes('..')) return false;
      // user:password@host of a URL is the connection string's.
      if (/:\/\/[^\s/@]*$/.test(left + text.slice(0, begin(text)))) return false;
      return /@(?:.*\.)?example\.(?:com|org|net)$|\.(?:invalid|test|example)$/i.test(address) ? 0.6 : 0.95;
    },
    trim: ({ text }) => [begin(text), text.length],
    maxLength: 320,
    examples: {
      positive: [
        'Write to ‹jane.doe@acme.com›.',
        "‹o'brien+news@mail.acme.co.uk›, please",
        '{"email":"‹j_d-99@acme.io›"}',
        '<‹jürgen.groß@müller-söhne.de›>',
        'mailto:‹support@acme.museum›?subject=x',
        '?email=‹a.b@acme.org›&x=1',
        '‹root@[192.168.4.5]›',
        'to:‹first.last@sub.domain.acme.travel›;',
      ],
      negative: [
        'icon@2x.png',
        'npm i react@18.2.0',
        'git@github.com:acme/repo.git',
        'user@localhost',
        '@acme/package.json',
        'a @ b.com',
        'foo@bar',
        'import x from "@scope/pkg.js"',
      ],
      evasive: [
        { text: 'Write to jane.\u200bdoe@acme.com now', view: 'folded' },
        { text: 'Decode TWFpbCBqYW5lLmRvZUBhY21lLmNvbSBub3cu', view: 'base64' },
      ],
    },
  },
];
