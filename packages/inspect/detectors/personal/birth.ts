// Dates of birth: any way of writing a day, after words that say that somebody was born on it.
import { near } from '../../checks/context.ts';
import type { Detector } from '../../detector.ts';

const BORN =
  /\bborn\b|\bd\.?o\.?b\b|birth[ _-]?(?:date|day)|birthday|date[ _-]?of[ _-]?birth|\bbirth\b|geb(?:\.|oren|urts)|n[ée]{2}? le\b|né\(?e?\)? le|naissance|nacimiento|nacid[oa]|nascita|nat[oa] il|nascimento|nascid[oa]|geboorte|urodz|född|født|syntynyt|naroz|doğum|рожд|出生|生年月日|생년월일/i;

const MONTHS =
  'jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fév|avr|juin|juil|aoû|déc|maio|out';

export const birth: readonly Detector[] = [
  {
    id: 'date-of-birth',
    kind: 'pii.date-of-birth',
    about:
      'Date of birth: a day in figures or with a month in words, after words that speak of a birth, in many languages.',
    misses:
      'Dates of birth that nothing announces, and columns of a table whose head stands further off than half a line.',
    family: 'digits',
    ignoreCase: true,
    patterns: [
      '\\b[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}\\b',
      `\\b[0-9]{1,2}(?:st|nd|rd|th)?[. -]{1,2}(?:de )?(?:${MONTHS})[a-zéûç]{0,7}[., -]{1,2}(?:de )?[0-9]{2,4}\\b`,
      `\\b(?:${MONTHS})[a-z]{0,7}\\.? [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}\\b`,
    ],
    check: ({ left }) => (near(left, BORN, 32) ? 0.9 : false),
    maxLength: 48,
    examples: {
      positive: [
        'DOB: ‹04/12/1987›',
        'She was born on ‹12 March 1987›.',
        '{"birth_date": "‹1987-03-12›"}',
        'geboren am ‹12.03.1987›',
        'date of birth ‹March 12, 1987›',
        'né le ‹12/03/1987›',
      ],
      negative: ['due on 04/12/2027', 'released 12 March 2024', 'version 1.2.3'],
      evasive: [{ text: 'DOB: 04/12\u200b/1987', view: 'folded' }],
    },
  },
];
