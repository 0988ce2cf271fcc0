// Edits an answer of OpenAI's API that arrives whole. Every leaf is a lane; log probabilities follow the text they repeat.
import type { LaneInfo, OpenLane } from '@sluice/types';
import { type Edit, removeElements, replaceNode, splice } from '../json/rewrite.ts';
import * as T from '../json/tape.ts';
import { type Step, TextLane } from '../shared/lane.ts';
import { Leaves } from '../shared/leaves.ts';
import { isFloats } from '../shared/sealed.ts';
import { leafRules } from './leaves.ts';
import {
  chatTokens,
  completionTokens,
  othersAreClean,
  overlaps,
  type TokenList,
  tokenRanges,
} from './logprobs.ts';

export function editAnswer(tape: T.Tape, body: Buffer, open: OpenLane): Buffer {
  const edits: Edit[] = [];
  const skip = new Set<number>();
  const leaves = new Leaves(open, leafRules);
  for (const item of tape.elements(tape.member(0, 'data'))) skipEmbedding(tape, item, skip);
  for (const choice of tape.elements(tape.member(0, 'choices')))
    for (const [list, text] of tokenLists(tape, choice, leaves))
      editTokens(tape, list, text, open, leaves, edits, skip);
  leaves.range(tape, 0, tape.size, edits, skip);
  return splice(body, 0, body.length, edits);
}

/** Numbers of an embedding carry no text. A base64 string is taken for one only when it holds numbers of that kind. */
function skipEmbedding(tape: T.Tape, item: number, skip: Set<number>): void {
  const embedding = tape.member(item, 'embedding');
  if (embedding < 0) return;
  if (tape.kind(embedding) === T.STRING && isFloats(tape.text(embedding))) skip.add(embedding);
  if (tape.kind(embedding) !== T.ARRAY) return;
  const end = tape.next(embedding);
  for (let node = embedding + T.ROW; node < end; node += T.ROW) if (tape.kind(node) !== T.NUMBER) return;
  skip.add(embedding);
}

/** The lists of tokens in a choice, each with the node of the text that it repeats (-1 when there is none). */
function tokenLists(tape: T.Tape, choice: number, leaves: Leaves): (readonly [TokenList, number])[] {
  const logprobs = tape.member(choice, 'logprobs');
  if (logprobs < 0 || tape.kind(logprobs) !== T.OBJECT) return [];
  const found: (readonly [TokenList, number])[] = [];
  const message = tape.member(choice, 'message');
  for (const name of ['content', 'refusal']) {
    const array = tape.member(logprobs, name);
    if (array < 0 || tape.kind(array) !== T.ARRAY) continue;
    found.push([chatTokens(tape, array, leaves.path(tape, array)), tape.member(message, name)]);
  }
  const list = completionTokens(tape, logprobs, leaves.path(tape, logprobs));
  if (list !== undefined) found.push([list, tape.member(choice, 'text')]);
  return found;
}

/** Edits a text and the tokens that repeat it together, and drops the entries that may not be shown. */
export function editTokens(
  tape: T.Tape,
  list: TokenList,
  node: number,
  open: OpenLane,
  leaves: Leaves,
  edits: Edit[],
  skip: Set<number>,
): void {
  const content = node >= 0 && tape.kind(node) === T.STRING ? tape.text(node) : undefined;
  let ranges = content === undefined ? undefined : tokenRanges(list, content);
  let text = content ?? '';
  let info: LaneInfo = { id: list.path, role: 'assistant', format: 'text' };
  if (ranges === undefined) {
    // Tokens that spell out something else than the text are a text of their own.
    text = Buffer.concat(list.entries.map((entry) => entry.bytes)).toString('utf8');
    ranges = tokenRanges(list, text);
  } else {
    info = leaves.lane(tape, node, leaves.path(tape, node));
    skip.add(node);
  }
  const { out, touched } = editPieces(open, info, text, ranges ?? []);
  if (skip.has(node) && out !== text) edits.push(replaceNode(tape, node, out));
  const drop = list.entries.map(
    (entry, at) =>
      !entry.sound ||
      ranges === undefined ||
      overlaps(ranges[at]!, touched) ||
      !othersAreClean(open, list, at),
  );
  for (const array of list.arrays)
    edits.push(...removeElements(tape, array, (position) => drop[position] ?? true));
  for (const covered of list.nodes) skip.add(covered);
}

/** Feeds a text token by token, so that an edit is known to lie in as few tokens as possible. */
function editPieces(
  open: OpenLane,
  info: LaneInfo,
  text: string,
  ranges: readonly { readonly to: number }[],
): { out: string; touched: Step[] } {
  const lane = new TextLane(open, info);
  const steps: Step[] = [];
  let done = 0;
  for (const { to } of ranges) {
    if (to > done) steps.push(lane.step(text.slice(done, to)));
    done = Math.max(done, to);
  }
  if (done < text.length) steps.push(lane.step(text.slice(done)));
  steps.push(lane.finish());
  return { out: steps.map((step) => step.text).join(''), touched: steps.filter((step) => step.touched) };
}
