// Numbers of documents, accounts, patients and vehicles that are not one country's. Sources: ISO 3779 and 49 CFR 565 for
// vehicles, 3GPP TS 23.003 for devices; the others have no format but the words before them.
import { luhn } from '../../checks/luhn.ts';
import type { IdRow } from '../personal/id-row.ts';

const LETTERS = 'ABCDEFGH..JKLMN.P.R..STUVWXYZ';
const VALUES = '12345678..12345.7.9..23456789';
const vin = (n: string): boolean => {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) {
    const c = n[i]!;
    const value = /\d/.test(c) ? Number(c) : Number(VALUES[LETTERS.indexOf(c)]);
    sum += value * [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2][i]!;
  }
  return '0123456789X'[sum % 11] === n[8];
};

const VIN = /\bvin\b|chassis|vehicle|fahrgestell|\bfin\b|bastidor|telaio/i;

export const documents: readonly IdRow[] = [
  {
    kind: 'vin',
    what: 'Vehicle identification number',
    verified: 'check digit',
    shape: /^(?=.*[A-Z].*[A-Z])(?=.*\d.*\d.*\d)[A-HJ-NPR-Z0-9]{17}$/,
    valid: vin,
    words: VIN,
    alone: 0.8,
    samples: ['1HGCM82633A004352', '1M8GDM9AXKP042788'],
    label: 'VIN',
  },
  {
    kind: 'vin',
    what: 'Vehicle identification number',
    verified: '',
    shape: /^(?=.*[A-Z].*[A-Z])(?=.*\d.*\d.*\d)[A-HJ-NPR-Z0-9]{17}$/,
    words: VIN,
    samples: ['WVWZZZ1JZXW000001'],
    label: 'VIN',
  },
  {
    kind: 'vehicle-plate',
    what: 'Vehicle registration plate',
    verified: '',
    shape: /^(?=.*\d)[A-Z0-9ÄÖÜ]{4,9}$/,
    words:
      /licen[cs]e plate|number plate|\bplates?\b|registration (?:no|number|plate)|kennzeichen|kentekenplaat|kenteken|matr[íi]cula|immatriculation|targa\b|\bplaca\b|\breg\.? (?:no|number)/i,
    samples: ['AB12 CDE', 'WX-123-YZ'],
    label: 'License plate',
  },
  {
    kind: 'bank-account',
    what: 'Bank account number',
    verified: '',
    shape: /^[A-Z]{0,4}\d{6,18}$/,
    words:
      /\b(?:account|acct|a\/c)[ _.-]?(?:no|num|nr|#|is|:)|account[ _]?number|bank account|\bacct\b|\bkonto(?:nummer|nr)?\b|num[ée]ro de compte|n[úu]mero de cuenta|\bcuenta\b|conto corrente|rekening|\bbban\b|checking|savings/i,
    samples: ['12345678', '945456787654', 'WEST1234569876543'],
    label: 'Account number',
  },
  {
    kind: 'uk-sort-code',
    what: 'British sort code',
    verified: '',
    shape: /^\d{6}$/,
    words: /sort[ -_]?code/i,
    written: /^\d{2}[- ]\d{2}[- ]\d{2}$/,
    samples: ['20-00-00', '404784'],
    label: 'Sort code',
  },
  {
    kind: 'medical-record',
    what: 'Medical record number',
    verified: '',
    shape: /^[A-Z]{0,4}\d{5,12}[A-Z]?$/,
    words:
      /\bmrn\b|medical[ _-]?rec|patient[ _-]?(?:id|no|num|#)|\bchart (?:no|num|#)|hospital (?:no|num)|record (?:no|num)|\bunit (?:no|num)|patientennummer|historia cl[íi]nica/i,
    samples: ['12345678', 'MR1234567'],
    label: 'MRN',
  },
  {
    kind: 'health-insurance',
    what: 'Health insurance or member number',
    verified: '',
    shape: /^(?=(?:.*\d){5})[A-Z0-9]{6,16}$/,
    words:
      /(?:health|medical|insurance)[ _-]?(?:plan|insurance|policy|card|id|member|beneficiary)[ _-]?(?:id|no|num|#|is|:)?|member[ _-]?(?:id|no|num|#)|subscriber|policy (?:no|num|#|id)|\bhicn?\b|\behic\b|medicaid/i,
    samples: ['XYZ123456789'],
    label: 'Member ID',
  },
  {
    kind: 'national-id',
    what: 'Number that is called a national, personal or identity number',
    verified: '',
    shape: /^(?=(?:.*\d){5})[A-Z0-9]{6,20}$/,
    words:
      /national[ _-]?(?:id|identi|insurance|registration)|personal[ _-]?(?:id\b|identi|number|code|no\b)|identity (?:card|no|num|doc)|\bid[ _-]?card|\bid[ _-]?(?:no|num(?:ber)?)\b|citizen(?:ship)?[ _-]?(?:id|card|num|no)|social[ _-]?(?:security|insurance)|resident[ _-]?(?:id|reg)|identification (?:no|num|card|code)|government[ _-]?id|\bssn\b|documento de identidad|n[úu]mero de identi|numéro d'identi|personalnummer|id-?nummer|identificatie|num[ée]ro national|身份证|身份證|マイナンバー|주민등록/i,
    samples: ['A1234567890', '850412-7788'],
    label: 'National ID',
  },
  {
    kind: 'imei',
    what: 'Device number (IMEI)',
    verified: 'check digit (Luhn)',
    shape: /^\d{15}$/,
    valid: luhn,
    words: /\bimei\b/i,
    samples: ['490154203237518', '49-015420-323751-8'],
    label: 'IMEI',
  },
];
