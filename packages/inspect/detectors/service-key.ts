// Keys without a form of their own, found by the name of the service that they are assigned to.

import { namesSecret } from '../checks/assigned.ts';
import { entropy } from '../checks/entropy.ts';
import { isPlaceholder, isSequence } from '../checks/placeholder.ts';
import { randomness } from '../checks/randomness.ts';
import type { Detector } from '../detector.ts';
import { sample } from './row.ts';
import { SERVICES } from './tables/services.ts';

const CREDENTIAL =
  /key|token|secret|pass|pwd|auth|cred|pat\b|api|bearer|access|license|dsn|session|private|sid\b/i;
const VALUE = /[A-Za-z0-9_+~-]{15,}={0,2}/;

/** The name that a value is assigned to, at the end of what is before the operator. */
const NAMED = new RegExp(`(?:${SERVICES.join('|')})([\\w. -]{0,24})["'\`\\])]{0,2}[ \\t]{0,3}$`, 'i');

/**
 * A drawn value: hexadecimal digits count only after a word for a credential, since lists of files and packages map names
 * to checksums.
 */
function judge(value: string, rest: string): number | false {
  if (isPlaceholder(value) || isSequence(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const named = CREDENTIAL.test(rest);
  if (/^[0-9a-f-]+$/i.test(value)) return named && entropy(value) > 2.8 ? 0.8 : false;
  if (/[/.]/.test(value) && !named) return false;
  return entropy(value) > 3.2 && randomness(value) > (named ? 0.6 : 1.6) ? 0.75 : false;
}

/** The value between the operator and the character behind. */
const spanOf = (text: string): readonly [number, number] => {
  const found = VALUE.exec(text);
  return found ? [found.index, found.index + found[0].length] : [0, 0];
};

const KEY = sample('base62', 32, 'service');
const HEX_KEY = sample('hex', 40, 'service');

export const serviceKey: readonly Detector[] = [
  {
    id: 'service-key',
    kind: 'secret.service-key',
    about: `Drawn characters assigned to the name of one of ${SERVICES.length} services, with or without a word such as key; judged by entropy and randomness.`,
    // The names would make a large automaton; what follows an operator is rare enough to look back from there.
    family: 'digits',
    // The character behind is waited for, so that a long name in code is looked at once and not at each of its letters.
    patterns: ['[=:>|][ \\t]{0,3}\\\\?["\'\\x60]?[A-Za-z0-9_+~-]{15,}={0,2}(?:["\'\\x60\\s;,)}&<|\\\\.]|$)'],
    check: ({ text, left }) => {
      const value = text.slice(...spanOf(text));
      if (value.length < 15 || value.length > 256 || !/\d/.test(value) || !/[A-Za-z]/.test(value))
        return false;
      const named = NAMED.exec(left.replace(/[=:>]{1,2}$/, ''));
      if (!named || named[1]!.startsWith('.')) return false;
      const [, rest = ''] = named;
      const before = /[\w.-]*$/.exec(left.slice(0, named.index))?.[0] ?? '';
      const after = /(?:key|token|secret)([_.-]?[a-z]+)$/i.exec(rest.trimEnd())?.[1] ?? '';
      return namesSecret(before, after) ? judge(value, named[0]) : false;
    },
    trim: ({ text }) => spanOf(text),
    maxLength: 2048,
    examples: {
      positive: [
        `accuweather = '‹${KEY}›'`,
        `CODECOV_TOKEN: ‹${HEX_KEY}›`,
        `"zendesk_api": "‹${KEY}›"`,
        `mixpanel token = "‹${KEY}›"`,
        `etherscanApiKey => '‹${KEY}›'`,
      ],
      negative: [
        `"mixpanel-2.1.js": "${HEX_KEY}"`,
        `codecov: ${HEX_KEY}`,
        'segment = someVariableNameThatIsLong2',
        'zendesk_api_key: your_zendesk_api_key_goes_here',
        'trello: https://trello.com/c/abcdef12345678',
        'discord.js@14.11.0-dev.1683461019',
      ],
      evasive: [{ text: `acc\u200buweather = '${KEY}'`, view: 'folded' }],
    },
  },
];
