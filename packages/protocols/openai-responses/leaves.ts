// Who speaks in the leaves of the Responses API's answers.
import type { LeafRules } from '../shared/leaves.ts';
import { words } from './vocabulary.ts';

/** Members that hold what the model says. */
const SPEECH: ReadonlySet<string> = new Set([
  ...['text', 'refusal', 'arguments', 'input', 'code', 'summary', 'delta', 'token', 'result'],
]);

export const leafRules: LeafRules = {
  words,
  role: (_tape, _node, name) => (name !== undefined && SPEECH.has(name) ? 'assistant' : 'meta'),
};
