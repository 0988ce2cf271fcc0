// What names a person's device, bank or purse: network cards, banks, addresses of cryptocurrencies.
import { near } from '../../checks/context.ts';
import { isPlaceholder } from '../../checks/placeholder.ts';
import { isBase58Address, isBech32 } from '../../checks/wallet.ts';
import type { Detector } from '../../detector.ts';

const BANK =
  /\bswift\b|\bbic\b|swift[_ -]?(?:code|bic)|bank (?:code|identifier)|\bbic[_ -]?code|swift_?|bic_?/i;

/** ISO 3166 codes that a BIC may have in its fifth and sixth place. */
const COUNTRIES = new Set(
  'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  ),
);

const BASE58 = '[1-9A-HJ-NP-Za-km-z]';

const USER = '\\b(?:user[_ -]?name|login)["\'\\x60]?[ \\t]{0,2}(?:[:=]|is)[ \\t]{0,2}["\'\\x60]?';

/** Words of programs, types and instructions, which stand where a name would. */
const STAND_IN =
  /^(?:string|str|varchar|text|char|object|any|undefined|null|none|nil|true|false|bool\w*|number|int\w*|value|required|optional|missing|invalid|empty|not|the|an?|your|my|this|that|self|req\w*|res\w*|data|input|body|params|props|state|config\w*|options|opts|args|env|process|os|user\w*|admin\w*|root|guest|test\w*|demo|example|foo\w*|bar|baz|name|login|password|pass|const|let|var|new|await|function|return|already|taken|used|set|case|also|only|and|or|in|is|on|to|for|from|with|unique|z|joi|yup|schema|field|label|decode\w*|encode\w*|url\w*|credentials|auth\w*|account|default\w*|me|quer\w*|https?|page|form|button|oauth\w*|postgres|mysql|anonymous|unknown|git|x-access-token)$/i;

/** Where the name begins, behind what announced it. */
const nameStart = (text: string): number => /[a-z0-9._-]+[([]?$/i.exec(text)?.index ?? 0;

export const account: readonly Detector[] = [
  {
    id: 'mac-address',
    kind: 'pii.mac',
    about:
      'Hardware address of a network card: six bytes in one notation; null, broadcast and counting ones excepted.',
    source: 'https://standards.ieee.org/products-programs/regauth/',
    misses: 'Twelve digits without separators.',
    family: 'digits',
    ignoreCase: true,
    patterns: [
      '\\b[0-9a-f]{2}(?::[0-9a-f]{2}){5,}\\b',
      '\\b[0-9a-f]{2}(?:-[0-9a-f]{2}){5,}\\b',
      '\\b[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}\\b',
    ],
    check: ({ text, left }) => {
      const bytes = text.replace(/[^0-9a-f]/gi, '').toLowerCase();
      if (bytes.length !== 12 || /[\w.:-]$/.test(left) || new Set(bytes).size < 3) return false;
      if (text.includes('.') && !/[a-f]/i.test(text)) return false;
      return 0.8;
    },
    maxLength: 512,
    examples: {
      positive: ['MAC ‹3c:52:82:1a:9f:e4›.', '"mac":"‹3C-52-82-1A-9F-E4›"', 'device ‹3c52.821a.9fe4› joined'],
      negative: [
        '00:00:00:00:00:00',
        'ff:ff:ff:ff:ff:ff',
        'sha1 3c:52:82:1a:9f:e4:3c:52:82:1a:9f:e4',
        '12:34:56',
        '2024.0102.0304',
      ],
      evasive: [{ text: 'MAC 3c:52:82:\u200b1a:9f:e4 ok', view: 'folded' }],
    },
  },
  {
    id: 'bank-identifier',
    kind: 'pii.swift',
    about: 'SWIFT code (BIC) of a bank, after words that name it; the country must exist.',
    source: 'https://www.iso.org/standard/84108.html',
    misses: 'Codes without such a word within 40 characters on the left.',
    family: 'digits',
    patterns: ['\\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\\b'],
    check: ({ text, left }) => COUNTRIES.has(text.slice(4, 6)) && near(left, BANK, 40) && 0.85,
    examples: {
      positive: ['SWIFT ‹DEUTDEFF›.', 'BIC: ‹COBADEFFXXX›', '{"swift_code":"‹NWBKGB2L›"}'],
      negative: ['the word DEUTDEFF alone', 'SWIFT ABCDXXFF', 'BIC deutdeff'],
      evasive: [{ text: 'BIC DEUT\u200bDEFF ok', view: 'folded' }],
    },
  },
  {
    id: 'crypto-address',
    kind: 'pii.crypto',
    about:
      'Address of a cryptocurrency: Bitcoin and its kin, Ripple, Tron (base58check), bech32, Ethereum, Monero; checksums are verified where there are any.',
    source: 'https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki',
    misses: 'Currencies whose addresses have no form of their own, such as Solana.',
    family: 'digits',
    patterns: [
      `\\b[13LMDAXr7T]${BASE58}{25,34}\\b`,
      '\\b(?:bc|tb|ltc|BC|LTC)1[0-9a-zA-Z]{25,71}\\b',
      '\\b0x[0-9a-fA-F]{40}\\b',
      `\\b[48][0-9AB]${BASE58}{93}\\b`,
    ],
    check: ({ text, left, pattern }) => {
      if (/[\w+/]$/.test(left)) return false;
      if (pattern === 0) return isBase58Address(text) && 0.98;
      if (pattern === 1) return isBech32(text) && 0.98;
      return new Set(text).size > 8 && 0.8;
    },
    examples: {
      positive: [
        'send to ‹1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2›.',
        'wallet: ‹3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy›',
        '"btc":"‹bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq›"',
        'eth ‹0x71C7656EC7ab88b098defB751B7401B5f6d8976F› please',
      ],
      negative: [
        '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3',
        'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp',
        '0x0000000000000000000000000000000000000000',
      ],
      evasive: [{ text: 'to 1BvBMSEYstWetqTFn5Au\u200b4m4GFg7xJaNVN2 ok', view: 'folded' }],
    },
  },
  {
    id: 'username',
    kind: 'pii.username',
    about:
      'Name of an account in a setting, a form or a sentence, after words that name it; stand-ins excepted.',
    misses:
      'Names without such words, of one or two characters, and words of programs such as `admin` or `user`.',
    family: 'word',
    ignoreCase: true,
    patterns: [`${USER}[a-z][a-z0-9._-]{2,31}[(\\[]?`],
    check: ({ text }) => {
      const name = text.slice(nameStart(text));
      return (
        !/[([]$|^[a-z]+[.][a-z]+$|[-_.]$/i.test(name) && !STAND_IN.test(name) && !isPlaceholder(name) && 0.5
      );
    },
    trim: ({ text }) => [nameStart(text), text.length],
    maxLength: 96,
    examples: {
      positive: ['username: ‹jbrown42›', '"username": "‹josephburns›"', 'My username is ‹isaiah_novak›'],
      negative: [
        'username: string',
        'username: getName()',
        'username=admin',
        'username = req.body',
        'the username is required',
        'username: <name>',
      ],
      evasive: [{ text: 'username: jbr\u200bown42 ok', view: 'folded' }],
    },
  },
];
