// Who speaks in the leaves of Anthropic's messages.

import * as T from '../json/tape.ts';
import type { LeafRules } from '../shared/leaves.ts';
import { words } from './vocabulary.ts';

/** Members that hold what the model says. */
const SPEECH: ReadonlySet<string> = new Set([
  'text',
  'thinking',
  'partial_json',
  'input',
  'cited_text',
  'explanation',
  'content',
]);

/** True inside the result of a tool, the provider's or the caller's. */
export function insideToolResult(tape: T.Tape, node: number): boolean {
  for (let at = tape.parent(node); at >= 0; at = tape.parent(at))
    if (tape.kind(at) === T.OBJECT && tape.textAt(at, 'type')?.endsWith('tool_result')) return true;
  return false;
}

export const leafRules: LeafRules = {
  words,
  role(tape, node, name) {
    if (insideToolResult(tape, node)) return 'tool';
    return insideInput(tape, node) || (name !== undefined && SPEECH.has(name)) ? 'assistant' : 'meta';
  },
};

function insideInput(tape: T.Tape, node: number): boolean {
  for (let at = node; at >= 0; at = tape.parent(at))
    if (tape.key(at) >= 0 && words.name(tape, tape.key(at)) === 'input') return true;
  return false;
}
