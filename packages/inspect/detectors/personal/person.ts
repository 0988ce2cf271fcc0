// Names of people: given names and family names of many cultures side by side, and whatever stands where words announce a
// name. A name found by itself has little confidence, since books and answers are full of people who are nobody's secret.
import { tail } from '../../checks/context.ts';
import {
  couldBeName,
  eitherCase,
  familyName,
  givenName,
  listedFamilyName,
  plain,
  rareFamilyName,
} from '../../checks/names.ts';
import type { Detector, Match, Verdict } from '../../detector.ts';
import { DASH, DOES, GREETED, GREETED_ELSEWHERE, NAMED, RESPECT } from '../tables/name-words.ts';

/** Of a name that is known to be one, and of one that words announce. Policies tell them apart by it. */
const BARE = 0.3;
const ANNOUNCED = 0.8;

const PARTICLES = new Set(
  'de da do dos das del della di du van von der den la le el bin ibn al zu ter ten y e af av of'.split(' '),
);

/** Credits of published work: whoever is named there wants to be. */
const CREDIT =
  /(?:copyright|\(c\)|©|authors?\b|maintain|contribut|licen[cs]|(?:creat|writ|develop|design|made|built|publish|port|edit|invent|inspir|compos|direct|translat|report|fixed|found|sponsor)\w* by|thanks to|credits?\b|courtesy|signed-off-by|co-authored-by|reviewed-by|acked-by|reported-by|tested-by|et al|@|\bsee\b|\bdoi\b|\bisbn\b|upstream|\bby:)[^.\n]{0,40}$|!?\[[_*]*$|alt=[\\"']{1,2}$|\b(?:19|20)\d\d(?:-\d{2,4})?,? +$/i;

interface Token {
  readonly text: string;
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const tokensOf = (text: string): Token[] =>
  [...text.matchAll(/\p{L}(?:(?!['’]s?(?![\p{L}\p{M}]))[\p{L}\p{M}'’-])*/gu)].map((found) => ({
    text: found[0],
    word: plain(found[0]),
    from: found.index,
    to: found.index + found[0].length,
  }));

const isInitial = ({ text }: Token): boolean => text.length === 1;

/** The next token that is neither an initial nor a particle. */
function nextName(tokens: readonly Token[], after: number): number {
  let i = after + 1;
  while (i < tokens.length && (isInitial(tokens[i]!) || PARTICLES.has(tokens[i]!.text))) i += 1;
  return i;
}

/** Two names side by side within a run of capitalised words: where they begin and end. */
function fullName(text: string): readonly [number, number] | undefined {
  const tokens = tokensOf(text);
  for (const [i, token] of tokens.entries()) {
    const next = tokens[nextName(tokens, i)];
    if (!next || next.text === next.text.toLowerCase()) continue;
    const comma = text.slice(token.to, next.from).includes(',');
    const [first, second] = comma ? [next, token] : [token, next];
    if (pairs(first, second) || (!comma && pairs(second, first, true))) return [token.from, next.to];
  }
  return undefined;
}

/** Whether they are a given name and a family name. `turned`: the family name stands first, which has to be known then. */
function pairs(first: Token, second: Token, turned = false): boolean {
  if (isInitial(first)) return !turned && familyName(second.word) && couldBeName(second.word);
  const standing = givenName(first.word);
  if (standing === 'none') return !turned && couldBeName(first.word) && rareFamilyName(second.word);
  if (!couldBeName(second.word)) return standing === 'name' && !turned && listedFamilyName(second.word);
  return (standing === 'name' && !turned) || familyName(second.word);
}

function checkFull({ text, left }: Match): Verdict | false {
  if (/[\p{L}\p{N}_.'’@/#-]$/u.test(left)) return false;
  const span = fullName(text);
  if (!span || CREDIT.test(tail(left, 64))) return false;
  return { confidence: BARE, span };
}

const UPPER =
  '(?:\\b[A-Z]|[\\u00c0-\\u00de\\u0100-\\u017d\\u018f\\u0218-\\u021a\\u0386-\\u03ab\\u0401-\\u042f])';
const SMALL = 'a-z\\u00df-\\u024f\\u0259\\u03ac-\\u03ce\\u0430-\\u045f';
const LETTERS =
  'A-Za-z\\u00c0-\\u024f\\u0259\\u0370-\\u052f\\u0590-\\u06ff\\u0900-\\u0eff\\u10d0-\\u137f\\u1e00-\\u1eff\\u3040-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7a3';
const WORD = `${UPPER}[${SMALL}'’][${LETTERS}'’]*(?:-${UPPER}[${SMALL}]+)?`;
/** Letters of scripts without capitals: Hebrew, Arabic, Indic scripts, Thai, Georgian, Ethiopic, kana, Han, Hangul. */
const CASELESS =
  '[\\u0590-\\u06ff\\u0900-\\u0eff\\u10d0-\\u137f\\u3040-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7a3]';
const CALLED = `(?:${WORD}|${CASELESS}[${LETTERS}]*)`;
const PARTICLE = `(?:(?:${[...PARTICLES].join('|')}) ){0,2}`;
const INITIAL = `${UPPER}\\.?`;

/** Between the words and the name: a sign, quotes, a line's end. */
const JOINT = '["\'”’]?[ \\t]{0,3}[:=,]?[ \\t]{0,3}(?:\\r?\\n){0,2}["\'“‘]?';
const SPOKEN = `[${LETTERS}][${LETTERS}'’·-]*`;

const capital = (text: string): boolean => /^(?:\p{Lu}|[\p{Lo}\p{M}])/u.test(text);

/** Words that go on after a name. */
const GOES_ON =
  /^(?:and|or|from|at|in|on|of|to|is|was|has|had|who|with|for|und|aus|et|de|y|e|en|og|och|the|a|an|i|not|here|but|so|my)$/;

/** How much the words before a name say: any name, one word, two words in capitals, one that the tables know. */
type Cue = 'any' | 'one' | 'two' | 'known';
/** Of each pattern. */
const CUES: readonly Cue[] = ['any', 'one', 'two', 'known', 'one', 'known'];

const caseless = (text: string): boolean => /^\p{Lo}/u.test(text);
/** In a script of its own: after words in Latin letters, the switch alone says that it is a name. */
const foreign = (token: Token, before: string): boolean =>
  /^[^\p{Script=Latin}]/u.test(token.text) && /[a-z]/i.test(before) && !/[:=][ \t]*["']/.test(before);
/** `DeepWiki`, but `McBride` and `DeLuca`. */
const CAMEL = /^(?!(?:Ma?c|D[aei]|L[aei]|Van|Fitz|O['’]?)\p{Lu}).*\p{Ll}\p{Lu}/u;
const unheard = (token: Token | undefined): boolean =>
  token !== undefined &&
  token.text.length > 1 &&
  capital(token.text) &&
  !CAMEL.test(token.text) &&
  couldBeName(token.word);

function accepted(cue: Cue, first: Token, second: Token | undefined, before: string): boolean {
  const known =
    givenName(first.word) === 'name' ||
    (second !== undefined && capital(second.text) && pairs(first, second));
  if (cue === 'any')
    return capital(first.text) ? couldBeName(first.word) || givenName(first.word) !== 'none' : known;
  if (!capital(first.text)) return false;
  if (known || foreign(first, before)) return true;
  if (!unheard(first) || first.text === first.text.toUpperCase())
    return cue === 'one' && caseless(first.text);
  return cue === 'one' || (cue === 'two' && unheard(second));
}

/** Where the name at the end of an announcement begins and ends. */
function announced(text: string, pattern: number): readonly [number, number] | undefined {
  const cue = CUES[pattern]!;
  const begin = HEADS[pattern]!.exec(text)?.[0].length ?? text.length;
  const tokens = tokensOf(text.slice(begin));
  const first = tokens[0];
  // Something stands between the words and the name, but in scripts written without blanks.
  if (!first || (/[A-Za-z]/.test(text[begin - 1] ?? ' ') && !caseless(first.text))) return undefined;
  if (!accepted(cue, first, tokens[1], text.slice(0, begin))) return undefined;
  let last = first;
  for (const token of tokens.slice(1)) {
    if (
      GOES_ON.test(token.text) ||
      (!capital(token.text) && !PARTICLES.has(token.text) && !familyName(token.word))
    )
      break;
    if (
      capital(token.text) &&
      token.text.length > 1 &&
      !couldBeName(token.word) &&
      !listedFamilyName(token.word)
    )
      break;
    last = token;
  }
  return [begin + first.from, begin + last.to];
}

const HEADS = [NAMED, ...GREETED, GREETED_ELSEWHERE, DASH].map(
  (words) => new RegExp(`^(?:${words})${JOINT}`, 'iu'),
);

const spoken = ({ text, left, pattern }: Match): Verdict | false => {
  if (/[\p{L}\p{N}_]$/u.test(left)) return false;
  const cue = CUES[pattern]!;
  const span = announced(text, pattern);
  if (!span || (cue !== 'any' && CREDIT.test(tail(left + text.slice(0, span[0]), 64)))) return false;
  return { confidence: cue === 'any' ? ANNOUNCED : BARE, span };
};

/** A name by what follows it: what people do, what they own, what they say in a chat. */
const followed = ({ text, left, pattern }: Match): Verdict | false => {
  if (/[\p{L}\p{N}_.'’@/#-]$/u.test(left) || CREDIT.test(tail(left, 64))) return false;
  const tokens = tokensOf(text);
  const [first, second] = tokens;
  if (!first) return false;
  const says = pattern === SAYS;
  if (says && !/(?:^|[\n\]>)])[ \t]*$/.test(left)) return false;
  const strange = /^[^\p{Script=Latin}]/u.test(first.text);
  const two = second !== undefined && capital(second.text) && !says && unheard(second);
  const known =
    givenName(first.word) === 'name' || (two && pairs(first, second)) || (pattern === DOING && strange);
  if (pattern === RESPECTED || known) {
    const span = fullName(text);
    let last = first;
    for (const token of tokens.slice(1)) if (capital(token.text) && token.to <= text.length) last = token;
    return { confidence: BARE, span: span ?? [first.from, pattern === RESPECTED ? text.length : last.to] };
  }
  return false;
};

/** Which of the patterns it is. */
const [DOING, , SAYS, RESPECTED] = [0, 1, 2, 3];

export const person: readonly Detector[] = [
  {
    id: 'person-name',
    kind: 'pii.person',
    about:
      'Given name and family name side by side, by tables of both over many cultures; credits of published work excepted. Confidence 0.3.',
    misses:
      'Names of which neither part is in the tables; names in small letters or capitals throughout; single names.',
    family: 'word',
    patterns: [`${WORD}(?:,? ${PARTICLE}(?:${WORD}|${INITIAL})){1,4}`, `(?:\\b[A-Z]\\. ?){1,3}${WORD}`],
    check: checkFull,
    maxLength: 120,
    examples: {
      positive: [
        'I spoke to ‹John Smith› yesterday.',
        'Yesterday ‹Anna-Maria Schmidt› called.',
        '{"who": "‹José García›"}',
        'with ‹Jan van der Berg› there',
        '‹Kowalska, Agnieszka›;',
        'and ‹J. Johnson› wrote',
      ],
      negative: [
        'New York Times',
        'The Quick Brown Fox',
        'Copyright 2020 John Smith',
        'Created by Mary Jones',
        'Santa Barbara County',
        'Getting Started Guide',
        'Visual Studio Code',
      ],
      evasive: [{ text: 'I spoke to Jo\u200bhn Smith yesterday', view: 'folded' }],
    },
  },
  {
    id: 'person-announced',
    kind: 'pii.person',
    about:
      "Name after words that announce one: `my name is`, a title, a form's field, in many languages (confidence 0.8); after a greeting, a relation or a role, when no table says that it is another word or when the script changes (0.3).",
    misses: 'Names after words that are not listed; after roles, single names that the tables do not know.',
    family: 'word',
    patterns: [
      `(?:${eitherCase(NAMED)})${JOINT}${SPOKEN}(?:,? ${SPOKEN}){0,3}`,
      ...GREETED.map((words) => `\\b(?:${eitherCase(words)})${JOINT}${CALLED}(?: ${CALLED}){0,2}`),
      `(?:${eitherCase(GREETED_ELSEWHERE)})${JOINT}${CALLED}(?: ${CALLED}){0,2}`,
      `${DASH} ?${CALLED}(?: ${CALLED}){0,2}`,
    ],
    check: spoken,
    maxLength: 160,
    examples: {
      positive: [
        'My name is ‹Xavery Qwist› and I live here',
        'my name is ‹john› and',
        'Mr. ‹Okonjo› was there',
        '"first_name": "‹Anneke›"',
        'Ich heiße ‹Jürgen Groß›.',
        'Hi ‹Sarah›, how are you?',
        'Best regards,\n‹Peter›',
        'Dear ‹Wrobina›,',
        'Cheers, ‹Validə›',
        'Hi ‹McWrobin›,',
        'Patient: ‹Xavery Qwist›',
        'I met ‹كوثر› yesterday',
        'cc ‹Томислав› on this',
      ],
      negative: [
        'Dear Sir',
        'Hello World',
        'Hi all',
        'my name is not important',
        '"username": "string"',
        'thanks to everyone',
        'Customer Service Desk',
        'Hi There',
        'Hello DeepWiki',
      ],
      evasive: [{ text: 'My name is Xav\u200bery Qwist.', view: 'folded' }],
    },
  },
  {
    id: 'person-by-deed',
    kind: 'pii.person',
    about:
      "Given name, or given and family name, before what people do, own or say: `said`, `lives`, `'s`, a colon at the beginning of a line; a word of respect behind a name in Japanese and Korean. Confidence 0.3.",
    misses: 'Given names that the tables do not know or that are everyday words too.',
    family: 'word',
    patterns: [
      `${CALLED}(?: ${CALLED}){0,2} ${DOES}\\b`,
      `${WORD}(?: ${WORD}){0,2}['’]s\\b`,
      `${CALLED}(?: ${CALLED}){0,2}:[ \\t]`,
      `[\\u4e00-\\u9fff\\uac00-\\ud7a3]{2,4} ?(?:${RESPECT})`,
    ],
    check: followed,
    maxLength: 120,
    examples: {
      positive: [
        '‹Melissa› said she would come',
        "where ‹Elizabeth›'s phone is",
        'Then ‹Jennifer› called.',
        '[10:42] ‹Joshua›: see you',
        '‹田中さん›は',
      ],
      negative: [
        'The server said no',
        "Moore's law",
        'Note: read this',
        'Linux is a kernel',
        'See Jennifer: it',
      ],
      evasive: [{ text: 'Then Jenni\u200bfer called', view: 'folded' }],
    },
  },
];
