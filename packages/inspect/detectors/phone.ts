// Telephone numbers: international with calling code, national by their grouping, others by the words before them.
import { near } from '../checks/context.ts';
import { callingCode, isNationalRun, isNationalShape, shapeOf } from '../checks/phone.ts';
import type { Detector } from '../detector.ts';

const SPOKEN =
  /phone|\btel\b|tel[:.]|mobile?\b|\bcell|\bfax|whats ?app|\bsms\b|\bcall(?: me| us| him| her| them)?\b(?!s)|\bdial|hotline|\bring\b|\btext me|\bcontact\b|call ?back|telefon|handy|mobil|rufnummer|ruf mich|t[ée]l[ée]phone|portable|appel|m[óo]vil|ll[áa]m|telefone|celular|cellulare|тел|звон|电话|手机|電話|携帯|전화|number is|reach (?:me|us|him|her)|msisdn|pager/i;

/** Dates and ranges of years. */
const DATE =
  /^(?:\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}|\d{1,2}[-./]\d{1,2}[-./]\d{2}|(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|(?:19|20)\d{2} ?[-–] ?(?:19|20)\d{2}|\d{4}-\d{2}-\d{2}[ -]\d{2,4})$/;

const GAP = '[ \\u00a0\\u2009\\u202f.\\-\\u2010-\\u2013/()]{0,3}';
const EXTENSION = '(?:[ ]?(?:;ext=|ext\\.?|extension|x|#)[ ]?[0-9]{1,6})?';

const core = (text: string): string => text.replace(/[ ]?(?:;ext=|ext|x|#).*$/i, '');

/** What no number follows: a word, a sum, a path, a call of a function, another number. */
const GLUED = /[\w.+$€£%/\\-]$|[\w+]\($|\+ \($|\d $/;

/** Groups of three after a comma belong to one large number; a whole telephone number is the next column. */
const isThousands = (text: string, left: string): boolean =>
  /\d,$/.test(left) && !/^\(?\d(?:[^,]?\d){8,}/.test(text);

/** Where a number may end within a match that went on into other digits: whole groups, the longest first. */
function* endings(text: string): Generator<number> {
  yield text.length;
  const groups = [...text.matchAll(/\d(?=[^\d])/g)];
  for (const group of groups.reverse()) yield group.index + 1;
}

/** The number that begins the match, if there is one: in a national grouping, or in any when a word announced it. */
function readNational(text: string, left: string): { end: number; confidence: number } | undefined {
  const spoken = near(left, SPOKEN, 40);
  for (const end of endings(text)) {
    const number = core(text.slice(0, end));
    const digits = number.replace(/\D/g, '');
    if (digits.length < 6) return undefined;
    if (DATE.test(number) || /^(\d)\1+$/.test(digits)) continue;
    if (isNationalShape(number)) return { end, confidence: spoken ? 0.95 : 0.7 };
    // A run that begins a text is not one: words read in other ways, as from the end, begin with any digits.
    if (isNationalRun(number) && !spoken && left !== '') return { end, confidence: 0.45 };
    if (!spoken || digits.length < 7 || digits.length > 12) continue;
    // At most five groups, none of them long and only one of a single digit.
    if (/^\(?9{1,12}\)?(?:[ ./-]{1,3}\(?9{2,8}\)?){0,4}$/.test(shapeOf(number)))
      return { end, confidence: 0.75 };
  }
  return undefined;
}

export const phone: readonly Detector[] = [
  {
    id: 'phone-international',
    kind: 'pii.phone',
    about: 'Telephone number with + or 00 and a calling code; the length must be one of that country.',
    source: 'https://www.itu.int/rec/T-REC-E.164',
    family: 'digits',
    patterns: [
      `\\+[ ]?\\(?[0-9](?:${GAP}[0-9]){6,16}${EXTENSION}`,
      `\\b00[1-9](?:${GAP}[0-9]){7,16}${EXTENSION}`,
    ],
    check: ({ text, left, pattern }) => {
      const digits = core(text)
        .replace(/\D/g, '')
        .slice(pattern === 1 ? 2 : 0);
      if (/[\w.+)]$/.test(left) || callingCode(digits) === 0) return false;
      const spoken = near(left, SPOKEN, 48);
      // Without separators, 00 begins many other numbers.
      if (pattern === 1 && !spoken && !/\D/.test(core(text))) return false;
      return /^(\d)\1{5,}$/.test(digits.slice(3)) ? false : 0.9;
    },
    examples: {
      positive: [
        'Call ‹+1 (415) 555-2671›.',
        '‹+49 30 901820› oder',
        '{"phone":"‹+442079460958›"}',
        'tel:‹+33-6-12-34-56-78›',
        'mobil ‹0049 151 23456789›',
        '‹+91 98765 43210›, ‹+86 138 0013 8000›',
        '‹+44 (0)20 7946 0958›',
        '‹+1-202-555-0143 ext. 12›',
      ],
      negative: [
        '+1234',
        'x+4915123456789',
        '1e+10 20 30 40 50',
        'a +999 1234567',
        '0012345678901234',
        '+0 123 456 789',
        'UTC+01:00 2024',
      ],
      evasive: [{ text: 'Call +1 (415)\u200b 555-2671 now', view: 'folded' }],
    },
  },
  {
    id: 'phone-national',
    kind: 'pii.phone',
    about:
      'Telephone number without calling code: by national grouping, or by a word such as phone, call or fax before it.',
    family: 'digits',
    patterns: ['\\b', '\\('].map((start) => `${start}[0-9](?:${GAP}[0-9]){6,12}${EXTENSION}`),
    check: ({ text, left }) => {
      if (GLUED.test(left) || (/#$/.test(left) && !near(left, SPOKEN, 40)) || isThousands(text, left))
        return false;
      return readNational(text, left)?.confidence ?? false;
    },
    trim: ({ text, left }) => [0, readNational(text, left)?.end ?? text.length],
    examples: {
      positive: [
        '‹(415) 555-2671›.',
        'call ‹415-555-2671› or',
        '‹415.555.2671›',
        '‹020 7946 0958›',
        'Tél : ‹06 12 34 56 78›',
        '‹030 / 9018200›',
        '‹07700 900123›',
        'phone: ‹4155552671›',
        '"mobile":"‹0151 23456789›"',
        'móvil ‹612 34 56 78›',
        '‹98765 43210›',
        '‹(11) 91234-5678›',
        '17,Jane Roe,‹0257 464 686›,x',
        '17,‹0257 464 686›',
        '‹(01632)960993›',
        '‹0409.111.146›',
        'or ‹08-464 686 95› then',
        'use ‹04942055526› or',
        'use ‹13924610738› or',
        '‹01 2667 869›',
        'Call me at ‹12 34 56 78›.',
      ],
      negative: [
        '2024-01-02',
        '01-02-2024',
        '1 234 567',
        '1999 - 2024',
        '4155552671',
        '1,234 567 890',
        'order 00123456789',
        'pull/122#issuecomment-1627354490',
        '3.14159265358979',
        '192.168.10.12',
        '12345678',
        'f47ac10b-58cc-4372',
        '0.123456789',
        '$1 234 567 890',
        'ISBN 978-3-16-148410-0',
        'call 911',
        '10:11:12 2024',
      ],
      evasive: [{ text: 'Call me: (415)\u200b 555-2671 now', view: 'folded' }],
    },
  },
];
