// Postal addresses by their street: a house number and a name that ends in a kind of street, or the other way round.
import { eitherCase } from '../../checks/names.ts';
import type { Detector, Match } from '../../detector.ts';

const WORD = "[A-Z\\u00c0-\\u00de][A-Za-z\\u00c0-\\u024f'’.-]{1,24}";

/** Kinds of street behind a name, as English writes and shortens them. Source: USPS Publication 28, appendix C1. */
const BEHIND =
  'Alley|Avenue|Ave|Bend|Blvd|Boulevard|Branch|Bridge|Brook|Bypass|Causeway|Circle|Cir|Close|Corner|Corners|Course|Court|Ct|Cove|Creek|Crescent|Cres|Crest|Crossing|Crossroad|Dale|Drive|Dr|Estate|Estates|Expressway|Extension|Ferry|Field|Fields|Forest|Fork|Freeway|Garden|Gardens|Gateway|Glen|Green|Grove|Harbor|Heights|Highway|Hwy|Hill|Hills|Hollow|Island|Junction|Key|Knoll|Knolls|Lake|Lakes|Landing|Lane|Ln|Light|Loop|Manor|Meadow|Meadows|Mews|Mill|Mills|Mission|Motorway|Mount|Mountain|Oval|Overpass|Park|Parkway|Pkwy|Pass|Passage|Path|Pike|Pine|Pines|Place|Pl|Plain|Plains|Plaza|Point|Points|Port|Prairie|Ramp|Ranch|Rapids|Ridge|River|Road|Rd|Route|Row|Run|Shoals|Shore|Shores|Spring|Springs|Spur|Square|Sq|Station|Stravenue|Stream|Street|St|Summit|Terrace|Trace|Track|Trail|Trafficway|Tunnel|Turnpike|Underpass|Union|Valley|Via|Viaduct|View|Views|Village|Ville|Vista|Walk|Walks|Wall|Way|Well|Wells';

/** Kinds of street before a name: French, Spanish, Italian, Portuguese, Polish, Russian. */
const BEFORE = eitherCase(
  'rue|avenue|av\\.|boulevard|bd|chemin|impasse|allée|quai|calle|c/|avenida|avda\\.?|plaza|paseo|ronda|rambla|camino|pasaje|cuesta|glorieta|urbanización|callejón|alameda|vial|via|viale|piazza|corso|vicolo|strada|borgo|contrada|rua|travessa|largo|praça|praceta|rodovia|ulica|ul\\.|aleja|al\\.|plac|улица|ул\\.|проспект|пр\\.|пер\\.|вулиця|вул\\.',
);

/** Endings of a street's name: German, Dutch, Swedish, Danish, Norwegian, Finnish. */
const ENDINGS =
  'stra(?:ß|ss)e|str\\.|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|plein|gracht|singel|kade|steeg|dreef|gatan|vägen|väg|gata|gränd|stigen|gade|vej|allé|veien|vegen|gaten|katu|tie|polku';

const NUMBER = '[0-9]{1,5}(?:[ ]?[a-z]\\b|[/-][0-9]{1,4})?';

/** A year or a count before a street's word is none. */
const check = ({ text, left, pattern }: Match): number | false => {
  if (/[\w.,$€£#/-]$/.test(left)) return false;
  if (
    pattern === 0 &&
    /^(?:19|20)\d\d /.test(text) &&
    !/\b(?:Street|St|Road|Rd|Avenue|Ave|Drive|Dr|Lane|Ln)$/.test(text)
  )
    return false;
  return 0.7;
};

export const address: readonly Detector[] = [
  {
    id: 'postal-address',
    kind: 'pii.address',
    about:
      'Postal address by its street and house number, as English, German, Dutch, Nordic, French, Spanish, Italian, Portuguese, Polish and Russian write it; a post office box; a US state or British place with its postcode.',
    misses:
      'Addresses without a street or with one whose name tells nothing; Asian and Arabic addresses; the town behind a street.',
    family: 'word',
    patterns: [
      `\\b[0-9]{1,5}[A-Za-z]? (?:(?:North|South|East|West|[NSEW]\\.?) )?(?:(?:${WORD}|[0-9]{1,3}(?:st|nd|rd|th)) ){1,3}(?:${BEHIND})\\b`,
      `\\b[0-9]{1,4}(?: ?(?:bis|ter))?,? (?:${BEFORE}) (?:(?:de|du|des|la|le|les) |d['’]|l['’]){0,2}${WORD}(?: ${WORD}){0,3}`,
      `(?:${BEFORE}) (?:(?:de|del|della|da|do|dos|la|las|los) ){0,2}${WORD}(?:(?: de| da| do| e)? ${WORD}){0,3},? (?:n[.º°] ?)?${NUMBER}\\b`,
      `(?:${WORD}[ -]){0,2}[A-Z\\u00c0-\\u00de][a-z\\u00df-\\u00ff-]{1,24}(?:${ENDINGS}) ${NUMBER}\\b`,
      `(?:${WORD}[ -]){1,3}(?:Stra(?:ß|ss)e|Str\\.|Weg|Platz|Allee|Gasse|Ring) ${NUMBER}\\b`,
      '\\b[Pp]\\.? ?[Oo]\\.? [Bb]ox [0-9]{1,6}\\b',
      '\\b(?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|A[PEA]|DC) [0-9]{5}(?:-[0-9]{4})?\\b',
      '\\b[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}\\b',
    ],
    check,
    maxLength: 160,
    examples: {
      positive: [
        'I live at ‹742 Evergreen Terrace›.',
        'ship to ‹12 Baker Street›, London',
        'wohnt in der ‹Hauptstraße 12›.',
        'au ‹12, rue de Rivoli›',
        'en ‹Calle Mayor 5› de',
        'in ‹Via Roma 10›',
        '‹Keizersgracht 123› te',
        '‹PO Box 1234›',
        'Springfield, ‹IL 62704›',
        'London ‹NW1 6XE›',
      ],
      negative: ['2024 Annual Report', '3 Quick Steps', 'Route 66', 'the street is long', 'chapter 12 Road'],
      evasive: [{ text: 'I live at 742 Ever\u200bgreen Terrace now', view: 'folded' }],
    },
  },
];
