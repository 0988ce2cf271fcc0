// Postal addresses without a model: by the kind of street they name, by house number and postcode side by side, and whatever
// stands with a number behind words that announce an address. Words are in tables/streets.ts.
import { eitherCase } from '../../checks/names.ts';
import { postalValue } from '../../checks/postal.ts';
import type { Detector, Match, Verdict } from '../../detector.ts';
import * as streets from '../tables/streets.ts';

const BEYOND_ASCII =
  '\\u00c0-\\u00de\\u0100-\\u017f\\u018f\\u0386-\\u03ab\\u0401-\\u042f\\u0531-\\u0556\\u0590-\\u06ff\\u0900-\\u0e7f';
const CAPITAL = `[A-Z${BEYOND_ASCII}]`;
/** The same where a word begins: else each capital of encoded noise were a live start of its own. */
const FIRST = `(?:\\b[A-Z]|\\B[${BEYOND_ASCII}])`;
const LETTER =
  "[A-Za-z\\u00c0-\\u024f\\u0259\\u0300-\\u036f\\u0370-\\u06ff\\u0900-\\u0e7f\\u1e00-\\u1eff'’.-]";
const WORD = `${CAPITAL}${LETTER}+`;
const SMALL = '[a-z\\u00df-\\u00ff-]{1,24}';
const NAME = `[A-Z\\u00c0-\\u00de]${SMALL}`;
const HAN = '[\\u4e00-\\u9fff]';
const HANGUL = '[\\uac00-\\ud7a3]';

const BEFORE = eitherCase(streets.BEFORE);
const NUMBER = '[0-9]{1,5}(?:[ ]?[a-z]\\b|[/-][0-9]{1,4})?';
/** Of a flat, a suite, a lot. */
const UNIT = '(?:Apt|Suite|Ste|Unit|Flat|Apartment|Floor|Lot|Bldg)\\.? #?[0-9]{1,5}';
/** As Europe, Asia and Brazil write them, by their shape alone. */
const POSTCODE =
  '(?:(?:[A-Z]{1,2}-|ΤΚ |CP )?[0-9]{4,6}|[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4} ?[A-Z]{2}|[0-9]{4}-[0-9]{3}|[0-9]{5}-[0-9]{3}|ΤΚ [0-9]{3} [0-9]{2})';

/** Of the Free Software Foundation, as thousands of licence texts have it. */
const OF_LICENCES = /^(?:51 Franklin St|59 Temple Pl|675 Mass Ave)|^MA 021(?:10|11|39)\b/;

/** A day and a year in words, which read like a house number and a postcode. */
const DATES =
  /^(?:copyright|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|version|since|table|figure|chapter|page|section)|[ \n](?:19|20)\d\d[ -]|^\S+ (?:19|20)\d\d\b/i;

