// What a request to OpenAI's API says, to whom, and what it would make the provider fetch or keep. Must not know policies.
import * as T from '../json/tape.ts';
import { pathOf } from '../shared/paths.ts';
import type { Egress, Opaque, Place, RequestDialect } from '../shared/request.ts';
import { isMedia, isMediaUrl } from '../shared/sealed.ts';
import type { Vocabulary } from '../shared/vocabulary.ts';
import { words } from './vocabulary.ts';

const ROLES: Readonly<Record<string, Place['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'tool',
};

/** Top-level members that a person or a program speaks in, besides `messages`. */
const SPOKEN: Readonly<Record<string, Place['role']>> = {
  prompt: 'user',
  suffix: 'user',
  input: 'user',
  instructions: 'system',
  prediction: 'assistant',
};

/** Members whose URL the provider fetches. */
const FETCHED: ReadonlySet<string> = new Set([
  'url',
  'image_url',
  'file_url',
  'server_url',
  'audio_url',
  'video_url',
  'webhook_url',
]);
/** Tools that the caller runs; every other type runs at the provider. */
const CALLERS_TOOLS: ReadonlySet<string> = new Set(['function', 'custom']);
/** Members that name something the provider keeps. */
const STORED = ['previous_response_id', 'conversation', 'container', 'vector_store_ids'];

export const requests: RequestDialect = {
  words,
  conversation: 'messages',

  place(tape, member, element, position) {
    if (member === 'messages' && element >= 0)
      return { role: roleOf(tape, tape.member(element, 'role'), words), message: position };
    return { role: SPOKEN[member ?? ''] ?? 'meta', message: -1 };
  },

  roleOf: (_tape, _node, place) => place.role,

  opaque: (tape, node) => opaqueIn(tape, node, words),

  egress(tape) {
    const found = egressOf(tape, words);
    for (const message of tape.elements(tape.member(0, 'messages'))) {
      const audio = tape.at(message, 'audio', 'id');
      if (audio >= 0)
        found.push({ lane: pathOf(tape, audio, words), what: 'stored', value: tape.text(audio) });
    }
    return found;
  },
};

/** Data that no detector of texts can read, wherever OpenAI's APIs take it. */
export function opaqueIn(tape: T.Tape, node: number, vocabulary: Vocabulary): Opaque['what'] | undefined {
  const name = vocabulary.nameOf(tape, node);
  if (tape.kind(node) === T.ARRAY) return isTokens(tape, node, name) ? 'tokens' : undefined;
  if (name === 'url' || name === 'image_url') return isMediaUrl(tape.text(node)) ? 'image' : undefined;
  if (name === 'file_data') return isMediaUrl(tape.text(node)) ? 'document' : undefined;
  if (name !== 'data') return undefined;
  return isMedia(`audio/${tape.textAt(tape.parent(node), 'format')}`, tape.text(node)) ? 'audio' : undefined;
}

/** What any of OpenAI's APIs would fetch, run or keep: URLs and files anywhere, tools and names of what is kept at the top. */
export function egressOf(tape: T.Tape, vocabulary: Vocabulary): Egress[] {
  const found: Egress[] = [];
  const add = (node: number, what: Egress['what'], value = tape.text(node)) => {
    found.push({ lane: pathOf(tape, node, vocabulary), what, value });
  };
  for (let node = T.ROW; node < tape.size; node += T.ROW) {
    if (tape.kind(node) !== T.STRING) continue;
    const name = vocabulary.nameOf(tape, node);
    if (name === 'file_id') add(node, 'file');
    else if (name !== undefined && FETCHED.has(name) && isRemote(tape.text(node))) add(node, 'url');
  }
  for (const tool of tape.elements(tape.member(0, 'tools'))) {
    const type = tape.textAt(tool, 'type');
    if (type === undefined || !CALLERS_TOOLS.has(type)) add(tool, 'tool', type ?? 'unknown');
  }
  const search = tape.member(0, 'web_search_options');
  if (search >= 0 && tape.kind(search) !== T.NULL) add(search, 'tool', 'web_search');
  const store = tape.member(0, 'store');
  if (store >= 0 && tape.kind(store) !== T.FALSE && tape.kind(store) !== T.NULL)
    add(store, 'stored', 'store');
  for (const name of STORED) {
    const node = tape.member(0, name);
    if (node >= 0 && tape.kind(node) !== T.NULL)
      add(node, 'stored', tape.kind(node) === T.STRING ? tape.text(node) : name);
  }
  return found;
}

/** Anything but data in the request itself. */
function isRemote(text: string): boolean {
  return text !== '' && !/^data:/i.test(text);
}

/** `prompt` and `input` may be token numbers, one list or several. Only short integers count, so that no card hides here. */
function isTokens(tape: T.Tape, array: number, name: string | undefined): boolean {
  if (name !== 'prompt' && name !== 'input') return false;
  if (tape.next(array) === array + T.ROW) return false;
  const end = tape.next(array);
  for (let node = array + T.ROW; node < end; node += T.ROW) {
    if (tape.kind(node) === T.ARRAY) continue;
    if (tape.kind(node) !== T.NUMBER || tape.end(node) - tape.start(node) > 7) return false;
  }
  return true;
}

/** Who speaks where `role` stands. */
export function roleOf(tape: T.Tape, role: number, vocabulary: Vocabulary): Place['role'] {
  return (
    (role >= 0 && tape.kind(role) === T.STRING ? ROLES[vocabulary.text(tape, role)] : undefined) ?? 'meta'
  );
}
