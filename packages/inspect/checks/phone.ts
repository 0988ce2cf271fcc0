// Telephone numbers: country calling codes with the lengths of their national numbers, and the shapes of numbers
// written without a code. Source: ITU-T E.164 and the national numbering plans it lists. Knows no context words.

/** Shortest and longest national number (digits without trunk prefix), then the calling codes with these lengths. */
const PLANS: readonly (readonly [shortest: number, longest: number, codes: string])[] = [
  [10, 10, '1 7 52 225 229'],
  [9, 10, '380 881 966 996'],
  [7, 10, '44 84 230 243 254 263 267 353 372 960'],
  [10, 14, '234'],
  [8, 10, '20 60 58 378 506 850 855 856 964 970 976'],
  [5, 10, '27 64 685'],
  [10, 12, '30'],
  [5, 11, '31 852'],
  [8, 9, '32 36 51 213 224 233 237 250 258 264 268 377 382 387 591 962 963'],
  [
    9,
    9,
    '33 34 93 94 211 212 218 221 240 242 244 249 251 255 256 260 261 262 351 590 594 596 979 992 994 995 998',
  ],
  [6, 12, '39 46 359 381'],
  [6, 9, '40 252 355 376 421 508 681 689'],
  [9, 12, '41 420 870'],
  [4, 13, '43 598'],
  [
    8,
    8,
    '45 216 222 223 226 227 228 232 235 236 253 257 266 350 356 357 370 371 373 374 389 505 509 800 808 973 993',
  ],
  [5, 8, '47 386 686'],
  [6, 10, '48 53 95 880'],
  [4, 15, '49'],
  [9, 11, '54'],
  [8, 11, '55 57 65 502 504 593 977'],
  [9, 11, '56'],
  [5, 12, '61 358 971'],
  [7, 15, '62'],
  [6, 13, '63'],
  [8, 13, '66 91'],
  [8, 15, '81'],
  [5, 14, '82'],
  [7, 12, '86 882 972'],
  [7, 13, '90'],
  [8, 12, '92 383 883'],
  [4, 10, '98'],
  [7, 9, '220 231 245 265 354 385 423 967 968'],
  [7, 7, '238 239 246 248 269 291 297 592 673 674 680 691 692'],
  [7, 8, '241 599 670 675 853 961 965 975'],
  [5, 6, '247'],
  [4, 5, '290'],
  [6, 6, '298 299 672 687'],
  [4, 11, '352'],
  [6, 11, '375 595'],
  [5, 5, '500 682'],
  [7, 11, '501 503 507 679 886 974'],
  [6, 7, '597'],
  [5, 7, '676 677 678 688'],
  [4, 7, '683 690'],
  [12, 12, '878'],
  [11, 11, '888'],
];

const LENGTHS = new Map(
  PLANS.flatMap(([low, high, codes]) => codes.split(' ').map((code) => [code, [low, high]] as const)),
);

/** Digits of the calling code that `digits` (after + or 00) begin with, when the rest has a length of that country; else 0. */
export function callingCode(digits: string): number {
  if (digits.length < 7 || digits.length > 15 || digits.startsWith('0')) return 0;
  for (const length of [3, 2, 1]) {
    const range = LENGTHS.get(digits.slice(0, length));
    if (!range) continue;
    // A trunk zero in brackets, +44 (0)20, is written though it is not dialled.
    const rest = digits.length - length;
    return rest >= range[0] && rest <= range[1] + 1 ? length : 0;
  }
  return 0;
}

/** The groups of digits joined by the separators between them, each digit as 9: `(020) 79-1` is `(999) 99-9`. */
export const shapeOf = (text: string): string =>
  text
    .replace(/\d/g, '9')
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[\u2010-\u2015]/g, '-');

