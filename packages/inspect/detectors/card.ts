// Payment card numbers, in one run or in the groups in which they are printed.
import { isCard } from '../checks/card.ts';
import { near } from '../checks/context.ts';
import type { Detector } from '../detector.ts';

const SEPARATOR = '[ \\u00a0\\u2009\\u202f.-]';

const SPOKEN =
  /card|visa|master|amex|express|discover|diners|jcb|maestro|credit|debit|karte|carte|tarjeta|cart[ãa]o|carta\b|pan\b|cc\b|cc#/i;

/** A decimal fraction; a comma after more than a zero stands between two columns. */
const FRACTION = /\d\.$|(?:^|\D)0,$/;

/** Words before other numbers of 12 or 13 digits: one in ten of those passes Luhn. */
const OTHER =
  /\b(?:orders?|invoice|ticket|tracking|shipment|parcel|serial|sku|isbn|ean|upc|gtin|barcode|part|build|time(?:stamp)?|ts|epoch|offset|size|length|bytes|version|pid|seed|batch|phone|tel|fax|mobile|call|id|trace|span|request|session|article|transaction|reference|ref|imei|account|acct)s?\b[^a-z]{0,6}(?:id|is|no|nr|number|#)?[^a-z]{0,4}$/i;

/** Whether a short number is said to be another one, or is a part of one. */
const isOther = (left: string, grouped: boolean): boolean =>
  OTHER.test(left.slice(-40)) || /[\w+/@-]$/.test(left) || (!grouped && /[\d.] $/.test(left));

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
      if (length === 0 || FRACTION.test(left) || /[0-9a-f]{4}-$|[$€£_]$/i.test(left)) return false;
      const digits = text.slice(0, length).replace(/\D/g, '').length;
      const grouped = length > digits;
      if (near(left, SPOKEN, 64)) return 0.98;
      if (/#$/.test(left)) return false;
      if (digits < 14) return isOther(left, grouped) ? false : 0.5;
      if (digits > 16 && !grouped) return 0.4;
      return grouped ? 0.98 : 0.85;
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
        'charge ‹4222222222222› please',
        'Jane,‹675964826431›,12/27',
        '17,‹4111111111111111›,12/27',
        '"‹5018-0000-0009›"',
        'CC#‹4111111111111111›',
        'mir: ‹2200 0000 0000 0004›',
        'Pay with ‹4111 1111 1111 1111› 123',
      ],
      negative: [
        '4111 1111 1111 1112',
        '1234567812345670',
        'order 1700000000000',
        'order 4222222222222',
        '{"id":4222222222222}',
        '0,4111111111111111',
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
