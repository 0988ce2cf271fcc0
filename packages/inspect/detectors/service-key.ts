// Keys without a form of their own, found by the name of the service that they are assigned to, or by a name such as key,
// auth or cookie, behind which only drawn characters count.

import { judgeDrawn, judgeService, namesSecret } from '../checks/assigned.ts';
import type { Detector, Match } from '../detector.ts';
import { sample, sampleUuid } from './row.ts';
import { SERVICES, SHORT_SERVICES } from './tables/services.ts';

/** Characters of a value: those of base64 in both alphabets, and what joins the parts of a token. */
const UNIT = '[A-Za-z0-9_+~/.=|@-]';
const VALUE = new RegExp(`${UNIT.replace('=', '')}${UNIT}*`, 'g');

/** The name that a value is assigned to, at the end of what is before the operator: a service and the rest of the name. */
const TYPED = '(?:[ \\t]*:?[ \\t]*&?(?:string|str)\\??)?';
const CLOSED = `["'\`\\])\\\\]{0,3}${TYPED}[ \\t]{0,3}$`;
const SERVICE = new RegExp(`(?:${SERVICES.join('|')}|${SHORT_SERVICES})([\\w. -]{0,24})${CLOSED}`, 'i');
/** A name of much else besides secrets. */
const WEAK = new RegExp(
  `(?:key|auth(?:orization)?|cookie|session(?:[_-]?id)?|sid|signature|hmac|salt|seed|jwt|bearer|creds?|credentials?|webhook|dsn|licen[cs]e|login|pat|otp|connection[_-]?string|access[_-]?id)${CLOSED}`,
  'i',
);
const OPERATOR = /(?:=>|:=|[=:>|,(])?\s*\\?["'`]?$/;

interface Place {
  readonly from: number;
  readonly value: string;
}

/** The value between the operator and the character behind. */
function place({ text }: Match): Place {
  const opening = /^(?:[=:>|,(]\s*)\\?["'`]?/.exec(text)?.[0] ?? '';
  VALUE.lastIndex = opening.length;
  const value = (VALUE.exec(text)?.[0] ?? '').replace(/(?:\.|\\)+$/, '');
  return { from: opening.length, value };
}

const word = (left: string): string => /[\w.-]*$/.exec(left)?.[0] ?? '';

function check(match: Match): number | false {
  const { value } = place(match);
  if (value.length < 10 || value.length > 256 || !/\d/.test(value)) return false;
  const left = match.left.replace(OPERATOR, '');
  const named = SERVICE.exec(left);
  if (named && !/^\.|\.[a-z]{1,4}["'`\s]*$/.test(named[1]!)) {
    const rest = named[1]!.trimEnd();
    const after = /(?:key|token|secret)([_.-]?[a-z]+)$/i.exec(rest)?.[1] ?? '';
    if (namesSecret(word(left.slice(0, named.index)), after)) {
      const bare = /^["'`\s]*$/.test(named[1]!) && !/[\w.-]/.test(left.slice(0, named.index).slice(-1));
      const confidence = judgeService(value, named[0], bare, /^=\s*["'`]/.test(match.text));
      if (confidence !== false) return confidence;
    }
  }
  const weak = WEAK.exec(left);
  return weak && namesSecret(word(left.slice(0, weak.index)), '') ? judgeDrawn(value) : false;
}

const KEY = sample('base62', 32, 'service');
const HEX_KEY = sample('hex', 40, 'service');

export const serviceKey: readonly Detector[] = [
  {
    id: 'service-key',
    kind: 'secret.service-key',
    about: `Drawn characters assigned to the name of one of ${SERVICES.length} services, with or without a word such as key, or to a bare name such as key, auth, cookie or session; judged by alphabet, entropy and randomness.`,
    // The names would make a large automaton; what follows an operator is rare enough to look back from there.
    misses: 'Words, hexadecimal digits without a word for a credential, services that are not listed.',
    family: 'digits',
    // The character behind is waited for, so that a long name in code is looked at once and not at each of its letters.
    patterns: [
      `[=:>|]\\s{0,24}\\\\?["'\\x60]?${UNIT.replace('=', '')}${UNIT}{9,}(?:["'\\x60\\s;,)}&<\\\\]|$)`,
      `[,(][ \\t]{0,3}\\\\?["'\\x60]${UNIT}{10,}["'\\x60\\\\]`,
    ],
    check,
    trim: (match) => {
      const { from, value } = place(match);
      return [from, from + value.length];
    },
    maxLength: 2048,
    examples: {
      positive: [
        `accuweather = '‹${KEY}›'`,
        `CODECOV_TOKEN: ‹${HEX_KEY}›`,
        `"zendesk_api": "‹${KEY}›"`,
        `mixpanel token = "‹${KEY}›"`,
        `etherscanApiKey => '‹${KEY}›'`,
        `set("snyk_token", "‹${sampleUuid('snyk')}›")`,
        `asana_client_id: ‹${sample('digits', 16, 'asana')}›`,
        `"key": "‹${KEY}›"`,
        `mixpanel = '‹${sample('hex', 32, 'service')}›'`,
        `log('trello', '‹${sampleUuid('trello')}›')`,
      ],
      negative: [
        `"mixpanel-2.1.js": "${HEX_KEY}"`,
        `codecov: ${HEX_KEY}`,
        `"key": "${HEX_KEY}"`,
        'segment = someVariableNameThatIsLong2',
        'zendesk_api_key: your_zendesk_api_key_goes_here',
        'trello: https://trello.com/c/abcdef12345678',
        'discord.js@14.11.0-dev.1683461019',
        'key = config.sections[2].name_of_the_key_1',
      ],
      evasive: [{ text: `acc\u200buweather = '${KEY}'`, view: 'folded' }],
    },
  },
];