/** Shapes that hardly anything but a telephone number has. The first digits decide with them. */
const NATIONAL: readonly (readonly [shape: RegExp, digits: RegExp])[] = [
  // North America and whoever groups ten digits as it does.
  [/^(?:9[ .-])?\(999\)[ -]?999[ .-]9999$|^(?:9 )?999 999-9999$/, /^/],
  [/^(?:9[ .-])?999([ .-])999(?:\1)9999$/, /^(?:1?[2-9]|0[1-9])/],
  // Trunk zero with an area code: Britain, Germany, Italy, the Netherlands, Australia, Japan, South Africa, Turkey, …
  [/^\(?9{3,5}\)?[ /-]{1,3}9{3,4}[ -]?9{3,5}$|^\(?9{2,3}\)?[ -]9{3,4}[ -]9{4}$/, /^0[1-9]/],
  [
    /^9{4} 99 99 99$|^99 9999 9999$|^9{3,4}[ -]999[ -]99[ -]99$|^9{4}([ .])999(?:\1)999$|^9{5,6} 999 ?99{2,3}$|^99[ -]9{7,8}$/,
    /^0[1-9]/,
  ],
  [/^9{4}[ /-]9{6,8}$|^9{3}[ /-]9{6,8}$|^99 99 999 9999$|^9{3}-9{3} 99 99$|^9{6} 9{5}$/, /^0[1-9]/],
  // The area code in brackets with the rest in one or two groups: Britain, Australia, Austria, Taiwan, Vietnam.
  [/^\(9{2,5}\) ?9{5,8}$|^\(?9{4,5}\)? 9{5} 9{3}$|^\(99\) ?999-9999$/, /^0\d/],
  // A short area code and three or four digits twice: Slovenia, Croatia, Israel, Thailand, Georgia, Sweden.
  [
    /^9{2,3}([ -])9{4}(?:\1)999$|^9([ -])9{4}(?:\2)?9{4}$|^9 999 999 999$|^9{2,4}-9{2,3}(?: 9{2,3}){1,2}$/,
    /^0[1-9]/,
  ],
  // Hungary.
  [/^\(?99\)?-?9?9?\/9{3}[ -]9{4}$/, /^[0-9]/],
  // France and Belgium, pairs after the first two; Denmark and Norway are left to context.
  [/^99([ .-])99(?:\1)99(?:\1)99(?:\1)99$/, /^0[1-9]/],
  // Nine digits: Spain, Portugal, Poland, Czechia, Peru. A number of that size is seldom written out.
  [/^999 99 99 99$|^999([ -])999(?:\1)999$/, /^[5-9]/],
  [/^\(999\) (?:9{9}|999 999 999)$/, /^351/],
  // Norway, mobile.
  [/^999 99 999$/, /^[49]/],
  // Greece.
  [/^999 9{7}$|^9{4} 999 ?999$/, /^(?:2|69)/],
  // India, Colombia and Russia.
  [/^9{5}[ -]9{5}$|^999 9{7}$/, /^[36-9]/],
  [/^(?:99 )?999 999 99 99$/, /^(?:57)?[36]/],
  [/^9[ -]?\(999\)[ -]?999-99-99$|^9 999 999 99 99$/, /^[78]/],
  // Ukraine and Russia, within a town.
  [/^999-99-99$/, /^[2-9]/],
  // Brazil.
  [/^\(?99\)? ?9{4,5}-9{4}$/, /^[1-9][1-9]/],
  // China, mobile.
  [/^999[ -]9999[ -]9999$/, /^1[3-9]/],
];

/** In one run: trunk zero and ten or eleven digits, as no quantity is written; Chinese mobile numbers. */
const RUN = /^(?:0[1-9]\d{8,9}|1[3-9]\d{9})$/;

/** True for digits without separators that a national plan has and hardly a quantity or an id. */
export const isNationalRun = (text: string): boolean =>
  RUN.test(text) && !/(\d)\1{4}|0123456|1234567/.test(text);

/** True for a number without calling code whose grouping and first digits belong to a national plan. */
export function isNationalShape(text: string): boolean {
  const [shape, digits] = [shapeOf(text), text.replace(/\D/g, '')];
  return NATIONAL.some(([grouping, head]) => grouping.test(shape) && head.test(digits));
}
