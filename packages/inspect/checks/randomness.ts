// Does a text read like words and identifiers, or like characters drawn by chance? Tells a generated secret from a
// variable name of the same length. Knows letter pairs of English prose and source code; knows no detector.

/**
 * Cost of the second character after the first, in half bits, one base-36 digit each: rows and columns are a to z,
 * any digit, anything else. Counted over the prose and the type declarations of some hundred public packages.
 */
const PAIR_COST = [
  'kb88jf9paig686lal685bddebjha',
  '6ifi4hie97m6jk6go9ag7pmpcje7',
  '7kdk6km6ap98jm4gp9c6anomfqg9',
  '8geb3hgj8kebeg8eoc8ebhjoeug3',
  '9f98dbeigilba7fcd679icf9eqi4',
  '5kfj79qm4nnbnf5mu7db7sopbse9',
  'bigj4gcb7knbeadepaac9jlshmi3',
  '6khl2kmk7onhfk8ioaf8bllrhok6',
  'be98abaqmof8946cjc77lctfsdob',
  'aljk3pmagqjmpkahki2fccaromib',
  'bhce3cfe6lidf8dcme7eekhpkrk4',
  '7efb5hik6hh7jk7ftf998dgs9sm5',
  '58fg4lfo7imebi76riahcjnogrm5',
  '9k878c6kbldbgd9coh769dmtdpl6',
  'eba8hddnchc984a8u5ca9bajikob',
  '6lid4lke9ql8ek6as6979holhwia',
  'ilkkimkiinmbmolkjkhk0mgning9',
  '7gbc4cck7qedcb6gu998bdjtcpp5',
  'akaf6hlc9ogggh99kg85ahhkdsk3',
  '8icg6hl66mkfgi9bq7aaclhl8ti5',
  'babb7cdpbwo775k9t676lqrkqpnd',
  '4mkm2ndn5ppnin7ookikmjqpot8a',
  '6ihj7lh64ngfj77hn97emnbppqk7',
  '9kaj9jogalcgjkg3ogg3jmmiend6',
  'eddgeijidphcb993qf9bijdqnll3',
  '6okj4lji9lkejl2lomelcmkndbi8',
  'bdddddklkmkjhiigmigiimkgom22',
  '8a7989cb9dfba9a9j876abajgeaz',
];

/** What a pair costs when characters are drawn evenly from the 62 letters and digits: a letter in either case, a digit. */
const LETTER_BITS = Math.log2(31);
const DIGIT_BITS = Math.log2(6.2);

const DIGIT = 26;
const OTHER = 27;

function column(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  if (code >= 65 && code <= 90) return code - 65;
  return code >= 48 && code <= 57 ? DIGIT : OTHER;
}

const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isLower = (code: number): boolean => code >= 97 && code <= 122;

/**
 * Evidence in bits per character that `text` was drawn by chance: above 0 speaks for chance, below for words.
 * English words lie near −1.5, camelCase names near −0.6, random base62 near +3.5, random hex near +1. Needs some eight
 * characters to mean much.
 */
export function randomness(text: string): number {
  if (text.length < 2) return 0;
  let bits = 0;
  for (let i = 1; i < text.length; i += 1) {
    const [before, here] = [text.charCodeAt(i - 1), text.charCodeAt(i)];
    const to = column(here);
    bits += Number.parseInt(PAIR_COST[column(before)]![to]!, 36) / 2;
    bits -= to === DIGIT || to === OTHER ? DIGIT_BITS : LETTER_BITS;
    // Names change from small to capital letters once in a word; chance does every other time.
    if (isLower(before) && isUpper(here)) bits += 2.5;
    else if (isLower(before) && isLower(here)) bits -= 0.5;
  }
  return bits / (text.length - 1);
}
