// Who speaks in the leaves of OpenAI's answers.
import type { LeafRules } from '../shared/leaves.ts';
import { words } from './vocabulary.ts';

/** Members that hold what the model says. */
const SPEECH: ReadonlySet<string> = new Set([
  ...[
    'content',
    'text',
    'refusal',
    'reasoning_content',
    'reasoning',
    'reasoning_details',
    'transcript',
    'arguments',
    'input',
  ],
  ...['token', 'tokens'],
]);

export const leafRules: LeafRules = {
  words,
  role: (_tape, _node, name) => (name !== undefined && SPEECH.has(name) ? 'assistant' : 'meta'),
};
