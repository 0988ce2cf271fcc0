// Edits an answer of the Responses API that arrives whole. Every leaf is a lane; log probabilities follow the text beside them.
import type { OpenLane } from '@sluice/types';
import { type Edit, splice } from '../json/rewrite.ts';
import * as T from '../json/tape.ts';
import { chatTokens } from '../openai-chat/logprobs.ts';
import { editTokens } from '../openai-chat/whole.ts';
import { Leaves } from '../shared/leaves.ts';
import { leafRules } from './leaves.ts';
import { words } from './vocabulary.ts';

export function editAnswer(tape: T.Tape, body: Buffer, open: OpenLane): Buffer {
  const edits: Edit[] = [];
  const skip = new Set<number>();
  const leaves = new Leaves(open, leafRules);
  editLogprobs(tape, 0, open, leaves, edits, skip);
  leaves.range(tape, 0, tape.size, edits, skip);
  return splice(body, 0, body.length, edits);
}

/** Lists of log probabilities at or below `from`, each with the text that stands beside it. What they cover is added to `skip`. */
export function editLogprobs(
  tape: T.Tape,
  from: number,
  open: OpenLane,
  leaves: Leaves,
  edits: Edit[],
  skip: Set<number>,
): void {
  for (let node = from; node < tape.size && node < tape.next(from); node += T.ROW) {
    if (tape.kind(node) !== T.ARRAY || tape.next(node) === node + T.ROW || skip.has(node)) continue;
    if (tape.key(node) < 0 || words.nameOf(tape, node) !== 'logprobs') continue;
    const list = chatTokens(tape, node, leaves.path(tape, node));
    editTokens(tape, list, tape.member(tape.parent(node), 'text'), open, leaves, edits, skip);
  }
}
