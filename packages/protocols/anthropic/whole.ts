// Edits an answer of Anthropic's API that arrives whole. A signature vouches for its thinking: it goes when that was edited.
import type { OpenLane } from '@sluice/types';
import { type Edit, replaceNode, splice } from '../json/rewrite.ts';
import type * as T from '../json/tape.ts';
import { Leaves } from '../shared/leaves.ts';
import { leafRules } from './leaves.ts';

export function editAnswer(tape: T.Tape, body: Buffer, open: OpenLane): Buffer {
  const edits: Edit[] = [];
  const skip = new Set<number>();
  const leaves = new Leaves(open, leafRules);
  for (const block of tape.elements(tape.member(0, 'content'))) {
    const thinking = tape.member(block, 'thinking');
    const signature = tape.member(block, 'signature');
    if (thinking < 0 || signature < 0) continue;
    const edit = leaves.edit(tape, thinking);
    if (edit === undefined) skip.add(thinking);
    else edits.push(edit, replaceNode(tape, signature, ''));
    if (edit !== undefined) skip.add(thinking).add(signature);
  }
  leaves.range(tape, 0, tape.size, edits, skip);
  return splice(body, 0, body.length, edits);
}
