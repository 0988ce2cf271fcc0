// Personal numbers of European countries. Sources: the issuing authorities' descriptions as collected in the OECD's pages on
// tax identification numbers and the European Commission's TIN portal; check digits as published there.
import {
  crossSum,
  hasDay,
  isDay,
  mod1110,
  sum731,
  two,
  verhoeff,
  weighted,
} from '../../checks/check-digits.ts';
import { luhn } from '../../checks/luhn.ts';
import { mod97 } from '../../checks/mod97.ts';
import type { IdRow } from '../personal/id-row.ts';

const at = (text: string, i: number): number => text.charCodeAt(i) - 48;
const last = (text: string): number => at(text, text.length - 1);

/** Numbers of the former Yugoslavia: day, month, three digits of the year, region, serial. */
const emso = (n: string): boolean => {
  const rest = weighted(n, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return hasDay(n, 2, 0) && /^\d{4}[089]/.test(n) && rest !== 1 && (11 - rest) % 11 === last(n);
};

/** Estonia and Lithuania: two rounds of weights. */
const baltic = (n: string): boolean => {
  if (!hasDay(n, 3, 5)) return false;
  const first = weighted(n, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const second = weighted(n, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  return (first < 10 ? first : second % 10) === last(n);
};

const ODD: Readonly<Record<string, number>> = Object.fromEntries(
  [...'0123456789']
    .map((c, i) => [c, [1, 0, 5, 7, 9, 13, 15, 17, 19, 21][i]!])
    .concat(
      [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((c, i) => [
        c,
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23][i]!,
      ]),
    ) as [string, number][],
);

const codiceFiscale = (n: string): boolean => {
  let sum = 0;
  for (let i = 0; i < 15; i += 1) {
    const c = n[i]!;
    const even = /\d/.test(c) ? Number(c) : c.charCodeAt(0) - 65;
    sum += i % 2 === 0 ? ODD[c]! : even;
  }
  return String.fromCharCode(65 + (sum % 26)) === n[15];
};

const german11 = (n: string): boolean => {
  const counts = [...'0123456789'].map((d) => n.slice(0, 10).split(d).length - 1);
  const repeated = counts.filter((count) => count > 1);
  return repeated.length === 1 && repeated[0]! <= 3 && mod1110(n);
};

const spanishLetter = (n: string): boolean =>
  'TRWAGMYFPDXBNJZSQVHLCKE'[
    Number(n.slice(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2')) % 23
  ] === n[8];

const spanishCompany = (n: string): boolean => {
  let sum = 0;
  for (let i = 1; i < 8; i += 1) sum += i % 2 === 0 ? at(n, i) : crossSum(at(n, i) * 2);
  const check = (10 - (sum % 10)) % 10;
  return n[8] === String(check) || n[8] === 'JABCDEFGHI'[check];
};

const finnish = (n: string): boolean =>
  hasDay(n, 2, 0) &&
  '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(n.slice(0, 6) + n.slice(-4, -1)) % 31] === n.at(-1);

const norwegian = (n: string): boolean => {
  const day = two(n, 0) > 40 ? two(n, 0) - 40 : two(n, 0);
  const month = two(n, 2) > 80 ? two(n, 2) - 80 : two(n, 2) > 40 ? two(n, 2) - 40 : two(n, 2);
  return (
    isDay(month, day) &&
    weighted(n, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weighted(n, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
};

/** Twelve digits have the century in front, which the check leaves out. */
const swedish = (n: string): boolean => {
  const short = n.slice(-10);
  return (
    (n.length === 10 || /^(?:18|19|20)/.test(n)) &&
    (hasDay(short, 2, 4) || isDay(two(short, 2), two(short, 4) - 60)) &&
    luhn(short)
  );
};

const czech = (n: string): boolean =>
  hasDay(n, 2, 4, [0, 20, 50, 70]) &&
  (n.length === 9
    ? two(n, 0) < 54
    : Number(n) % 11 === 0 || (Number(n.slice(0, 9)) % 11 === 10 && n[9] === '0'));

const belgian = (n: string): boolean => {
  const body = Number(n.slice(0, 9));
  const check = Number(n.slice(9));
  return (
    hasDay(n, 2, 4, [0, 20, 40]) &&
    (97 - (body % 97) === check || 97 - ((2_000_000_000 + body) % 97) === check)
  );
};

const french = (n: string): boolean => {
  const body = n.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - mod97(body) === Number(n.slice(13));
};

const pension = (n: string): boolean => {
  const letter = String(n.charCodeAt(8) - 64).padStart(2, '0');
  const body = n.slice(0, 8) + letter + n.slice(9, 11);
  const day = two(n, 2) > 50 ? two(n, 2) - 50 : two(n, 2);
  let sum = 0;
  for (let i = 0; i < 12; i += 1) sum += crossSum(at(body, i) * [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1][i]!);
  return isDay(two(n, 4), day) && sum % 10 === last(n);
};

const germanHealth = (n: string): boolean => {
  const body = String(n.charCodeAt(0) - 64).padStart(2, '0') + n.slice(1, 9);
  let sum = 0;
  for (let i = 0; i < 10; i += 1) sum += crossSum(at(body, i) * (1 + (i % 2)));
  return sum % 10 === last(n);
};

const polishCard = (n: string): boolean => {
  const values = [...n].map((c) => Number.parseInt(c, 36));
  const sum = [7, 3, 1, 0, 7, 3, 1, 7, 3].reduce((all, w, i) => all + w * values[i]!, 0);
  return sum % 10 === values[3];
};

const romanian = (n: string): boolean => {
  const rest = weighted(n, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return hasDay(n, 3, 5) && (rest === 10 ? 1 : rest) === last(n);
};

const portugueseCard = (n: string): boolean => {
  let sum = 0;
  for (let i = 0; i < 12; i += 1) {
    const value = Number.parseInt(n[i]!, 36) * (i % 2 === 0 ? 2 : 1);
    sum += value > 9 && i % 2 === 0 ? value - 9 : value;
  }
  return sum % 10 === 0;
};

const innCheck = (n: string, weights: readonly number[]): boolean =>
  (weighted(n, weights) % 11) % 10 === at(n, weights.length);

export const europe: readonly IdRow[] = [
  {
    kind: 'uk-nino',
    what: 'British national insurance number',
    verified: 'prefixes in use',
    shape: /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?$/,
    words: /national[ _-]?insurance|\bnino?\b|\bni (?:no|number)|insurance n/i,
    written: /^[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]$/i,
    aloneWritten: 0.7,
    samples: ['AB 12 34 56 C', 'JG103759A'],
    label: 'National insurance number',
  },
  {
    kind: 'uk-nino',
    what: 'British temporary national insurance number',
    verified: 'prefix and suffix',
    shape: /^(?:ZZ|TN)\d{6}[A-DFMPT]$/,
    words: /national[ _-]?insurance|\bnino?\b|\bni (?:no|number)|insurance n/i,
    written: /^[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Z]$/i,
    alone: 0.7,
    samples: ['ZZ 54 05 81 T'],
    label: 'National insurance number',
  },
  {
    kind: 'uk-nhs',
    what: 'British NHS number',
    verified: 'check digit mod 11',
    shape: /^\d{10}$/,
    valid: (n) => (11 - (weighted(n, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === last(n),
    words: /\bnhs\b|national health/i,
    written: /^\d{3} \d{3} \d{4}$/,
    aloneWritten: 0.5,
    samples: ['943 476 5919', '4010232137'],
    label: 'NHS number',
  },
  {
    kind: 'uk-utr',
    what: 'British unique taxpayer reference',
    verified: 'check digit mod 11',
    shape: /^\d{10}K?$/,
    valid: (n) => '21987654321'[weighted(n, [6, 7, 8, 9, 10, 5, 4, 3, 2], 1) % 11] === n[0],
    words: /\butr\b|taxpayer ref|self[ -]assessment/i,
    samples: ['1955839661'],
    label: 'UTR',
  },
  {
    kind: 'uk-driving-licence',
    what: 'British driving licence number',
    verified: 'month and day',
    shape: /^[A-Z9]{5}\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9]{3}(?:\d{2})?$/,
    words: /driv|licen[cs]e|dvla/i,
    alone: 0.7,
    samples: ['MORGA657054SM9IJ'],
    label: 'Driving licence',
  },
  {
    kind: 'ie-pps',
    what: 'Irish personal public service number',
    verified: 'check letter mod 23',
    shape: /^\d{7}[A-W][A-IW]?$/,
    valid: (n) =>
      'WABCDEFGHIJKLMNOPQRSTUV'[
        (weighted(n, [8, 7, 6, 5, 4, 3, 2]) +
          (n[8] === undefined || n[8] === 'W' ? 0 : 9 * (n.charCodeAt(8) - 64))) %
          23
      ] === n[7],
    words: /\bppsn?\b|public service/i,
    alone: 0.6,
    samples: ['6433435F', '6433435OA'],
    label: 'PPS number',
  },
  {
    kind: 'de-tax-id',
    what: 'German tax identification number',
    verified: 'one digit repeated, check digit (ISO 7064)',
    shape: /^[1-9]\d{10}$/,
    valid: german11,
    words: /steuer|\btin\b|tax|idnr|\bsteuer-?id/i,
    written: /^\d{2} \d{3} \d{3} \d{3}$/,
    aloneWritten: 0.7,
    samples: ['36574261809', '36 574 261 809'],
    label: 'Steuer-ID',
  },
  {
    kind: 'de-id-card',
    what: 'German identity card or passport number',
    verified: 'check digit where it is written',
    shape: /^[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?D?$/,
    valid: (n) => n.length < 10 || sum731(n.slice(0, 9)) === at(n, 9),
    words: /ausweis|reisepass|identity card|passport|\bid.?card|\bpass(?:nummer|\b)/i,
    samples: ['L01X00T471', 'C01X00T47'],
    label: 'Personalausweis',
  },
  {
    kind: 'de-pension',
    what: 'German pension insurance number',
    verified: 'date and check digit',
    shape: /^\d{8}[A-Z]\d{3}$/,
    valid: pension,
    words: /rente|sozialvers|versicherungsn|\bsvnr|\brvnr/i,
    written: /^\d{2}[ -]?\d{6}[ -]?[A-Z][ -]?\d{3}$/i,
    alone: 0.7,
    samples: ['15 070649 C 103'],
    label: 'Rentenversicherungsnummer',
  },
  {
    kind: 'de-health',
    what: 'German health insurance number',
    verified: 'check digit',
    shape: /^[A-Z]\d{9}$/,
    valid: germanHealth,
    words: /kranken|kvnr|versichert|health ins|gesundheit/i,
    samples: ['A123456780'],
    label: 'Krankenversichertennummer',
  },
  {
    kind: 'fr-nir',
    what: 'French social security number',
    verified: 'key mod 97',
    shape: /^[12378]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{8}$/,
    valid: french,
    words: /s[ée]curit[ée] sociale|\bnir\b|insee|num[ée]ro de s[ée]cu|\bssn?\b/i,
    written: /^\d[ .-]?\d{2}[ .-]?\d{2}[ .-]?\w{2}[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{2}$/,
    alone: 0.9,
    samples: ['2 69 05 49 588 157 80', '269054958815780'],
    label: 'Numéro de sécurité sociale',
  },
  {
    kind: 'fr-spi',
    what: 'French tax number',
    verified: 'check digits mod 511',
    shape: /^[0-3]\d{12}$/,
    valid: (n) => Number(n.slice(0, 10)) % 511 === Number(n.slice(10)),
    words: /fiscal|imp[ôo]t|\bspi\b|\btin\b/i,
    written: /^\d{2} \d{2} \d{3} \d{3} \d{3}$/,
    aloneWritten: 0.8,
    samples: ['30 23 217 600 053'],
    label: 'Numéro fiscal',
  },
  {
    kind: 'es-dni',
    what: 'Spanish national identity number',
    verified: 'check letter mod 23',
    shape: /^\d{8}[A-Z]$/,
    valid: spanishLetter,
    words: /\bdni\b|\bnif\b|documento|identi/i,
    written: /^(?:\d{8}|\d{2}\.\d{3}\.\d{3})[ -]?[A-Z]$/i,
    alone: 0.8,
    samples: ['54362315K', '12.345.678-Z'],
    label: 'DNI',
  },
  {
    kind: 'es-nie',
    what: 'Spanish number of foreigners',
    verified: 'check letter mod 23',
    shape: /^[XYZ]\d{7}[A-Z]$/,
    valid: spanishLetter,
    words: /\bnie\b|extranjer|identi/i,
    written: /^[XYZ][ -]?\d{7}[ -]?[A-Z]$/i,
    alone: 0.8,
    samples: ['X1234567L', 'X-2482300-W'],
    label: 'NIE',
  },
  {
    kind: 'es-cif',
    what: 'Spanish tax number of a company (CIF)',
    verified: 'check digit or letter',
    shape: /^[A-HJNP-SUVW]\d{7}[0-9A-J]$/,
    valid: spanishCompany,
    words: /\bcif\b|\bnif\b/i,
    written: /^[A-Z][ -]?\d{7}[ -]?[0-9A-J]$/,
    alone: 0.6,
    samples: ['A58818501', 'Q2826000H'],
    label: 'CIF',
  },
  {
    kind: 'es-cif',
    what: 'Number that is called a CIF',
    verified: '',
    shape: /^[A-HJNP-SUVW]\d{7}[0-9A-J]$/,
    words: /\bcif\b/i,
    samples: ['V8750227D'],
    label: 'CIF',
  },
  {
    kind: 'es-nss',
    what: 'Number that is called a Spanish social security number',
    verified: '',
    shape: /^\d{12}$/,
    words: /seguridad social|\bnuss\b/i,
    samples: ['310513253964'],
    label: 'NUSS',
  },
  {
    kind: 'es-nss',
    what: 'Spanish social security number',
    verified: 'check digits mod 97',
    shape: /^\d{12}$/,
    valid: (n) =>
      Number(n.slice(2, 3) === '0' ? n.slice(0, 2) + n.slice(3, 10) : n.slice(0, 10)) % 97 ===
      Number(n.slice(10)),
    words: /seguridad social|\bnss\b|\bnuss\b|afiliaci/i,
    written: /^\d{2}[ /-]\d{8}[ /-]\d{2}$/,
    aloneWritten: 0.8,
    samples: ['28/12345678/40'],
    label: 'Seguridad Social',
  },
  {
    kind: 'it-codice-fiscale',
    what: 'Italian tax code',
    verified: 'date and check letter',
    shape: /^[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]$/,
    valid: codiceFiscale,
    words: /codice|fiscale|\bc\.?f\.?\b/i,
    written: /^[A-Z]{3}[ -]?[A-Z]{3}[ -]?\w{5}[ -]?\w{5}$/i,
    alone: 0.95,
    samples: ['RSSMRA85T10A562S'],
    label: 'Codice fiscale',
  },
  {
    kind: 'it-partita-iva',
    what: 'Italian VAT number',
    verified: 'check digit (Luhn)',
    shape: /^(?:IT)?\d{11}$/,
    valid: (n) => luhn(n.slice(-11)) && !/0{7}/.test(n),
    words: /partita|\bp\.? ?iva\b|\biva\b|\bvat\b/i,
    samples: ['01533030480'],
    label: 'Partita IVA',
  },
  {
    kind: 'it-document',
    what: 'Italian identity card, passport or driving licence',
    verified: '',
    shape: /^(?:[A-Z]{2}\d{5}[A-Z]{2}|[A-Z]{2}\d{7}[A-Z]?|U1[A-Z0-9]{7}[A-Z]|\d{7}[A-Z]{2})$/,
    words: /carta|identit[àa]|passaporto|patente|passport|licen[cs]|documento|driv/i,
    samples: ['CA00000AA', 'AA0000000A', 'U1BCD4567A'],
    label: "Carta d'identità",
  },
  {
    kind: 'pt-nif',
    what: 'Portuguese tax number',
    verified: 'check digit mod 11',
    shape: /^(?:[1-35689]|45|7[0-9])\d{7,8}$/,
    valid: (n) => {
      const rest = weighted(n, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
      return (rest < 2 ? 0 : 11 - rest) === last(n);
    },
    words: /\bnif\b|contribuinte|\bnipc\b|fiscal/i,
    samples: ['123456789', '501442600'],
    label: 'NIF',
  },
  {
    kind: 'pt-citizen-card',
    what: 'Portuguese citizen card',
    verified: 'check digit',
    shape: /^\d{9}[A-Z0-9]{2}\d$/,
    valid: (n) => /[A-Z]/.test(n.slice(9, 11)) && portugueseCard(n),
    words: /cart[ãa]o|cidad[ãa]o|\bcc\b|identi/i,
    written: /^\d{8}[ -]?\d[ -]?[A-Z0-9]{2}\d$/i,
    alone: 0.7,
    samples: ['00000000 0 ZZ4'],
    label: 'Cartão de cidadão',
  },
  {
    kind: 'nl-bsn',
    what: 'Dutch citizen service number',
    verified: 'eleven test',
    shape: /^\d{8,9}$/,
    valid: (n) =>
      weighted(n.padStart(9, '0'), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && Number(n) > 9_999_999,
    words: /\bbsn\b|burgerservice|sofi|persoonsnummer/i,
    samples: ['111222333', '1112.22.333'],
    label: 'BSN',
  },
  {
    kind: 'be-nrn',
    what: 'Belgian national register number',
    verified: 'date and check digits mod 97',
    shape: /^\d{11}$/,
    valid: belgian,
    words: /rijksregister|registre national|\bnrn\b|\binsz\b|\bniss\b|national/i,
    written: /^\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}$/,
    alone: 0.8,
    samples: ['85.07.30-033.28', '85073003328'],
    label: 'Rijksregisternummer',
  },
  {
    kind: 'lu-matricule',
    what: 'Luxembourg identification number',
    verified: 'date, Luhn and Verhoeff digits',
    shape: /^(?:19|20)\d{11}$/,
    valid: (n) => hasDay(n, 4, 6) && luhn(n.slice(0, 12)) && verhoeff(n.slice(0, 11) + n[12]),
    words: /matricule|identif/i,
    written: /^\d{4} ?\d{2} ?\d{2} ?\d{3} ?\d{2}$/,
    alone: 0.8,
    samples: ['1983120105098'],
    label: 'Matricule',
  },
  {
    kind: 'at-svnr',
    what: 'Austrian social insurance number',
    verified: 'date and check digit mod 11',
    shape: /^[1-9]\d{9}$/,
    valid: (n) =>
      isDay(Math.min(two(n, 6), 12), two(n, 4)) &&
      two(n, 6) <= 15 &&
      weighted(n, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === at(n, 3),
    words: /sozialvers|\bsvnr\b|\bsv-?n|versicherungsn/i,
    written: /^\d{4}[ -]\d{6}$/,
    aloneWritten: 0.7,
    samples: ['1237 010180'],
    label: 'SVNR',
  },
  {
    kind: 'ch-ahv',
    what: 'Swiss social insurance number',
    verified: 'country prefix and check digit',
    shape: /^756\d{10}$/,
    valid: (n) => (10 - (weighted(n, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === last(n),
    words: /ahv|avs|sozialvers/i,
    written: /^756\.\d{4}\.\d{4}\.\d{2}$/,
    alone: 0.9,
    samples: ['756.9217.0769.85'],
    label: 'AHV-Nummer',
  },
  {
    kind: 'ch-uid',
    what: 'Swiss enterprise number',
    verified: 'check digit mod 11',
    shape: /^CHE\d{9}$/,
    valid: (n) => (11 - (weighted(n, [5, 4, 3, 2, 7, 6, 5, 4], 3) % 11)) % 11 === last(n),
    words: /\buid\b|\bide\b|mwst|tva|iva|vat/i,
    written: /^CHE[- ]?\d{3}\.\d{3}\.\d{3}$/i,
    alone: 0.8,
    samples: ['CHE-107.787.577'],
    label: 'UID',
  },
  {
    kind: 'pl-pesel',
    what: 'Polish personal number',
    verified: 'date and check digit',
    shape: /^\d{11}$/,
    valid: (n) =>
      hasDay(n, 2, 4, [0, 20, 40, 60, 80]) &&
      (10 - (weighted(n, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === last(n),
    words: /pesel/i,
    alone: 0.75,
    samples: ['44051401359'],
    label: 'PESEL',
  },
  {
    kind: 'pl-nip',
    what: 'Polish tax number',
    verified: 'check digit mod 11',
    shape: /^\d{10}$/,
    valid: (n) => weighted(n, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === last(n),
    words: /\bnip\b|podatk/i,
    written: /^\d{3}-\d{3}-\d{2}-\d{2}$|^\d{3}-\d{2}-\d{2}-\d{3}$/,
    aloneWritten: 0.8,
    samples: ['856-734-62-15'],
    label: 'NIP',
  },
  {
    kind: 'pl-regon',
    what: 'Polish register number',
    verified: 'check digit mod 11',
    shape: /^\d{9}$/,
    valid: (n) => (weighted(n, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10 === last(n),
    words: /regon/i,
    samples: ['192598184'],
    label: 'REGON',
  },
  {
    kind: 'pl-id-card',
    what: 'Polish identity card',
    verified: 'check digit',
    shape: /^[A-Z]{3}\d{6}$/,
    valid: polishCard,
    words: /dow[óo]d|identity|id card|osobist|\bid\b/i,
    written: /^[A-Z]{3} ?\d{6}$/,
    samples: ['ABS509456'],
    label: 'Dowód osobisty',
  },
  {
    kind: 'cz-birth-number',
    what: 'Czech or Slovak birth number',
    verified: 'date and divisibility by 11',
    shape: /^\d{9,10}$/,
    valid: czech,
    words: /rodn[ée]|\br\.? ?[čc]\.?(?![a-z])|birth n/i,
    written: /^\d{6}\/\d{3,4}$/,
    aloneWritten: 0.85,
    samples: ['710319/2745', '7103192745'],
    label: 'Rodné číslo',
  },
  {
    kind: 'hu-personal',
    what: 'Hungarian personal number',
    verified: 'date and check digit mod 11',
    shape: /^[1-8]\d{10}$/,
    valid: (n) =>
      hasDay(n, 3, 5) &&
      (weighted(n, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11 === last(n) ||
        weighted(n, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === last(n)),
    words: /szem[ée]lyi|\banum\b/i,
    written: /^\d-\d{6}-\d{4}$/,
    aloneWritten: 0.7,
    samples: ['1-850101-0000'],
    label: 'Személyi szám',
  },
  {
    kind: 'hu-taj',
    what: 'Hungarian health insurance number',
    verified: 'check digit',
    shape: /^\d{9}$/,
    valid: (n) => weighted(n, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === last(n),
    words: /\btaj\b|biztos[íi]t/i,
    samples: ['123 456 788'],
    label: 'TAJ szám',
  },
  {
    kind: 'hu-tax',
    what: 'Hungarian tax number of persons',
    verified: 'check digit mod 11',
    shape: /^8\d{9}$/,
    valid: (n) => weighted(n, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === last(n),
    words: /ad[óo]/i,
    samples: ['8071592153'],
    label: 'Adóazonosító',
  },
  {
    kind: 'ro-cnp',
    what: 'Romanian personal number',
    verified: 'date and check digit mod 11',
    shape: /^[1-9]\d{12}$/,
    valid: romanian,
    words: /\bcnp\b|numeric personal/i,
    alone: 0.85,
    samples: ['1630615123457'],
    label: 'CNP',
  },
  {
    kind: 'bg-egn',
    what: 'Bulgarian personal number',
    verified: 'date and check digit mod 11',
    shape: /^\d{10}$/,
    valid: (n) =>
      hasDay(n, 2, 4, [0, 20, 40]) && (weighted(n, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === last(n),
    words: /\begn\b|егн|\bпнф|гражданск/i,
    alone: 0.5,
    samples: ['7523169263'],
    label: 'ЕГН',
  },
  {
    kind: 'hr-oib',
    what: 'Croatian personal number',
    verified: 'check digit (ISO 7064)',
    shape: /^\d{11}$/,
    valid: mod1110,
    words: /\boib\b/i,
    samples: ['33392005961'],
    label: 'OIB',
  },
  {
    kind: 'emso',
    what: 'Personal number of Slovenia, Serbia, Bosnia, Montenegro and North Macedonia',
    verified: 'date and check digit mod 11',
    shape: /^\d{13}$/,
    valid: emso,
    words: /em[šs]o|jmbg|јмбг|ембг|mati[čc]/i,
    alone: 0.8,
    samples: ['0101006500006'],
    label: 'EMŠO',
  },
  {
    kind: 'si-tax',
    what: 'Slovenian tax number',
    verified: 'check digit mod 11',
    shape: /^(?:SI)?[1-9]\d{7}$/,
    valid: (n) => (11 - (weighted(n.slice(-8), [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === last(n),
    words: /dav[čc]n|\bddv\b|\btin\b/i,
    samples: ['50223054'],
    label: 'Davčna številka',
  },
  {
    kind: 'gr-amka',
    what: 'Greek social security number',
    verified: 'date and check digit (Luhn)',
    shape: /^\d{11}$/,
    valid: (n) => hasDay(n, 2, 0) && luhn(n),
    words: /amka|αμκα|κοινωνικ/i,
    alone: 0.6,
    samples: ['01013099997'],
    label: 'ΑΜΚΑ',
  },
  {
    kind: 'gr-afm',
    what: 'Greek tax number',
    verified: 'check digit mod 11',
    shape: /^(?:EL)?\d{9}$/,
    valid: (n) => (weighted(n.slice(-9), [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === last(n),
    words: /\bafm\b|αφμ|φορολογ/i,
    samples: ['094259216'],
    label: 'ΑΦΜ',
  },
  {
    kind: 'dk-cpr',
    what: 'Danish personal number',
    verified: 'date',
    shape: /^\d{10}$/,
    valid: (n) => hasDay(n, 2, 0),
    words: /\bcpr\b|personnummer|person(?:al)? n/i,
    written: /^\d{6}[- ]\d{4}$/,
    aloneWritten: 0.7,
    samples: ['211062-5629'],
    label: 'CPR-nummer',
  },
  {
    kind: 'se-personnummer',
    what: 'Swedish personal number',
    verified: 'date and check digit (Luhn)',
    shape: /^(?:\d{2})?\d{10}$/,
    valid: swedish,
    words: /person-?nummer|samordning|personal (?:identity )?n/i,
    written: /^\d{6,8}[-+]\d{4}$/,
    aloneWritten: 0.85,
    samples: ['880320-0016', '198803200016'],
    label: 'Personnummer',
  },
  {
    kind: 'no-fodselsnummer',
    what: 'Norwegian birth number',
    verified: 'date and two check digits',
    shape: /^\d{11}$/,
    valid: norwegian,
    words: /f[øo]dsels|personnummer|\bfnr\b/i,
    written: /^\d{6} \d{5}$/,
    alone: 0.85,
    samples: ['15108695088', '151086 95088'],
    label: 'Fødselsnummer',
  },
  {
    kind: 'fi-hetu',
    what: 'Finnish personal identity code',
    verified: 'date and check character mod 31',
    shape: /^\d{6}[A-FU-Y]?\d{3}[0-9A-FHJ-NPR-Y]$/,
    valid: finnish,
    words: /hetu|henkil[öo]/i,
    written: /^\d{6}[-A-FU-Y]\d{3}[0-9A-Y]$/i,
    aloneWritten: 0.9,
    samples: ['131052-308T', '311280-888Y'],
    label: 'Henkilötunnus',
  },
  {
    kind: 'ee-isikukood',
    what: 'Estonian personal code',
    verified: 'date and check digit mod 11',
    shape: /^[1-6]\d{10}$/,
    valid: baltic,
    words: /isikukood|personal code/i,
    alone: 0.75,
    samples: ['36805280109'],
    label: 'Isikukood',
  },
  {
    kind: 'lt-asmens-kodas',
    what: 'Lithuanian personal code',
    verified: 'date and check digit mod 11',
    shape: /^[1-6]\d{10}$/,
    valid: baltic,
    words: /asmens|kodas/i,
    samples: ['38703181745'],
    label: 'Asmens kodas',
  },
  {
    kind: 'lv-personas-kods',
    what: 'Latvian personal code',
    verified: 'date or the newer prefix, and check digit',
    shape: /^\d{11}$/,
    valid: (n) =>
      n.startsWith('32') ||
      (hasDay(n, 2, 0) && ((1 + weighted(n, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 === last(n)),
    words: /personas|\bkods\b/i,
    written: /^\d{6}-\d{5}$/,
    aloneWritten: 0.7,
    samples: ['161175-19997'],
    label: 'Personas kods',
  },
  {
    kind: 'is-kennitala',
    what: 'Icelandic identification number',
    verified: 'date and check digit mod 11',
    shape: /^\d{9}[089]$/,
    valid: (n) =>
      (hasDay(n, 2, 0) || isDay(two(n, 2), two(n, 0) - 40)) &&
      weighted(n, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
    words: /kennital|\bkt\b/i,
    written: /^\d{6}-\d{4}$/,
    aloneWritten: 0.85,
    samples: ['120174-3399'],
    label: 'Kennitala',
  },
  {
    kind: 'tr-tckn',
    what: 'Turkish identity number',
    verified: 'two check digits',
    shape: /^[1-9]\d{10}$/,
    valid: (n) => {
      const odd = weighted(n, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
      const even = weighted(n, [0, 1, 0, 1, 0, 1, 0, 1]);
      return (
        (((odd * 7 - even) % 10) + 10) % 10 === at(n, 9) &&
        weighted(n, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10 === at(n, 10)
      );
    },
    words: /\bt\.?c\.?(?:kn)?\b|kimlik|vatanda/i,
    alone: 0.75,
    samples: ['17291716060'],
    label: 'TC Kimlik No',
  },
  {
    kind: 'ua-rnokpp',
    what: 'Ukrainian taxpayer number',
    verified: 'check digit mod 11',
    shape: /^\d{10}$/,
    valid: (n) => (((weighted(n, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) + 11) % 11) % 10 === last(n),
    words: /рнокпп|іпн|инн|податк|\binn\b|\bipn\b/i,
    samples: ['1759013776'],
    label: 'РНОКПП',
  },
  {
    kind: 'ru-inn',
    what: 'Russian taxpayer number',
    verified: 'check digits mod 11',
    shape: /^\d{12}$|^\d{10}$/,
    valid: (n) =>
      n.length === 10
        ? innCheck(n, [2, 4, 10, 3, 5, 9, 4, 6, 8])
        : innCheck(n, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) && innCheck(n, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]),
    words: /инн|\binn\b|налог/i,
    samples: ['500100732259'],
    label: 'ИНН',
  },
  {
    kind: 'ru-snils',
    what: 'Russian pension number',
    verified: 'check digits mod 101',
    shape: /^\d{11}$/,
    valid: (n) => (weighted(n, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(n.slice(9)),
    words: /снилс|snils/i,
    written: /^\d{3}-\d{3}-\d{3}[ -]\d{2}$/,
    aloneWritten: 0.9,
    samples: ['112-233-445 95'],
    label: 'СНИЛС',
  },
  {
    kind: 'ru-passport',
    what: 'Russian passport',
    verified: '',
    shape: /^\d{10}$/,
    words: /паспорт|passport/i,
    samples: ['45 06 123456'],
    label: 'Паспорт',
  },
  {
    kind: 'mt-id',
    what: 'Maltese identity card',
    verified: '',
    shape: /^\d{3,7}[MGAPLHBZ]$/,
    words: /identity|\bid card|karta/i,
    samples: ['0123456M'],
    label: 'Identity card',
  },
  {
    kind: 'cy-tic',
    what: 'Cypriot tax number',
    verified: '',
    shape: /^\d{8}[A-Z]$/,
    words: /\btic\b|\btin\b|tax/i,
    samples: ['00123123T'],
    label: 'TIC',
  },
  {
    kind: 'al-nid',
    what: 'Albanian identity number',
    verified: 'date',
    shape: /^[A-T]\d{8}[A-W]$/,
    valid: (n) => hasDay(n, 2, 4, [0, 30, 50, 80]) || isDay(two(n, 2), two(n, 4)),
    words: /\bnipt\b|\bnid\b|letërnjoftim|identit/i,
    samples: ['J91121234W'],
    label: 'NID',
  },
];
