// Edits an answer of Anthropic's API that arrives whole. A signature vouches for its thinking: when that was edited, the sealed
// original takes its place.
import type { OpenLane } from '@sluice/types';
import { type Edit, replaceNode, splice } from '../json/rewrite.ts';
import type * as T from '../json/tape.ts';
import type { Sealer } from '../protocol.ts';
import { Leaves } from '../shared/leaves.ts';
import { leafRules } from './leaves.ts';
import { sealThinking } from './thinking.ts';

export function editAnswer(tape: T.Tape, body: Buffer, open: OpenLane, sealer?: Sealer): Buffer {
  const edits: Edit[] = [];
  const skip = new Set<number>();
  const leaves = new Leaves(open, leafRules);
  for (const block of tape.elements(tape.member(0, 'content'))) {
    const thinking = tape.member(block, 'thinking');
    const signature = tape.member(block, 'signature');
    if (thinking < 0 || signature < 0) continue;
    const edit = leaves.edit(tape, thinking);
    if (edit === undefined) skip.add(thinking);
    else {
      const sealed = sealThinking(sealer, tape.text(thinking), tape.textAt(block, 'signature') ?? '');
      edits.push(edit, replaceNode(tape, signature, sealed));
    }
    if (edit !== undefined) skip.add(thinking).add(signature);
  }
  leaves.range(tape, 0, tape.size, edits, skip);
  return splice(body, 0, body.length, edits);
}
