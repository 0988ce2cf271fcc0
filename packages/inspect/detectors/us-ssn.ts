// United States social security numbers.
import { near } from '../checks/context.ts';
import { isSsn } from '../checks/ssn.ts';
import type { Detector } from '../detector.ts';

const SPOKEN = /\bssns?\b|\bss#|social[ _-]?security|\bsoc(?:ial)?[. _-]?sec|\bss(?:n|no)\b|ssn/i;

export const usSsn: readonly Detector[] = [
  {
    id: 'us-ssn',
    kind: 'pii.us-ssn',
    about:
      'US social security number: area, group and serial must be possible; without dashes only near its name.',
    source: 'https://www.ssa.gov/employer/randomization.html',
    family: 'digits',
    patterns: [
      '\\b[0-9]{3}[-\\u2010-\\u2015][0-9]{2}[-\\u2010-\\u2015][0-9]{4}\\b',
      '\\b[0-9]{3}[ .\\u00a0][0-9]{2}[ .\\u00a0][0-9]{4}\\b',
      '\\b[0-9]{9}\\b',
    ],
    check: ({ text, left, pattern }) => {
      if (!isSsn(text.replace(/\D/g, '')) || /[\d.][-.+]$|[$€£#]$|\+\d{0,3} ?$/.test(left)) return false;
      const spoken = near(left, SPOKEN, 64);
      if (spoken) return 0.95;
      if (pattern === 0)
        return /\b(?:order|ticket|case|part|serial|invoice|isbn|phone|fax|tel)\b[^.]{0,16}$/i.test(left)
          ? false
          : 0.85;
      return pattern === 1 && !/[\d,]\s?$/.test(left) ? 0.5 : false;
    },
    examples: {
      positive: [
        'SSN ‹536-22-1234›.',
        'My social security number is ‹536221234›.',
        'id ‹219-09-1234› here',
        '{"ssn":"‹536 22 1234›"}',
        '‹123-45-6789›',
      ],
      negative: [
        '000-12-3456',
        '666-12-3456',
        '912-12-3456',
        '536-00-1234',
        '536-22-0000',
        'order 536221234',
        '078-05-1120',
        'part 536-22-1234',
        '1-536-22-1234',
        '536-22-12345',
      ],
      evasive: [{ text: 'SSN 536-22\u200b-1234 ok', view: 'folded' }],
    },
  },
];
