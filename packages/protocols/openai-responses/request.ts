// What a request to the Responses API says, to whom, and what it would make the provider fetch, run or keep. Knows no policies.
// https://platform.openai.com/docs/api-reference/responses/create
import * as T from '../json/tape.ts';
import { egressOf, opaqueIn, roleOf as speakerOf } from '../openai-chat/request.ts';
import { pathOf } from '../shared/paths.ts';
import type { Egress, Place, RequestDialect } from '../shared/request.ts';
import { words } from './vocabulary.ts';

/** Items whose texts are a tool's, by the end of their type: `function_call_output`, `shell_call_output`. */
const OUTPUT = /_output$/;

export const requests: RequestDialect = {
  words,
  conversation: 'input',

  place(tape, member, element, position) {
    if (member === 'instructions') return { role: 'system', message: -1 };
    if (member === 'prompt') return { role: 'user', message: -1 };
    if (member !== 'input') return { role: 'meta', message: -1 };
    if (element < 0) return { role: 'user', message: -1 };
    return { role: speaker(tape, element), message: position };
  },

  roleOf: (_tape, _node, place) => place.role,

  opaque: (tape, node) => opaqueIn(tape, node, words),

  egress(tape) {
    const found = egressOf(tape, words);
    const add = (node: number, what: Egress['what'], value: string) => {
      found.push({ lane: pathOf(tape, node, words), what, value });
    };
    const background = tape.member(0, 'background');
    if (background >= 0 && tape.kind(background) === T.TRUE) add(background, 'stored', 'background');
    const prompt = tape.member(0, 'prompt');
    if (prompt >= 0 && tape.kind(prompt) === T.OBJECT) add(prompt, 'stored', 'prompt');
    for (const item of tape.elements(tape.member(0, 'input'))) {
      // An item without content names one that the provider keeps, whether it says so or not.
      const type = tape.textAt(item, 'type');
      if (type === 'item_reference' || (type === undefined && tape.member(item, 'content') < 0))
        add(item, 'stored', 'item_reference');
    }
    return found;
  },
};

function speaker(tape: T.Tape, item: number): Place['role'] {
  if (tape.kind(item) !== T.OBJECT) return 'user';
  const type = tape.textAt(item, 'type');
  if (type !== undefined && OUTPUT.test(type)) return 'tool';
  const role = tape.member(item, 'role');
  if (role >= 0) return speakerOf(tape, role, words);
  return type === undefined ? 'meta' : 'assistant';
}
