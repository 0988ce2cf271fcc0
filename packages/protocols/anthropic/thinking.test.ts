// Thinking that a mask edited comes back whole to the model, and to nobody else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim, Sealer } from '../protocol.ts';
import { isSealed } from '../shared/sealed.ts';
import { MASK, masking } from '../testing/masking.ts';
import { type Json, visibleInStream } from '../testing/wire.ts';
import { fixtures } from './fixtures.ts';
import { anthropic } from './protocol.ts';
import { LONGEST_THINKING } from './thinking.ts';

const SECRET = 'sesame-7Q4X';
const SIGNATURE = 'EqQBCgIYAhIkMTExMTH/+v8BAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f/w==';
const chat: Claim = { operation: 'chat', body: true };

/** Not a cipher: reversible, base64, and bound to a name, which is all that the protocol may rely on. */
function sealerOf(name: string): Sealer {
  return {
    seal: (text) => Buffer.from(`\0${name}\0${text}`).toString('base64'),
    open: (sealed) => {
      const [, owner, text] = Buffer.from(sealed, 'base64').toString().split('\0');
      return owner === name ? text : undefined;
    },
  };
}
const mine = sealerOf('ada');

function streamed(thinking: readonly string[], sealer: Sealer | undefined, signatures = [SIGNATURE]): Buffer {
  const add = (delta: Json): Json => ({ type: 'content_block_delta', index: 0, delta });
  const bytes = fixtures.write([
    { type: 'message_start', message: { id: 'msg_01Aa1Bb2Cc3Dd4', content: [], usage: { input_tokens: 1 } } },
    {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'thinking', thinking: '', signature: '' },
    },
    ...thinking.map((part) => add({ type: 'thinking_delta', thinking: part })),
    ...signatures.map((signature) => add({ type: 'signature_delta', signature })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } },
    { type: 'message_stop' },
  ]);
  const parts: Buffer[] = [];
  const sink = { write: (piece: Buffer) => void parts.push(Buffer.from(piece)) };
  const editor = anthropic.editStream(chat, masking(SECRET), sink, sealer);
  editor.push(bytes);
  editor.end();
  return Buffer.concat([...parts, editor.terminator]);
}

/** What a client makes of the block. */
function blockOf(bytes: Buffer): { type: string; thinking: string; signature: string } {
  const block = { type: 'thinking', thinking: '', signature: '' };
  for (const [, data] of bytes.toString().matchAll(/^data: (.*)$/gm)) {
    const { delta } = JSON.parse(data!) as { delta?: { thinking?: string; signature?: string } };
    block.thinking += delta?.thinking ?? '';
    block.signature = delta?.signature ?? block.signature;
  }
  return block;
}

const request = (...content: Json[]) =>
  Buffer.from(
    JSON.stringify({
      model: 'm',
      messages: [
        { role: 'assistant', content },
        { role: 'user', content: 'go on' },
      ],
    }),
  );
const contentOf = (body: Buffer) => JSON.parse(body.toString()).messages[0].content;

describe('thinking that was edited', () => {
  it('goes out masked, with a seal that reads as binary data, and comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('sesame', '-7Q', '4X', SECRET))),
        (parts) => {
          const thinking = `${parts.join('')}${SECRET}`;
          const out = streamed([...parts, SECRET], mine);
          expect(visibleInStream(out)).not.toContain(SECRET);
          const block = blockOf(out);
          expect(block.thinking).toBe(thinking.replaceAll(SECRET, MASK));
          expect(isSealed(block.signature)).toBe(true);
          const restored = contentOf(anthropic.restore!(request(block), mine));
          expect(restored).toEqual([{ type: 'thinking', thinking, signature: SIGNATURE }]);
        },
      ),
    );
  });

  it('is put together from a signature in parts', () => {
    const block = blockOf(streamed([SECRET], mine, [SIGNATURE.slice(0, 10), SIGNATURE.slice(10)]));
    expect(contentOf(anthropic.restore!(request(block), mine))[0].signature).toBe(SIGNATURE);
  });

  it('comes back in an answer that came whole', () => {
    const content = [{ type: 'thinking', thinking: `a ${SECRET}`, signature: SIGNATURE }];
    const body = Buffer.from(JSON.stringify({ id: 'msg_01Aa1Bb2Cc3Dd4', type: 'message', content }));
    const edited = anthropic.editWhole(chat, 200, 'application/json', body, masking(SECRET), mine).body;
    const block = JSON.parse(edited.toString()).content[0];
    expect(block.thinking).toBe(`a ${MASK}`);
    expect(contentOf(anthropic.restore!(request(block), mine))).toEqual(content);
  });

  it('is left out when another caller sends it, and nothing else is', () => {
    const block = blockOf(streamed([SECRET], sealerOf('bob')));
    const said = { type: 'text', text: 'hello' };
    const untouched = { type: 'thinking', thinking: 'hm', signature: SIGNATURE };
    expect(contentOf(anthropic.restore!(request(untouched, block, said), mine))).toEqual([untouched, said]);
    expect(contentOf(anthropic.restore!(request(block, said), mine))).toEqual([said]);
  });

  it.each([
    ['nothing can be sealed', undefined, [SECRET]],
    [
      'it is too long to keep',
      mine,
      ['x'.repeat(LONGEST_THINKING / 2), 'x'.repeat(LONGEST_THINKING / 2), SECRET],
    ],
  ])('has no signature when %s', (_, sealer, parts) => {
    expect(blockOf(streamed(parts, sealer)).signature).toBe('');
  });
});

describe('thinking that was not edited', () => {
  it('keeps its signature, and requests with it pass byte for byte', () => {
    const out = streamed(['just ', 'thinking'], mine);
    expect(blockOf(out)).toEqual({ type: 'thinking', thinking: 'just thinking', signature: SIGNATURE });
    const body = request(blockOf(out));
    expect(anthropic.restore!(body, mine)).toBe(body);
  });
});
