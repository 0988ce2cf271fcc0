// Personal numbers of Asia, Africa, the Near East and Oceania. Sources: the issuing authorities' descriptions; check digits
// as GB 11643 (China), UIDAI (India), MIC (Japan), the ATO (Australia) and the like publish them.
import { hasDay, isDay, two, verhoeff, weighted } from '../../checks/check-digits.ts';
import { luhn } from '../../checks/luhn.ts';
import type { IdRow } from '../personal/id-row.ts';

const at = (text: string, i: number): number => text.charCodeAt(i) - 48;
const last = (text: string): number => at(text, text.length - 1);

const chinese = (n: string): boolean =>
  /^[1-68-9]\d{5}(?:18|19|20)/.test(n) &&
  hasDay(n, 10, 12) &&
  '10X98765432'[weighted(n, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === n[17];

const hongKong = (n: string): boolean => {
  const padded = n.padStart(9, ' ');
  let sum = 0;
  for (let i = 0; i < 9; i += 1) {
    const c = padded[i]!;
    const value = c === ' ' ? 36 : Number.parseInt(c, 36);
    sum += value * (9 - i);
  }
  return sum % 11 === 0;
};

const TAIWAN = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';
const taiwan = (n: string): boolean => {
  const code = TAIWAN.indexOf(n[0]!) + 10;
  return (Math.floor(code / 10) + (code % 10) * 9 + weighted(n, [8, 7, 6, 5, 4, 3, 2, 1, 1], 1)) % 10 === 0;
};

const SINGAPORE: Readonly<Record<string, readonly [letters: string, added: number]>> = {
  S: ['JZIHGFEDCBA', 0],
  T: ['JZIHGFEDCBA', 4],
  F: ['XWUTRQPNMLK', 0],
  G: ['XWUTRQPNMLK', 4],
  M: ['KLJNPQRTUWX', 3],
};
const singapore = (n: string): boolean => {
  const [letters, added] = SINGAPORE[n[0]!]!;
  const rest = (weighted(n, [2, 7, 6, 5, 4, 3, 2], 1) + added) % 11;
  return letters[n[0] === 'M' ? 10 - rest : rest] === n[8];
};

const korean = (n: string): boolean => {
  const sum = weighted(n, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
  // Numbers issued since October 2020 have no check digit.
  return (
    hasDay(n, 2, 4) &&
    /^\d{6}[0-9]/.test(n) &&
    ((11 - (sum % 11)) % 10 === last(n) || two(n, 0) >= 20 || at(n, 6) >= 3)
  );
};

const japanese = (n: string): boolean => {
  const rest = weighted(n, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest <= 1 ? 0 : 11 - rest) === last(n);
};

const thai = (n: string): boolean =>
  (11 - (weighted(n, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === last(n);

const MOD36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const gstin = (n: string): boolean => {
  let sum = 0;
  for (let i = 0; i < 14; i += 1) {
    const product = MOD36.indexOf(n[i]!) * (1 + (i % 2));
    sum += Math.floor(product / 36) + (product % 36);
  }
  return MOD36[(36 - (sum % 36)) % 36] === n[14];
};

const ird = (n: string): boolean => {
  const body = n.padStart(9, '0');
  const check = (weights: readonly number[]): number => (11 - (weighted(body, weights) % 11)) % 11;
  const first = check([3, 2, 7, 6, 5, 4, 3, 2]);
  return Number(n) > 10_000_000 && (first < 10 ? first : check([7, 4, 3, 2, 5, 2, 7, 6])) === last(body);
};

const NHI = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const nhi = (n: string): boolean => {
  let sum = 0;
  for (let i = 0; i < 6; i += 1) sum += (i < 3 ? NHI.indexOf(n[i]!) + 1 : at(n, i)) * (7 - i);
  return /\d$/.test(n) ? sum % 11 !== 0 && (11 - (sum % 11)) % 10 === last(n) : NHI[23 - (sum % 24)] === n[6];
};

const abn = (n: string): boolean => (weighted(n, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;

const DATE_FIRST = (n: string): boolean => hasDay(n, 2, 4);

export const elsewhere: readonly IdRow[] = [
  {
    kind: 'in-aadhaar',
    what: 'Indian Aadhaar number',
    verified: 'check digit (Verhoeff)',
    shape: /^[2-9]\d{11}$/,
    valid: (n) => verhoeff(n) && n !== [...n].reverse().join(''),
    words: /aadha+r|\buidai?\b|आधार/i,
    written: /^\d{4}[- ]\d{4}[- ]\d{4}$/,
    aloneWritten: 0.8,
    samples: ['2341 2341 2346', '499118665246'],
    label: 'Aadhaar',
  },
  {
    kind: 'in-aadhaar',
    what: 'Number that is called an Aadhaar number',
    verified: '',
    shape: /^\d{12}$/,
    words: /aadha+r|आधार/i,
    samples: ['418597316276'],
    label: 'Aadhaar',
  },
  {
    kind: 'in-pan',
    what: 'Indian permanent account number',
    verified: 'holder type',
    shape: /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/,
    words: /\bpan\b|permanent account/i,
    alone: 0.7,
    samples: ['ACUPA7085R'],
    label: 'PAN',
  },
  {
    kind: 'in-gstin',
    what: 'Indian goods and services tax number',
    verified: 'state and check character',
    shape: /^[0-3]\d[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/,
    valid: gstin,
    words: /\bgst/i,
    alone: 0.9,
    samples: ['27AAPFU0939F1ZV'],
    label: 'GSTIN',
  },
  {
    kind: 'in-voter',
    what: 'Indian voter card',
    verified: '',
    shape: /^[A-Z]{3}\d{7}$/,
    words: /voter|\bepic\b|election/i,
    samples: ['YSS0157587'],
    label: 'Voter ID',
  },
  {
    kind: 'passport',
    what: 'Passport of India and others of one or two letters and digits',
    verified: '',
    shape: /^[A-Z]{1,2}\d{6,8}[A-Z]?$/,
    words:
      /passport|pasaporte|passeport|passaporte?|reisepass|paspoort|paszport|护照|パスポート|旅券|여권|паспорт/i,
    samples: ['J8369854'],
    label: 'Passport',
  },
  {
    kind: 'in-vehicle',
    what: 'Indian vehicle registration',
    verified: 'state code',
    shape:
      /^(?:AP|AR|AS|BR|CG|CH|DL|GA|GJ|HP|HR|JH|JK|KA|KL|LA|MH|ML|MN|MP|MZ|NL|OD|PB|PY|RJ|SK|TN|TR|TS|UK|UP|WB)\d{1,2}[A-Z]{1,3}\d{4}$/,
    words: /vehicle|registration|\bcar\b|plate|\breg\b/i,
    written: /^[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}$/,
    alone: 0.6,
    samples: ['KA 53 ME 3456', 'MH12DE1433'],
    label: 'Vehicle registration',
  },
  {
    kind: 'cn-resident-id',
    what: 'Chinese resident identity number',
    verified: 'date and check character',
    shape: /^\d{17}[0-9X]$/,
    valid: chinese,
    words: /身份证|身份證|resident|identity/i,
    alone: 0.95,
    samples: ['11010519491231002X'],
    label: '身份证号码',
  },
  {
    kind: 'hk-hkid',
    what: 'Hong Kong identity card',
    verified: 'check character mod 11',
    shape: /^[A-Z]{1,2}\d{6}[0-9A]$/,
    valid: hongKong,
    words: /hkid|hong kong|identity card|身份證/i,
    written: /^[A-Z]{1,2}\d{6}\([0-9A]\)$/,
    aloneWritten: 0.9,
    samples: ['A123456(3)', 'AB987654(3)'],
    label: 'HKID',
  },
  {
    kind: 'tw-id',
    what: 'Taiwanese identity number',
    verified: 'check digit',
    shape: /^[A-Z][1289]\d{8}$/,
    valid: taiwan,
    words: /身分證|身份證|national id|taiwan/i,
    alone: 0.55,
    samples: ['A123456789'],
    label: '身分證字號',
  },
  {
    kind: 'kr-rrn',
    what: 'Korean resident registration number',
    verified: 'date, and check digit where it has one',
    shape: /^\d{13}$/,
    valid: korean,
    words: /주민|\brrn\b|resident reg|외국인/i,
    written: /^\d{6}-\d{7}$/,
    aloneWritten: 0.85,
    samples: ['971013-9019902'],
    label: '주민등록번호',
  },
  {
    kind: 'jp-my-number',
    what: 'Japanese individual number',
    verified: 'check digit mod 11',
    shape: /^\d{12}$/,
    valid: japanese,
    words: /マイナンバー|個人番号|my ?number/i,
    written: /^\d{4}[- ]\d{4}[- ]\d{4}$/,
    samples: ['1234 5678 9018'],
    label: 'マイナンバー',
  },
  {
    kind: 'sg-nric',
    what: 'Singaporean NRIC or FIN',
    verified: 'check letter mod 11',
    shape: /^[STFGM]\d{7}[A-Z]$/,
    valid: singapore,
    words: /\bnric\b|\bfin\b|singapore/i,
    alone: 0.8,
    samples: ['S1234567D', 'T1234567J'],
    label: 'NRIC',
  },
  {
    kind: 'th-id',
    what: 'Thai identity number',
    verified: 'check digit mod 11',
    shape: /^[1-8]\d{12}$/,
    valid: thai,
    words: /บัตรประชาชน|ประจำตัว|thai|\btnin\b/i,
    written: /^\d-\d{4}-\d{5}-\d{2}-\d$/,
    aloneWritten: 0.9,
    samples: ['1-2345-67890-12-1', '7-1006-00445-63-8'],
    label: 'เลขประจำตัวประชาชน',
  },
  {
    kind: 'my-nric',
    what: 'Malaysian identity card',
    verified: 'date',
    shape: /^\d{12}$/,
    valid: DATE_FIRST,
    words: /mykad|\bnric\b|\bic (?:no|num)|kad pengenalan|malaysia|\bic\b/i,
    written: /^\d{6}-\d{2}-\d{4}$/,
    aloneWritten: 0.8,
    samples: ['770305-02-1234'],
    label: 'MyKad',
  },
  {
    kind: 'ph-id',
    what: 'Philippine PhilSys, SSS, TIN, UMID or PhilHealth number',
    verified: '',
    shape: /^\d{9,10}$|^\d{12}$|^\d{16}$/,
    words: /\bsss\b|\btin\b|philhealth|philsys|umid|\bgsis\b|pag-?ibig|philippine/i,
    samples: ['34-1234567-8'],
    label: 'SSS',
  },
  {
    kind: 'id-nik',
    what: 'Indonesian identity number',
    verified: 'province and date',
    shape: /^(?:1[1-9]|2[01]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])\d{14}$/,
    valid: (n) => isDay(two(n, 8), two(n, 6) > 40 ? two(n, 6) - 40 : two(n, 6)),
    words: /\bnik\b|\bktp\b|kependudukan/i,
    alone: 0.5,
    samples: ['3171011708450001'],
    label: 'NIK',
  },
  {
    kind: 'vn-cccd',
    what: 'Vietnamese citizen identity card',
    verified: '',
    shape: /^0\d{11}$|^\d{9}$/,
    words: /\bcccd\b|\bcmnd\b|căn cước|chứng minh/i,
    samples: ['001099012345'],
    label: 'CCCD',
  },
  {
    kind: 'pk-cnic',
    what: 'Pakistani identity card',
    verified: 'shape with its dashes',
    shape: /^[1-7]\d{12}$/,
    words: /\bcnic\b|\bnicop\b|شناختی/i,
    written: /^\d{5}-\d{7}-\d$/,
    aloneWritten: 0.85,
    samples: ['35202-1234567-1'],
    label: 'CNIC',
  },
  {
    kind: 'bd-nid',
    what: 'Bangladeshi identity number',
    verified: '',
    shape: /^\d{10}$|^\d{13}$|^\d{17}$/,
    words: /\bnid\b|bangladesh/i,
    samples: ['1592824588424'],
    label: 'NID',
  },
  {
    kind: 'lk-nic',
    what: 'Sri Lankan identity card',
    verified: 'day of the year',
    shape: /^\d{9}[VX]$|^(?:19|20)\d{10}$/,
    valid: (n) => {
      const day = Number(n.length === 10 ? n.slice(2, 5) : n.slice(4, 7)) % 500;
      return day >= 1 && day <= 366;
    },
    words: /\bnic\b|sri lanka/i,
    samples: ['881234567V'],
    label: 'NIC',
  },
  {
    kind: 'ae-emirates-id',
    what: 'Emirates identity card',
    verified: 'country prefix',
    shape: /^784(?:19|20)\d{10}$/,
    words: /emirates|\beid\b|هوية/i,
    written: /^784-\d{4}-\d{7}-\d$/,
    alone: 0.8,
    samples: ['784-1987-1234567-6'],
    label: 'Emirates ID',
  },
  {
    kind: 'sa-national-id',
    what: 'Saudi identity or residence number',
    verified: 'check digit (Luhn)',
    shape: /^[12]\d{9}$/,
    valid: luhn,
    words: /iqama|saudi|national id|الهوية/i,
    samples: ['1088888886'],
    label: 'Iqama',
  },
  {
    kind: 'eg-national-id',
    what: 'Egyptian identity number',
    verified: 'date and governorate',
    shape: /^[23]\d{13}$/,
    valid: (n) => hasDay(n, 3, 5) && two(n, 7) >= 1 && (two(n, 7) <= 35 || two(n, 7) === 88),
    words: /القومي|egypt|national id/i,
    alone: 0.6,
    samples: ['29001011234567'],
    label: 'الرقم القومي',
  },
  {
    kind: 'kw-civil-id',
    what: 'Kuwaiti civil number',
    verified: 'date and check digit mod 11',
    shape: /^[123]\d{11}$/,
    valid: (n) => hasDay(n, 3, 5) && 11 - (weighted(n, [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) === last(n),
    words: /civil|kuwait|مدني/i,
    samples: ['290010112303'],
    label: 'Civil ID',
  },
  {
    kind: 'ir-national-code',
    what: 'Iranian national code',
    verified: 'check digit mod 11',
    shape: /^\d{10}$/,
    valid: (n) => {
      const rest = weighted(n, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
      return (rest < 2 ? rest : 11 - rest) === last(n);
    },
    words: /کد ?ملی|melli|national code|iran/i,
    samples: ['0499370899'],
    label: 'کد ملی',
  },
  {
    kind: 'kz-iin',
    what: 'Kazakh identification number',
    verified: 'date',
    shape: /^\d{12}$/,
    valid: DATE_FIRST,
    words: /\biin\b|иин|жсн/i,
    samples: ['860904350504'],
    label: 'ИИН',
  },
  {
    kind: 'il-id',
    what: 'Israeli identity number',
    verified: 'check digit (Luhn)',
    shape: /^\d{9}$/,
    valid: luhn,
    words: /תעודת|ת\.?ז|מספר זהות|teudat|israel|\bt\.?z\.?\b/i,
    samples: ['039337423', '123456782'],
    label: 'ת.ז',
  },
  {
    kind: 'za-id',
    what: 'South African identity number',
    verified: 'date, citizenship and check digit (Luhn)',
    shape: /^\d{10}[012][0-9]\d$/,
    valid: (n) => DATE_FIRST(n) && luhn(n),
    words: /south africa|\brsa\b|\bid (?:no|number)/i,
    written: /^\d{6} \d{4} \d{3}$/,
    alone: 0.8,
    samples: ['7503305044089'],
    label: 'RSA ID',
  },
  {
    kind: 'ng-nin',
    what: 'Nigerian identity or bank verification number',
    verified: '',
    shape: /^\d{11}$/,
    words: /\bnin\b|\bbvn\b|nigeria/i,
    samples: ['12345678901'],
    label: 'NIN',
  },
  {
    kind: 'ke-id',
    what: 'Kenyan identity or tax number',
    verified: '',
    shape: /^\d{7,8}$|^[AP]\d{9}[A-Z]$/,
    words: /kenya|\bkra\b|huduma|national id/i,
    samples: ['A123456789Z'],
    label: 'KRA PIN',
  },
  {
    kind: 'au-tfn',
    what: 'Australian tax file number',
    verified: 'check digit mod 11',
    shape: /^\d{8,9}$/,
    valid: (n) => weighted(n.padStart(9, '0'), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && Number(n) > 0,
    words: /\btfn\b|tax file/i,
    samples: ['876 543 210', '123456782'],
    label: 'TFN',
  },
  {
    kind: 'au-abn',
    what: 'Australian business number',
    verified: 'check digits mod 89',
    shape: /^[1-9]\d{10}$/,
    valid: abn,
    words: /\babn\b|business n/i,
    written: /^\d{2} \d{3} \d{3} \d{3}$/,
    aloneWritten: 0.8,
    samples: ['51 824 753 556'],
    label: 'ABN',
  },
  {
    kind: 'au-acn',
    what: 'Australian company number',
    verified: 'check digit',
    shape: /^\d{9}$/,
    valid: (n) => (10 - (weighted(n, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === last(n),
    words: /\bacn\b|company n/i,
    samples: ['004 085 616'],
    label: 'ACN',
  },
  {
    kind: 'au-medicare',
    what: 'Australian Medicare number',
    verified: 'check digit',
    shape: /^[2-6]\d{9}\d?$/,
    valid: (n) => weighted(n, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === at(n, 8),
    words: /medicare/i,
    written: /^\d{4}[ -]\d{5}[ -]\d(?:[ /-]\d)?$/,
    aloneWritten: 0.7,
    samples: ['2123 45670 1'],
    label: 'Medicare',
  },
  {
    kind: 'nz-ird',
    what: 'New Zealand tax number',
    verified: 'check digit mod 11',
    shape: /^\d{8,9}$/,
    valid: ird,
    words: /\bird\b|inland revenue/i,
    samples: ['49-091-850'],
    label: 'IRD',
  },
  {
    kind: 'nz-nhi',
    what: 'New Zealand health index number',
    verified: 'check digit',
    shape: /^[A-HJ-NP-Z]{3}(?:\d{4}|\d{2}[A-HJ-NP-Z]{2})$/,
    valid: nhi,
    words: /\bnhi\b|health index/i,
    samples: ['ZAC5361'],
    label: 'NHI',
  },
  {
    kind: 'tax-id',
    what: 'Tax numbers elsewhere of nine to eleven digits',
    verified: '',
    shape: /^\d{9,13}$/,
    words:
      /\b(?:tax(?:payer)? (?:id(?:entification)?|ref(?:erence)?|file|account)? ?(?:no|number|code|#)|tax[ _-]?id\b)/i,
    samples: ['120-456-7814'],
    label: 'Tax ID number',
  },
];
