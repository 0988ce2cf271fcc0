// Keeps thinking that a mask had to edit usable: its original travels with the caller, sealed, in the place of the signature
// that no longer fits, and is put back when the caller sends the block again. Knows nothing of ciphers or keys.
// https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking
import { type Edit, removeElements, replaceNode, splice } from '../json/rewrite.ts';
import { scan } from '../json/scan.ts';
import * as T from '../json/tape.ts';
import type { Sealer } from '../protocol.ts';

/**
 * How a sealed original begins: base64 of `SLCTH` and a zero byte, so that it reads as binary data like any signature. Eight
 * characters, so that what follows is base64 on its own.
 */
const MARK = 'U0xDVEgA';
const MARK_BYTES = Buffer.from(MARK);

/** Code units of thinking beyond which its original is not kept: the block then goes on without a signature. */
export const LONGEST_THINKING = 1 << 20;

/** What goes out as the signature of thinking that was edited; empty when the original cannot be kept. */
export function sealThinking(
  sealer: Sealer | undefined,
  thinking: string | undefined,
  signature: string,
): string {
  if (sealer === undefined || thinking === undefined || signature === '') return '';
  return MARK + sealer.seal(JSON.stringify([thinking, signature]));
}

/** What was sealed, or undefined for a seal of somebody else, or of none. */
function unseal(sealer: Sealer, signature: string): { thinking: string; signature: string } | undefined {
  const opened = sealer.open(signature.slice(MARK.length));
  if (opened === undefined) return undefined;
  const [thinking, original] = JSON.parse(opened) as [string, string];
  return { thinking, signature: original };
}

/**
 * The request with every sealed original back in its place. A block whose seal does not open is left out, since the provider
 * would refuse it. `body` is a request that was decoded before.
 */
export function restoreThinking(body: Buffer, sealer: Sealer): Buffer {
  if (body.indexOf(MARK_BYTES) < 0) return body;
  const tape = new T.Tape(64 + (body.length >> 5));
  scan(tape, body, 0, body.length, { strict: true });
  const edits: Edit[] = [];
  for (const message of tape.elements(tape.member(0, 'messages'))) {
    const content = tape.member(message, 'content');
    const lost = new Set<number>();
    for (const [position, block] of tape.elements(content).entries()) {
      const signature = tape.textAt(block, 'signature');
      if (tape.textAt(block, 'type') !== 'thinking' || !signature?.startsWith(MARK)) continue;
      const original = unseal(sealer, signature);
      const thinking = tape.member(block, 'thinking');
      if (original === undefined || thinking < 0 || tape.kind(thinking) !== T.STRING) lost.add(position);
      else
        edits.push(
          replaceNode(tape, thinking, original.thinking),
          replaceNode(tape, tape.member(block, 'signature'), original.signature),
        );
    }
    if (lost.size > 0) edits.push(...removeElements(tape, content, (position) => lost.has(position)));
  }
  return splice(body, 0, body.length, edits);
}
