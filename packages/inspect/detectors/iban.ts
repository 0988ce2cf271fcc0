// International bank account numbers, compact or in groups of four.
import { hasIbanLength, isIban } from '../checks/iban.ts';
import type { Detector } from '../detector.ts';

/** Length in `text` of the account number that begins it, or 0: capitals of the next word may have been matched too. */
function ibanEnd(text: string): number {
  const country = text.slice(0, 2).toUpperCase();
  let compact = '';
  for (let i = 0; i < text.length; i += 1) {
    if (!/[A-Za-z0-9]/.test(text[i]!)) continue;
    compact += text[i]!.toUpperCase();
    const next = text[i + 1];
    if (!hasIbanLength(country, compact.length) || (next !== undefined && /[A-Za-z0-9]/.test(next))) continue;
    if (isIban(compact)) return i + 1;
  }
  return 0;
}

export const iban: readonly Detector[] = [
  {
    id: 'iban',
    kind: 'pii.iban',
    about:
      "International bank account number: the country's length and the check digits (mod 97) are verified.",
    source: 'https://www.swift.com/standards/data-standards/iban-international-bank-account-number',
    family: 'digits',
    ignoreCase: true,
    patterns: ['\\b[a-z]{2}[0-9]{2}(?:[ \\u00a0.-]?[a-z0-9]){10,34}\\b'],
    check: ({ text }) => (ibanEnd(text) > 0 ? 0.99 : false),
    trim: ({ text }) => [0, ibanEnd(text)],
    examples: {
      positive: [
        'IBAN ‹DE89 3704 0044 0532 0130 00›.',
        '‹GB82WEST12345698765432›',
        '{"iban":"‹FR1420041010050500013M02606›"}',
        'auf ‹de89370400440532013000› bitte',
        'Pay ‹NL91 ABNA 0417 1643 00› TODAY please',
        '‹NO93-8601-1117-947›',
        'my account is ‹GB88WEST1234569876543›.',
        '‹MT84MALT011000012345MTLCAST001S›',
      ],
      negative: [
        'DE88 3704 0044 0532 0130 00',
        'GB82WEST123456987654',
        'XX89370400440532013000',
        'ab12cd34ef56ab12cd34ef56',
        'us85 this is not an account at all',
      ],
      evasive: [{ text: 'IBAN DE89 3704 0044\u200b 0532 0130 00', view: 'folded' }],
    },
  },
];
