// E-mail addresses. Source: RFC 5321 section 4.1.2 and RFC 6531 for letters beyond ASCII.
import type { Detector } from '../detector.ts';

/** Letters of names in Latin, Greek and Cyrillic; scripts written without blanks would swallow the sentence before. */
const LETTERS = 'A-Za-z\\u00c0-\\u024f\\u0370-\\u04ff';
const LOCAL = `[${LETTERS}0-9.!#$%&'*+/=?^_\\x60{|}~-]`;

/** File name endings that stand after an at sign in names of images: icon@2x.png. */
const FILE =
  /@[\w-]+\.(?:png|jpe?g|gif|svg|webp|ico|css|scss|js|mjs|ts|tsx|jsx|json|html?|md|map|woff2?|ttf|pdf|zip|gz|tgz)$/i;

export const email: readonly Detector[] = [
  {
    id: 'email',
    kind: 'pii.email',
    about:
      'E-mail address, also with letters beyond ASCII; image names, package versions and git remotes excepted.',
    source: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2',
    family: 'word',
    patterns: [
      `[${LETTERS}0-9_]${LOCAL}{0,63}@(?:[${LETTERS}0-9](?:[${LETTERS}0-9-]*[${LETTERS}0-9])?\\.)+[${LETTERS}]{2,24}`,
      `"[^"\\s@]{1,62}"@(?:[A-Za-z0-9-]+\\.)+[A-Za-z]{2,24}`,
      `[A-Za-z0-9._%+-]{1,64}@\\[[0-9]{1,3}(?:\\.[0-9]{1,3}){3}\\]`,
    ],
    check: ({ text, left }) => {
      const local = text.slice(0, text.lastIndexOf('@'));
      if (FILE.test(text) || /^(?:git|hg|svn)$/i.test(local) || local.endsWith('.') || local.includes('..'))
        return false;
      // What is left of an address whose beginning was refused is no address.
      if (/[A-Za-z0-9_.+-]$/.test(left)) return false;
      // user:password@host of a URL is the connection string's.
      if (/:\/\/[^\s/@]*$/.test(left) || /:\/\//.test(local)) return false;
      return /@(?:.*\.)?example\.(?:com|org|net)$|\.(?:invalid|test|example)$/i.test(text) ? 0.6 : 0.95;
    },
    trim: ({ text }) => {
      // A query, an assignment or a path in front is made of the same characters as a local part.
      const at = text.lastIndexOf('@');
      const before = Math.max(
        text.lastIndexOf('=', at),
        text.lastIndexOf('/', at),
        text.lastIndexOf('|', at),
        text.lastIndexOf('{', at),
        text.lastIndexOf('}', at),
        text.lastIndexOf('?', at),
        text.lastIndexOf('&', at),
      );
      return [before + 1 < at ? before + 1 : 0, text.length];
    },
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
