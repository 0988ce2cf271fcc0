// Tax numbers of the European value added tax, with the country in front. Source: the European Commission's description of
// the numbers that its VIES service checks; Switzerland's and Britain's authorities for theirs.
import type { IdRow } from '../personal/id-row.ts';

/** Countries whose numbers are long or odd enough to be told from other codes, and what follows their letters. */
const TELLING: Readonly<Record<string, string>> = {
  AT: 'U\\d{8}',
  BE: '[01]\\d{9}',
  BG: '\\d{9,10}',
  CHE: '\\d{9}(?:MWST|TVA|IVA)?',
  CY: '\\d{8}[A-Z]',
  CZ: '\\d{9,10}',
  DE: '\\d{9}',
  EE: '\\d{9}',
  EL: '\\d{9}',
  ES: '[A-Z0-9]\\d{7}[A-Z0-9]',
  FR: '[A-Z0-9]{2}\\d{9}',
  GB: '(?:\\d{9}|\\d{12})',
  HR: '\\d{11}',
  IE: '\\d[A-Z0-9+*]\\d{5}[A-Z]{1,2}',
  IT: '\\d{11}',
  LT: '(?:\\d{9}|\\d{12})',
  LV: '\\d{11}',
  NL: '\\d{9}B\\d{2}',
  PL: '\\d{10}',
  PT: '\\d{9}',
  SE: '\\d{12}(?:\\d{2})?',
  SK: '\\d{10}',
};

/** Those that have the form of many other codes. */
const PLAIN: Readonly<Record<string, string>> = {
  CZ: '\\d{8}',
  DK: '\\d{8}',
  FI: '\\d{8}',
  GB: '(?:GD|HA)\\d{3}',
  HU: '\\d{8}',
  LU: '\\d{8}',
  MT: '\\d{8}',
  RO: '\\d{2,10}',
  SI: '\\d{8}',
};

const anyOf = (forms: Readonly<Record<string, string>>): RegExp =>
  new RegExp(
    `^(?:${Object.entries(forms)
      .map(([country, rest]) => country + rest)
      .join('|')})$`,
  );

const WORDS =
  /\bvat\b|vat[_ -]?(?:id|no|num|reg)|\btax\b|\btva\b|\biva\b|\bust-?id|umsatzsteuer|\bbtw\b|\bmoms\b|\bpdv\b|\bdph\b|\bddv\b|\bpvm\b|\bpvn\b|\bkmkr\b|\balv\b/i;

export const vat: readonly IdRow[] = [
  {
    kind: 'eu-vat',
    what: 'European VAT number with its country',
    verified: 'form of its country',
    shape: anyOf(TELLING),
    words: WORDS,
    alone: 0.5,
    samples: ['DE497983722', 'ATU91475423', 'NL475423555B15', 'GB721 8229 46', 'ESQ4715121Z'],
    label: 'VAT',
  },
  {
    kind: 'eu-vat',
    what: 'European VAT number with its country, in a form that other codes share',
    verified: '',
    shape: anyOf(PLAIN),
    words: WORDS,
    samples: ['FI83000446', 'HU42355515', 'RO9784753680'],
    label: 'VAT',
  },
];
