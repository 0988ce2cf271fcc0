// Where an announced address ends, and what is none.
import { expect, test } from 'vitest';
import { postalValue } from './postal.ts';

test.each([
  ['31 Kaiser Rises, East Tim and then', '31 Kaiser Rises, East Tim'],
  ['4 Ronald Front.', '4 Ronald Front'],
  ['4/5 Angela Expressway, QLD, 0832, thanks.', '4/5 Angela Expressway, QLD, 0832'],
  ['Boční I 2, 245 06 Teplice', 'Boční I 2, 245 06 Teplice'],
  ['Αλμυρού 976, 386 18 Θεσσαλονίκη last', 'Αλμυρού 976, 386 18 Θεσσαλονίκη'],
  ['東京都港区虎ノ門1丁目', '東京都港区虎ノ門1丁目'],
  ['12 St. James Row. She said', '12 St. James Row'],
  ['7 شارع صوفيا', '7 شارع صوفيا'],
])('%s', (text, address) => expect(text.slice(0, postalValue(text))).toBe(address));

test.each([
  '127.0.0.1:8080',
  '0x7fff12',
  'ada@example.com 12',
  'none of 4',
  'The office',
  '1790000000 Some',
  'Monday at 10:30',
  'https://example.com/12',
  '',
])('no address: %s', (text) => expect(postalValue(text)).toBe(0));
