// Personal numbers of American countries. Sources: the issuing authorities' descriptions, check digits as the tax
// administrations publish them; US formats by the IRS, CMS, DEA and the Federal Reserve.
import { hasDay, weighted } from '../../checks/check-digits.ts';
import { luhn } from '../../checks/luhn.ts';
import type { IdRow } from '../personal/id-row.ts';

const at = (text: string, i: number): number => text.charCodeAt(i) - 48;
const last = (text: string): number => at(text, text.length - 1);
const repeated = (text: string): boolean => /^(\d)\1+$/.test(text);

/** Remainder of a weighted sum, as a check digit from 11 down, ten and eleven read as 0. */
const down11 = (rest: number): number => (rest < 2 ? 0 : 11 - rest);

const cpf = (n: string): boolean =>
  !repeated(n) &&
  down11(weighted(n, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) === at(n, 9) &&
  down11(weighted(n, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) === at(n, 10);

const cnpj = (n: string): boolean =>
  !repeated(n) &&
  down11(weighted(n, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) === at(n, 12) &&
  down11(weighted(n, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) === at(n, 13);

const cuit = (n: string): boolean => {
  const check = 11 - (weighted(n, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return (check === 11 ? 0 : check === 10 ? 9 : check) === last(n);
};

const rut = (n: string): boolean => {
  const body = n.slice(0, -1).padStart(8, '0');
  const check = 11 - (weighted(body, [3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return (check === 11 ? '0' : check === 10 ? 'K' : String(check)) === n.at(-1);
};

const CURP = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
const curp = (n: string): boolean => {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += CURP.indexOf(n[i]!) * (18 - i);
  return hasDay(n, 6, 8) && (10 - (sum % 10)) % 10 === last(n);
};

const nit = (n: string): boolean => {
  const rest =
    weighted(n.slice(0, -1).padStart(15, '0'), [71, 67, 59, 53, 47, 43, 41, 37, 29, 23, 19, 17, 13, 7, 3]) %
    11;
  return (rest > 1 ? 11 - rest : rest) === last(n);
};

const ecuador = (n: string): boolean => {
  const province = Number(n.slice(0, 2));
  return ((province >= 1 && province <= 24) || province === 30) && at(n, 2) < 6 && luhn(n);
};

const dea = (n: string): boolean =>
  (at(n, 2) + at(n, 4) + at(n, 6) + 2 * (at(n, 3) + at(n, 5) + at(n, 7))) % 10 === at(n, 8);

const MBI =
  /^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d{2}$/;
const LICENCE =
  /driv\w*(?:['’]?s)?[ _-]?(?:licen|id|permit)|driving|permis de conduire|führerschein|rijbewijs|patente|carnet de conducir|\bd\.?l\.?\b|\bdln\b|\bdmv\b/i;

export const america: readonly IdRow[] = [
  {
    kind: 'us-itin',
    what: 'US individual taxpayer identification number',
    verified: 'groups in use',
    shape: /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/,
    valid: () => true,
    words: /\bitin\b|taxpayer|\btin\b|tax (?:id|payer)|\bssn\b/i,
    written: /^\d{3}-\d{2}-\d{4}$/,
    aloneWritten: 0.7,
    samples: ['912-70-1234', '912701234'],
    label: 'ITIN',
  },
  {
    kind: 'us-itin',
    what: 'Number of the form of an ITIN whose group is not assigned',
    verified: '',
    shape: /^9\d{8}$/,
    words: /\bitin\b|taxpayer id|\bssn\b|social security/i,
    written: /^\d{3}-\d{2}-\d{4}$/,
    aloneWritten: 0.5,
    samples: ['953-33-1232'],
    label: 'ITIN',
  },
  {
    kind: 'us-ein',
    what: 'US employer identification number',
    verified: 'prefixes in use',
    shape: /^(?!0[0789]|1[789]|28|29|49|69|70|78|79|89|9[67])\d{9}$/,
    words: /\bein\b|\bfein\b|employer (?:id|ident)|federal tax|tax id/i,
    written: /^\d{2}-\d{7}$/,
    aloneWritten: 0.45,
    samples: ['12-3456789'],
    label: 'EIN',
  },
  {
    kind: 'us-npi',
    what: 'US national provider identifier',
    verified: 'check digit (Luhn with 80840)',
    shape: /^[12]\d{9}$/,
    valid: (n) => luhn(`80840${n}`),
    words: /\bnpi\b|provider/i,
    samples: ['1234567893'],
    label: 'NPI',
  },
  {
    kind: 'us-mbi',
    what: 'US Medicare beneficiary identifier',
    verified: 'shape with the letters in use',
    shape: MBI,
    words: /\bmbi\b|medicare|beneficiary/i,
    written: /^\w{4}-?\w{3}-?\w{4}$/,
    alone: 0.8,
    samples: ['1EG4-TE5-MK73', '1EG4TE5MK73'],
    label: 'MBI',
  },
  {
    kind: 'us-dea',
    what: 'US DEA registration number',
    verified: 'check digit',
    shape: /^[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}$/,
    valid: dea,
    words: /\bdea\b|prescri/i,
    alone: 0.5,
    samples: ['AB1234563'],
    label: 'DEA number',
  },
  {
    kind: 'us-passport',
    what: 'US passport',
    verified: '',
    shape: /^[A-Z]?\d{8,9}$/,
    words: /passport/i,
    samples: ['A12345678', '912803456'],
    label: 'Passport number',
  },
  {
    kind: 'driver-license',
    what: 'US or Canadian driver license',
    verified: '',
    shape:
      /^(?:[A-Z]{1,3}\d{5,14}|\d{7,12}|[A-Z]\d{2,4}[A-Z0-9]{4,12}|\d{2,3}[A-Z]{1,2}\d{4,6}|[A-Z]{3,7}[A-Z0-9]{5,12})$/,
    words: LICENCE,
    samples: ['D123-4567-8901', 'F255-921-50-094-0', 'A1234567'],
    label: "Driver's license",
  },
  {
    kind: 'us-aba-routing',
    what: 'US bank routing number',
    verified: 'check digit',
    shape: /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/,
    valid: (n) => weighted(n, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0 && !repeated(n),
    words: /routing|\baba\b|\brtn\b|transit/i,
    samples: ['021000021', '1210-0035-8'],
    label: 'Routing number',
  },
  {
    kind: 'ca-sin',
    what: 'Canadian social insurance number',
    verified: 'check digit (Luhn)',
    shape: /^[1-79]\d{8}$/,
    valid: luhn,
    words: /\bsin\b|social insurance|\bnas\b|assurance sociale/i,
    written: /^\d{3}[- ]\d{3}[- ]\d{3}$/,
    aloneWritten: 0.6,
    samples: ['130-692-544', '193456787'],
    label: 'SIN',
  },
  {
    kind: 'ca-health',
    what: 'Canadian provincial health card',
    verified: '',
    shape: /^\d{10}(?:[A-Z]{2})?$|^[A-Z]{4}\d{8}$|^\d{9}$/,
    words: /health ?card|\bohip\b|\bphn\b|ramq|assurance maladie|carte sant/i,
    samples: ['1234 567 897 AB'],
    label: 'OHIP',
  },
  {
    kind: 'br-cpf',
    what: 'Brazilian taxpayer number of persons',
    verified: 'two check digits mod 11',
    shape: /^\d{11}$/,
    valid: cpf,
    words: /\bcpf\b|cadastro de pessoa/i,
    written: /^\d{3}\.\d{3}\.\d{3}[-/.]\d{2}$/,
    alone: 0.75,
    samples: ['390.533.447-05', '23100299981'],
    label: 'CPF',
  },
  {
    kind: 'br-cnpj',
    what: 'Brazilian taxpayer number of companies',
    verified: 'two check digits mod 11',
    shape: /^\d{14}$/,
    valid: cnpj,
    words: /\bcnpj\b/i,
    written: /^\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}$/,
    alone: 0.75,
    samples: ['16.727.230/0001-97'],
    label: 'CNPJ',
  },
  {
    kind: 'br-rg',
    what: 'Brazilian identity card',
    verified: '',
    shape: /^\d{7,9}[0-9X]?$/,
    words: /\brg\b|registro geral|identidade/i,
    samples: ['12.345.678-9'],
    label: 'RG',
  },
  {
    kind: 'ar-dni',
    what: 'Argentine identity number',
    verified: '',
    shape: /^\d{7,8}$/,
    words: /\bdni\b|documento/i,
    samples: ['20.123.456'],
    label: 'DNI',
  },
  {
    kind: 'ar-cuit',
    what: 'Argentine tax or labour number',
    verified: 'prefix and check digit mod 11',
    shape: /^(?:2[03467]|3[034])\d{9}$/,
    valid: cuit,
    words: /\bcui[tl]\b/i,
    written: /^\d{2}-\d{8}-\d$/,
    aloneWritten: 0.85,
    samples: ['20-05536168-2'],
    label: 'CUIT',
  },
  {
    kind: 'cl-rut',
    what: 'Chilean RUT or RUN',
    verified: 'check character mod 11',
    shape: /^[1-9]\d{6,7}[0-9K]$/,
    valid: rut,
    words: /\bru[tn]\b/i,
    written: /^(?:\d{1,2}\.\d{3}\.\d{3}|\d{7,8})-[0-9K]$/i,
    aloneWritten: 0.8,
    samples: ['12.531.909-2', '20686957-7'],
    label: 'RUT',
  },
  {
    kind: 'co-cedula',
    what: 'Colombian citizenship number',
    verified: '',
    shape: /^[1-9]\d{5,9}$/,
    words: /c[ée]dula|ciudadan|\bc\.?c\.?(?=[ :.#]|$)/i,
    samples: ['1.020.304.050'],
    label: 'Cédula de ciudadanía',
  },
  {
    kind: 'co-nit',
    what: 'Colombian tax number',
    verified: 'check digit mod 11',
    shape: /^\d{8,16}$/,
    valid: nit,
    words: /\bnit\b|\brut\b/i,
    written: /^\d{3}\.?\d{3}\.?\d{3}-\d$/,
    samples: ['213.123.432-1'],
    label: 'NIT',
  },
  {
    kind: 'mx-curp',
    what: 'Mexican population register code',
    verified: 'date, state and check digit',
    shape: /^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\d$/,
    valid: curp,
    words: /\bcurp\b/i,
    alone: 0.95,
    samples: ['BOXW310820HNERXN09'],
    label: 'CURP',
  },
  {
    kind: 'mx-rfc',
    what: 'Mexican tax register code',
    verified: 'date',
    shape: /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{2}[0-9A]$/,
    valid: (n) => hasDay(n, n.length - 7, n.length - 5),
    words: /\brfc\b/i,
    written: /^[A-Z&]{3,4}[ -]?\d{6}[ -]?\w{3}$/i,
    alone: 0.7,
    samples: ['GODE561231GR8'],
    label: 'RFC',
  },
  {
    kind: 'mx-nss',
    what: 'Mexican social security number',
    verified: 'check digit (Luhn)',
    shape: /^\d{11}$/,
    valid: luhn,
    words: /\bnss\b|\bimss\b|seguro social/i,
    samples: ['12345678903'],
    label: 'NSS',
  },
  {
    kind: 'pe-dni',
    what: 'Peruvian identity number',
    verified: '',
    shape: /^\d{8}[0-9A-K]?$/,
    words: /\bdni\b|\bcui\b|documento/i,
    samples: ['10117410-2'],
    label: 'DNI',
  },
  {
    kind: 'pe-ruc',
    what: 'Peruvian taxpayer number',
    verified: 'prefix and check digit mod 11',
    shape: /^(?:1[0567]|20)\d{9}$/,
    valid: (n) => (11 - (weighted(n, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === last(n),
    words: /\bruc\b/i,
    samples: ['20512333797'],
    label: 'RUC',
  },
  {
    kind: 'uy-ci',
    what: 'Uruguayan identity number',
    verified: 'check digit',
    shape: /^\d{7,8}$/,
    valid: (n) => (10 - (weighted(n.padStart(8, '0'), [2, 9, 8, 7, 6, 3, 4]) % 10)) % 10 === last(n),
    words: /c[ée]dula|\bc\.?i\.?(?=[ :.#]|$)|identidad/i,
    written: /^\d\.\d{3}\.\d{3}-\d$/,
    aloneWritten: 0.7,
    samples: ['1.234.567-2'],
    label: 'Cédula de identidad',
  },
  {
    kind: 'ec-cedula',
    what: 'Ecuadorian identity number',
    verified: 'province and check digit',
    shape: /^\d{10}(?:001)?$/,
    valid: (n) => ecuador(n.slice(0, 10)),
    words: /c[ée]dula|\bruc\b|\bc\.?i\.?(?=[ :.#]|$)/i,
    written: /^\d{9}-\d$/,
    samples: ['171430710-3'],
    label: 'Cédula',
  },
  {
    kind: 've-cedula',
    what: 'Venezuelan identity or tax number',
    verified: '',
    shape: /^[VEJPG]\d{7,9}$/,
    words: /c[ée]dula|\brif\b|\bc\.?i\.?(?=[ :.#]|$)|venez/i,
    written: /^[VEJPG]-?\d{7,8}(?:-\d)?$|^[VE]-\d{1,2}\.\d{3}\.\d{3}$/i,
    samples: ['V-12.345.678'],
    label: 'Cédula',
  },
  {
    kind: 'do-cedula',
    what: 'Dominican identity number',
    verified: 'check digit (Luhn)',
    shape: /^\d{11}$/,
    valid: luhn,
    words: /c[ée]dula|dominican/i,
    written: /^\d{3}-\d{7}-\d$/,
    aloneWritten: 0.85,
    samples: ['001-1391820-5'],
    label: 'Cédula',
  },
  {
    kind: 'cr-cedula',
    what: 'Costa Rican identity number',
    verified: '',
    shape: /^[1-9]\d{8}$/,
    words: /c[ée]dula|costa ric/i,
    written: /^\d-\d{4}-\d{4}$/,
    samples: ['1-0913-0259'],
    label: 'Cédula',
  },
  {
    kind: 'py-ruc',
    what: 'Paraguayan taxpayer number',
    verified: 'check digit mod 11',
    shape: /^\d{6,9}$/,
    valid: (n) => {
      let sum = 0;
      for (let i = 0; i < n.length - 1; i += 1) sum += at(n, n.length - 2 - i) * (i + 2);
      return ((11 - (sum % 11)) % 11) % 10 === last(n);
    },
    words: /\bruc\b|c[ée]dula/i,
    samples: ['80028061-0'],
    label: 'RUC',
  },
];