/** A year or a count before a street's word is none. */
const check = ({ text, left, pattern }: Match): number | false => {
  if (/\d[.,]$|[\p{L}\p{N}_.$€£#/-]$/u.test(left) || OF_LICENCES.test(text)) return false;
  if (pattern === BY_POSTCODE && DATES.test(text)) return false;
  const doubtful = pattern === 0 && /^(?:19|20)\d\d /.test(text);
  return doubtful && !/\b(?:Street|St|Road|Rd|Avenue|Ave|Drive|Dr|Lane|Ln)$/.test(text) ? false : 0.7;
};

/** Which of the patterns it is. */
const BY_POSTCODE = 6;

const JOINT = '(?: is)?["\'”’]?[ \\t]{0,3}[:=：]?[ \\t]{0,3}(?:\\r?\\n)?["\'“‘]?';
const HEAD = new RegExp(`^(?:${streets.ANNOUNCING})${JOINT}`, 'iu');

const announced = ({ text, left }: Match): Verdict | false => {
  if (/[\p{L}\p{N}]$/u.test(left)) return false;
  const begin = HEAD.exec(text)?.[0].length ?? text.length;
  const length = postalValue(text.slice(begin));
  // `12 Baker Street, Fifth Floor 3` is the end of an address, not the beginning.
  if (/^street $/i.test(text.slice(0, begin))) return false;
  return length === 0 ? false : { confidence: 0.8, span: [begin, begin + length] };
};

export const address: readonly Detector[] = [
  {
    id: 'postal-address',
    kind: 'pii.address',
    about:
      'Postal address by its street and house number, in some twenty-five languages; by house number, postcode and town; by the marks of Chinese, Japanese, Korean and Bengali addresses; a post office box, a military post office; a US, Australian, Canadian or British place with its postcode.',
    misses:
      'Streets whose name tells nothing, without a postcode or a flat behind; the town behind a street.',
    source: 'https://pe.usps.com/text/pub28/welcome.htm',
    family: 'word',
    patterns: [
      `\\b[0-9]{1,5}[A-Za-z]? (?:(?:North|South|East|West|[NSEW]\\.?) )?(?:(?:${WORD}|[0-9]{1,3}(?:st|nd|rd|th)) ){1,3}(?:${streets.BEHIND})(?:,? ${UNIT})?\\b`,
      `\\b[0-9]{1,5} (?:${WORD} ){1,3},?${UNIT}\\b`,
      `\\b[0-9]{1,4}(?: ?(?:bis|ter))?,? (?:${BEFORE}) (?:(?:de|du|des|la|le|les) |d['’]|l['’]){0,2}${WORD}(?: ${WORD}){0,3}`,
      `(?:${BEFORE}) (?:(?:de|del|della|da|do|dos|la|las|los) ){0,2}${WORD}(?:(?: de| da| do| e)? ${WORD}){0,3},? (?:n[.º°] ?|No[.:] ?)?${NUMBER}\\b`,
      `(?:${FIRST}${LETTER}+[ -](?:${WORD}[ -])?${NAME}|(?:\\b[A-Z]|\\B[\\u00c0-\\u00de])${SMALL})(?:${streets.ENDINGS}) ${NUMBER}\\b`,
      `${FIRST}${LETTER}+[ -](?:${WORD}[ -]){0,2}(?:${streets.LAST}),? (?:No[.:] ?|b\\. ?)?${NUMBER}\\b`,
      `${FIRST}${LETTER}+ ${NUMBER},{0,2}[ \\n](?:[0-9]{1,3}[./] ?[a-z]{0,5}\\.?,[ \\n])?${POSTCODE} ${WORD}`,
      '\\b[Pp]\\.? ?[Oo]\\.? [Bb]ox [0-9]{1,6}\\b',
      '\\b(?:PSC|Unit|CMR|USNS|USS|USNV|USCGC) [A-Za-z0-9 ]{1,24}[,\\n] ?(?:Box [0-9]{1,5}[,\\n] ?)?(?:[ADF]PO|DPO),? A[AEP]\\b',
      `\\b(?:${streets.STATES}) [0-9]{5}(?:-[0-9]{4})?\\b`,
      `${FIRST}${LETTER}+, (?:NSW|VIC|QLD|TAS|ACT|SA|WA|NT),? [0-9]{4}\\b`,
      '\\b(?:AB|BC|MB|N[BLSTU]|ON|PE|QC|SK|YT),? [A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]\\b',
      '\\b[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}\\b',
      `${HAN}{2,3}[都道府県]${HAN}{1,6}[市区郡町村]`,
      `${HAN}{1,4}[省市区县縣郡]${HAN}{1,8}[路街道巷弄段村里町](?:${HAN}{0,3}|[A-Za-z0-9一-十]{1,4}[段巷弄号號座楼樓]){1,3}`,
      `${HANGUL}{1,6}[시도군] ${HANGUL}{1,6}[구군시] ${HANGUL}{1,8}`,
      `(?:${streets.NUMBERED})[ .:-]{0,2}[0-9\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\u09e6-\\u09ef]{1,4}`,
      `\\b[0-9]{1,4} (?:${streets.ARABIC}) [\\u0621-\\u06d3]{2,16}`,
      `(?:${streets.ARABIC}) [\\u0621-\\u06d3]{2,16}(?: [\\u0621-\\u06d3]{2,16}){0,2}[ ,،]{1,3}(?:رقم |پلاک )?[0-9\\u0660-\\u0669\\u06f0-\\u06f9]{1,4}`,
    ],
    check,
    maxLength: 200,
    examples: {
      positive: [
        'I live at ‹742 Evergreen Terrace›.',
        'ship to ‹12 Baker Street›, London',
        'wohnt in der ‹Hauptstraße 12›.',
        'au ‹12, rue de Rivoli›',
        'en ‹Calle Mayor 5› de',
        'in ‹Via Roma 10›',
        '‹Keizersgracht 123› te',
        'by ‹10 Smith Hollow Apt. 204› again',
        '‹Boční 12, 245 06 Teplice›',
        '‹PO Box 1234›',
        'Springfield, ‹IL 62704›',
        '‹Cindymouth, NSW, 4158›',
        'London ‹NW1 6XE›',
        '‹東京都港区›虎ノ門',
        '‹বাড়ী নং ৬›, ঢাকা',
        'ved ‹Storgatan 7›',
        'в ‹ул. Ленина, 5›',
      ],
      negative: [
        '2024 Annual Report',
        '3 Quick Steps',
        'Route 66',
        'the street is long',
        'chapter 12 Road',
        'Oct 15, 2000 Matt',
        '51 Franklin Street',
        'Version 12, 2024 Release',
      ],
      evasive: [{ text: 'I live at 742 Ever\u200bgreen Terrace now', view: 'folded' }],
    },
  },
  {
    id: 'postal-address-announced',
    kind: 'pii.address',
    about:
      "Words with a number behind what announces an address: a form's or a record's key, `I live at`, `ship it to`, in many languages.",
    misses: 'Announced addresses without any number; everything behind the first line.',
    family: 'phrase',
    patterns: [
      `(?:${eitherCase(streets.ANNOUNCING)})${JOINT}(?:[0-9#\\u0e80-\\ud7a3]|${CAPITAL})[^\\n"<>{}\\[\\];|=\\\\]{5,90}`,
    ],
    check: announced,
    maxLength: 160,
    examples: {
      positive: [
        'My address is ‹31 Kaiser Rises, East Tim› and',
        '"street": "‹9803 Anthony Parkways›"',
        'Address: ‹Úpská 66, 446 58 Horní Slavkov›',
        'I live at ‹4 Ronald Front›.',
        'We moved to ‹Laan 12 bis› last year',
      ],
      negative: ['address: 127.0.0.1:8080', 'Address: none of 4', 'address: 0x7fff12', 'I live in 2 worlds'],
      evasive: [{ text: 'I li\u200bve at 4 Ronald Front now', view: 'folded' }],
    },
  },
];
