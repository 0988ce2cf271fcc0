// Invisible text: characters that carry a message and show nothing, or reorder what is shown. Only the raw reading has them.
import type { Detector } from '../detector.ts';

const TAGS = [...'ignore']
  .map((letter) => `\udb40${String.fromCharCode(0xdc00 + letter.charCodeAt(0))}`)
  .join('');

/** Emoji flags of regions are written with tag characters: black flag, up to six tags, cancel tag. */
const FLAG = /\ud83c\udff4(?:\udb40[\udc00-\udc7f])*$/;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

export const hiddenText: readonly Detector[] = [
  {
    id: 'hidden-text',
    kind: 'exfil.hidden-text',
    about:
      'Unicode tag characters, runs of zero-width characters or variation selectors, and bidirectional overrides.',
    source: 'https://www.unicode.org/reports/tr36/',
    family: 'literal',
    patterns: [
      '(?:\\udb40[\\udc00-\\udc7f])+',
      '[\\u200b-\\u200d\\u2060-\\u2064\\ufeff\\u180e\\u00ad\\u034f\\u115f\\u1160\\u3164\\uffa0\\u206a-\\u206f]{2,}',
      '(?:\\udb40[\\udd00-\\uddef]|[\\ufe00-\\ufe0f]){2,}',
      '[\\u202a\\u202b\\u202d\\u202e\\u2066\\u2067]',
    ],
    check: ({ text, left, pattern }) => {
      if (pattern === 0) return text.length <= 14 && FLAG.test(left) ? false : 0.95;
      if (pattern === 1)
        return /^(.)\1$/.test(text) || text.length < 4 ? (text.length < 3 ? false : 0.5) : 0.9;
      if (pattern === 2) return text.length < 4 ? false : 0.9;
      if (RIGHT_TO_LEFT.test(left)) return false;
      return /[\u202d\u202e]/.test(text) ? 0.85 : 0.5;
    },
    maxLength: 16_384,
    examples: {
      positive: [
        `Hi‹${TAGS}› there`,
        'a‹\u200b\u200c\u200d\u200b\u200c\u200b›b',
        'x‹\udb40\udd01\udb40\udd22\udb40\udd33›',
        'if (a) {‹\u202e› }',
      ],
      negative: [
        'plain',
        'family 👨\u200d👩\u200d👧',
        'flag 🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f',
        'heart ❤\ufe0f',
        'می\u200cخواهم',
        '\ufeffbyte order mark',
        'שלום \u202btext',
      ],
    },
  },
];
