// Names of people: given names and family names of many cultures side by side, and whatever stands where words announce a
// name. A name found by itself has little confidence, since books and answers are full of people who are nobody's secret.
import { tail } from '../../checks/context.ts';
import { couldBeName, eitherCase, familyName, givenName, plain } from '../../checks/names.ts';
import type { Detector, Match, Verdict } from '../../detector.ts';

/** Of a name that is known to be one, and of one that words announce. Policies tell them apart by it. */
const BARE = 0.3;
const ANNOUNCED = 0.8;

const PARTICLES = new Set(
  'de da do dos das del della di du van von der den la le el bin ibn al zu ter ten y e af av of'.split(' '),
);

/** Credits of published work: whoever is named there wants to be. */
const CREDIT =
  /(?:copyright|\(c\)|©|authors?\b|maintain|contribut|licen[cs]|(?:creat|writ|develop|design|made|built|publish|port|edit|invent|inspir|compos|direct|translat|report|fixed|found|sponsor)\w* by|thanks to|credits?\b|courtesy|signed-off-by|co-authored-by|reviewed-by|acked-by|reported-by|tested-by|et al|@|\bsee\b|\bdoi\b|\bisbn\b)[^.\n]{0,40}$/i;

interface Token {
  readonly text: string;
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const tokensOf = (text: string): Token[] =>
  [...text.matchAll(/\p{L}[\p{L}\p{M}'’-]*/gu)].map((found) => ({
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
  if (standing === 'none' || !couldBeName(second.word)) return false;
  return (standing === 'name' && !turned) || familyName(second.word);
}

function checkFull({ text, left }: Match): Verdict | false {
  if (/[\p{L}\p{N}_.'’@/#-]$/u.test(left)) return false;
  const span = fullName(text);
  if (!span || CREDIT.test(tail(left, 64))) return false;
  return { confidence: BARE, span };
}

const UPPER = '(?:\\b[A-Z]|[\\u00c0-\\u00de\\u0100-\\u017d\\u0386-\\u03ab\\u0401-\\u042f])';
const SMALL = 'a-z\\u00df-\\u024f\\u03ac-\\u03ce\\u0430-\\u045f';
const LETTERS =
  'A-Za-z\\u00c0-\\u024f\\u0370-\\u052f\\u0590-\\u06ff\\u0900-\\u097f\\u0e00-\\u0e7f\\u1e00-\\u1eff\\u3040-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7a3';
const WORD = `${UPPER}[${SMALL}'’][${LETTERS}'’]*(?:-${UPPER}[${SMALL}]+)?`;
const PARTICLE = `(?:(?:${[...PARTICLES].join('|')}) ){0,2}`;
const INITIAL = `${UPPER}\\.?`;

/** Words after which any word in capitals is a name. */
const NAMED = [
  "my (?:full |first |last |real |legal )?name(?:'s| is|:)|name'?s|(?:i am|i'm|we are) called|people call me|you can call me|call me",
  "(?:je m['’]appelle|mon nom est|mein name ist|ich hei(?:ß|ss)e|me llamo|mi nombre es|mi chiamo|il mio nome è|(?:o )?meu nome é|me chamo|chamo-me|mijn naam is|ik heet|nazywam się|mam na imię|jag heter|mitt namn är|jeg (?:hedder|heter)|nimeni on|jmenuji se|volám se|benim adım|ad[ıi]m|numele meu este|mă numesc|a nevem|меня зовут|мене звати|με λένε)",
  '(?:mrs?|ms|miss|mx|dr|prof(?:essor)?|mme|mlle|monsieur|madame|maître|herrn?|frau|señora?|sra?|srta|doña|sig(?:nora?|\\.ra)?|dott(?:\\.ssa|oressa)?|dhr|mevr|mevrouw|meneer|senhora?|pani|herra|rouva|fru|bayan)\\.?',
  '(?:first|last|full|given|middle|family|legal|maiden|sur|fore|customer|client|patient|employee|contact|account ?holder|cardholder|card ?holder|beneficiary|recipient|sender|applicant|insured|guardian|spouse|student|teacher|physician|doctor|provider|nurse|driver|owner|passenger|guest|member|user|display|next of kin|emergency contact|parent|mother|father|son|daughter|husband|wife|brother|sister)[ _-]?names?',
  '(?:vor|nach|familien)name|nom(?: de famille| complet)?|prénom|nombre(?: completo)?|apellidos?|cognome|nome(?: completo)?|sobrenome|voornaam|achternaam|imię|nazwisko|förnamn|efternamn|fornavn|etternavn|etunimi|sukunimi|jméno|příjmení|ad[ıi] soyad[ıi]|имя|фамилия|фио|姓名|名前|氏名|お名前|성명|이름|ชื่อ|नाम|الاسم|שם',
  '(?:我叫|我的名字是|我是|私の名前は|私は|제 이름은|저는)',
].join('|');

/** Words after which a name that is known to be one may follow. */
const GREETED = [
  'name|hi|hello|hey|dear|hiya|howdy|(?:good )?(?:morning|afternoon|evening)|thanks|thank you|cheers|regards|sincerely|yours(?: truly)?|best|love|respectfully',
  "(?:i am|i[’']m|this is|it[’']s|speaking with|spoke (?:to|with)|talk(?:ed|ing)? (?:to|with)|met(?: with)?|meeting with|ask(?:ed)?|tell|told|contact|call|email(?:ed)?|message|ping|cc|bcc|attn|attention|from|signed|sent|patient|customer|client|employee|user|tenant|resident|witness|defendant|plaintiff|friend|colleague|boss|manager|brother|sister|son|daughter|wife|husband|mother|father|mom|mum|dad|uncle|aunt|cousin|neighbou?r|agent|nurse|owner|driver|author|assignee|reporter|approver|requester|attendees?|participants?)",
  'hallo|liebe[rs]?|lieber|guten tag|grüße|gruß|bonjour|salut|chère?|cordialement|bien à vous|hola|estimad[oa]|querid[oa]|saludos|atentamente|ciao|car[oa]|gentile|saluti|prezad[oa]|olá|abraços|beste|geachte|groeten|hej|hei|kjære|kära|mvh|cześć|drogi|droga|dragă|ahoj|merhaba|sayın|привет|здравствуйте|уважаем(?:ый|ая)',
].join('|');

/** Between the words and the name: a sign, quotes, a line's end. */
const JOINT = '["\'”’]?[ \\t]{0,3}[:=,]?[ \\t]{0,3}(?:\\r?\\n){0,2}["\'“‘]?';
const SPOKEN = `[${LETTERS}][${LETTERS}'’·-]*`;

const capital = (text: string): boolean => /^(?:\p{Lu}|[\p{Lo}\p{M}])/u.test(text);

/** Words that go on after a name. */
const GOES_ON =
  /^(?:and|or|from|at|in|on|of|to|is|was|has|had|who|with|for|und|aus|et|de|y|e|en|og|och|the|a|an|i|not|here|but|so|my)$/;

/** Where the name at the end of an announcement begins, and how many of its words belong to it. */
function announced(text: string, strict: boolean): readonly [number, number] | undefined {
  const begin = nameBegin(text);
  const tokens = tokensOf(text.slice(begin));
  const first = tokens[0];
  if (!first) return undefined;
  // Something stands between the words and the name, but in scripts written without blanks.
  if (/[A-Za-z]/.test(text[begin - 1] ?? ' ')) return undefined;
  const second = tokens[1];
  const known =
    givenName(first.word) === 'name' ||
    (second !== undefined && capital(second.text) && pairs(first, second));
  if (strict ? !known || !capital(first.text) : !capital(first.text) && givenName(first.word) !== 'name')
    return undefined;
  if (capital(first.text) && !couldBeName(first.word) && givenName(first.word) === 'none') return undefined;
  let last = first;
  for (const token of tokens.slice(1)) {
    if (
      GOES_ON.test(token.text) ||
      (!capital(token.text) && !PARTICLES.has(token.text) && !familyName(token.word))
    )
      break;
    if (capital(token.text) && token.text.length > 1 && !couldBeName(token.word)) break;
    last = token;
  }
  return [begin + first.from, begin + last.to];
}

const HEAD = new RegExp(`^(?:${NAMED}|${GREETED})${JOINT}`, 'iu');
const nameBegin = (text: string): number => HEAD.exec(text)?.[0].length ?? text.length;

const spoken = ({ text, left, pattern }: Match): Verdict | false => {
  if (/[\p{L}\p{N}_]$/u.test(left)) return false;
  const strict = pattern === 1;
  const span = announced(text, strict);
  if (!span || (strict && CREDIT.test(tail(left + text.slice(0, span[0]), 64)))) return false;
  return { confidence: strict ? BARE : ANNOUNCED, span };
};

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
      "Name after words that announce one: `my name is`, a title, a form's field, in many languages (confidence 0.8); after a greeting or a role, when the tables know it (0.3).",
    misses: 'Names after words that are not listed; scripts without capitals after greetings and roles.',
    family: 'word',
    patterns: [
      `(?:${eitherCase(NAMED)})${JOINT}${SPOKEN}(?:,? ${SPOKEN}){0,3}`,
      `\\b(?:${eitherCase(GREETED)})${JOINT}${WORD}(?: ${WORD}){0,2}`,
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
      ],
      negative: [
        'Dear Sir',
        'Hello World',
        'Hi all',
        'my name is not important',
        '"username": "string"',
        'thanks to everyone',
      ],
      evasive: [{ text: 'My name is Xav\u200bery Qwist.', view: 'folded' }],
    },
  },
];
