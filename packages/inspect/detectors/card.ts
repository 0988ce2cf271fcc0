// Payment card numbers, in one run or in the groups in which they are printed.
import { isCard } from '../checks/card.ts';
import { near } from '../checks/context.ts';
import type { Detector } from '../detector.ts';

const SEPARATOR = '[ \\u00a0\\u2009\\u202f.-]';

/** Length of the longest prefix of whole groups that is a card number; a code or a date may follow it. 0: none. */
function cardLength(text: string): number {
  const separators = [...text.matchAll(/\D/g)];
  for (let end = text.length, i = separators.length; i >= 0; i -= 1, end = separators[i]?.index ?? 0) {
    const part = text.slice(0, end);
    // One kind of separator throughout, or none.
    if (new Set(part.replace(/\d/g, '')).size <= 1 && isCard(part.split(/\D/))) return end;
  }
  return 0;
}

export const card: readonly Detector[] = [
  {
    id: 'payment-card',
    kind: 'pii.card',
    about:
      'Payment card number of the known networks: issuer range, length, grouping and Luhn checksum are verified.',
    source: 'https://www.iso.org/standard/70484.html',
    family: 'digits',
    patterns: [`\\b[0-9](?:${SEPARATOR}?[0-9]){11,22}\\b`],
    check: ({ text, left }) => {
      const length = cardLength(text);
      if (length === 0 || /\d[.,]$|[0-9a-f]{4}-$|[$€£#_]$/i.test(left)) return false;
      const digits = text.slice(0, length).replace(/\D/g, '').length;
      const spoken = near(
        left,
        /card|visa|master|amex|express|discover|diners|jcb|credit|debit|karte|carte|tarjeta|pan\b|cc\b/i,
        64,
      );
      // Old and rare lengths collide with time stamps and ids: one number in ten passes Luhn.
      if (digits < 14 && !spoken) return false;
      if (digits > 16 && !spoken && length === digits) return 0.4;
      return spoken || length > digits ? 0.98 : 0.85;
    },
    trim: ({ text }) => [0, cardLength(text)],
    examples: {
      positive: [
        'Card ‹4111 1111 1111 1111›.',
        '‹5555555555554444›',
        'amex ‹3782-822463-10005›, thanks',
        '{"pan":"‹6011000990139424›"}',
        '‹4012-8888-8888-1881› 12/27',
        'visa ‹4222222222222›',
        '‹3530111333300000›',
        'mir: ‹2200 0000 0000 0004›',
        'Pay with ‹4111 1111 1111 1111› 123',
      ],
      negative: [
        '4111 1111 1111 1112',
        '1234567812345670',
        'order 1700000000000',
        '0.4111111111111111',
        '0000 0000 0000 0000',
        '1111-2222-3333-4444',
        '4111 11 11111 11111',
        'f47ac10b-58cc-4372-a567-411111111111',
      ],
      evasive: [{ text: 'Card 4111 1111\u200b 1111 1111 ok', view: 'folded' }],
    },
  },
];
