// What is particular to streams of OpenAI's API, beyond the suite that all protocols pass.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Claim } from '../protocol.ts';
import { identity } from '../testing/identity.ts';
import { MASK, masking, type Opened } from '../testing/masking.ts';
import { assemble, dataOf, type Json, runStream, visible, visibleInStream } from '../testing/wire.ts';
import { openaiChat as openai } from './protocol.ts';

const chat: Claim = { operation: 'chat', body: true };
const embed: Claim = { operation: 'embed', body: true };
const events = (...frames: Json[]): Buffer =>
  Buffer.from(
    [...frames.map((frame) => JSON.stringify(frame)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''),
  );
const frame = (delta: Json, more: { [key: string]: Json } = {}, index: Json = 0): Json => ({
  id: 'chatcmpl-Aa1Bb2Cc3Dd4',
  choices: [{ index, delta, finish_reason: null, ...more }],
});
const SECRET = 'sesame-7Q4X';
const text = (out: Buffer | undefined): string => visible(assemble(out!)).join('|');

describe('streams', () => {
  const run = (sent: Buffer, hold = 0) => runStream(openai, chat, identity(undefined, hold), sent);

  test('held text goes out before the frame that ends its choice, in the form of the others', () => {
    const out = run(
      events(frame({ role: 'assistant', content: 'Hel' }), frame({ content: 'lo' }), {
        id: 'chatcmpl-Aa1Bb2Cc3Dd4',
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      }),
      3,
    )!;
    expect(dataOf(out)).toEqual([
      '{"id":"chatcmpl-Aa1Bb2Cc3Dd4","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}',
      '{"id":"chatcmpl-Aa1Bb2Cc3Dd4","choices":[{"index":0,"delta":{"content":"He"},"finish_reason":null}]}',
      '{"id":"chatcmpl-Aa1Bb2Cc3Dd4","choices":[{"index":0,"delta":{"content":"llo"},"finish_reason":null}]}',
      '{"id":"chatcmpl-Aa1Bb2Cc3Dd4","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
      '[DONE]',
    ]);
  });

  test('any texts and any cuts give what whole lines give, however much of a piece is known', () => {
    const delta = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', 'é', '"', '\\', '\n', '😀'),
      maxLength: 6,
    });
    const padding = fc.option(fc.string({ unit: fc.constantFrom('a', 'Z', '7'), maxLength: 16 }), {
      nil: undefined,
    });
    // What may follow a text that is known: nothing, a member that is not, white space, a further line of the same event.
    const more = fc.constantFrom('', '', '', ',"note":"n"');
    const after = fc.constantFrom('', '', '', ' ', '\ndata:  ');
    const piece = fc.record({ content: delta, padding, more, after });
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.array(fc.nat({ max: 3000 }), { maxLength: 6 }),
        fc.nat({ max: 4 }),
        (pieces, at, hold) => {
          const written = pieces.map(({ content, padding, more, after }) => {
            const padded = padding === undefined ? '' : `,"obfuscation":"${padding}"`;
            return `data: ${JSON.stringify(frame({ content })).slice(0, -1)}${padded}${more}}${after}\n\n`;
          });
          const stop = JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
          const sent = Buffer.from(`${written.join('')}data: ${stop}\n\ndata: [DONE]\n\n`);
          const cuts = at.filter((cut) => cut < sent.length).sort((a, b) => a - b);
          const edited = (...where: number[]) =>
            runStream(openai, chat, identity(undefined, hold), sent, where)?.toString();
          const whole = edited();
          expect(edited(...cuts)).toBe(whole);
          expect(edited(...Array.from(sent.keys()).slice(1))).toBe(whole);
          const said = dataOf(Buffer.from(whole!))
            .filter((data) => data !== '[DONE]')
            .map((data) => JSON.parse(data).choices[0].delta.content ?? '');
          expect(said.join('')).toBe(pieces.map(({ content }) => content).join(''));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a frame of known layout with nothing to say is not sent', () => {
    const out = run(
      events(...['a', 'b', 'c', 'd'].map((content) => frame({ content })), {
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      }),
      3,
    )!;
    expect(dataOf(out).filter((data) => data.includes('"content":""'))).toHaveLength(1);
    expect(text(out)).toContain('abcd');
  });

  test('lanes have the ids of the texts that clients join', () => {
    const seen = new Map<string, { text: string }[]>();
    const call = (index: number, args: string): Json => ({ index, function: { arguments: args } });
    runStream(
      openai,
      chat,
      identity(seen as never),
      events(
        frame({ content: 'a' }),
        frame({ content: 'b' }, {}, 1),
        frame({ content: 'c' }),
        frame({ tool_calls: [call(1, 'd'), call(0, 'e')] }),
        frame({ tool_calls: [call(1, 'f')] }),
      ),
    );
    const lanes = [...seen].map(([id, [lane]]) => [id, lane!.text]);
    expect(lanes).toEqual([
      ['choices[0].delta.content', 'ac'],
      ['choices[1].delta.content', 'b'],
      ['choices[0].delta.tool_calls[1].function.arguments', 'df'],
      ['choices[0].delta.tool_calls[0].function.arguments', 'e'],
    ]);
  });

  test.each([
    ['an index in another spelling', events(frame({ content: 'a' }), frame({ content: 'b' }, {}, '0'))],
    [
      'a fractional index',
      Buffer.from('data: {"choices":[{"index":0.0,"delta":{"content":"a"}}]}\n\ndata: [DONE]\n\n'),
    ],
    ['a negative index', events(frame({ content: 'a' }, {}, -1))],
    [
      'text after the end of a choice',
      events(
        { choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }] },
        frame({ content: 'b' }),
      ),
    ],
    [
      'a tool call that changes its name',
      events(...['a', 'b'].map((name) => frame({ tool_calls: [{ index: 0, function: { name } }] }))),
    ],
    ['data that is not JSON', Buffer.from('data: hello\n\ndata: [DONE]\n\n')],
    ['a duplicate key', Buffer.from('data: {"choices":[],"choices":[]}\n\ndata: [DONE]\n\n')],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('data: "'), Buffer.from([0xff]), Buffer.from('"\n\ndata: [DONE]\n\n')]),
    ],
    ['a missing terminator', Buffer.from('data: {"choices":[]}\n\n')],
    ['half an event', Buffer.from('data: {"choices":[]}\n\ndata: {"cho')],
  ])('%s is refused', (_, sent) => {
    expect(run(sent)).toBeUndefined();
  });

  test('bytes in a known layout are not trusted beyond it', () => {
    const good = '{"choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":null}]}';
    for (const bad of [
      '{"choices":[{"index":0,"delta":{"content":"a\u0001"},"finish_reason":null}]}',
      '{"choices":[{"index":0,"delta":{"content":"a","x":1},"finish_reason":null}]',
      '{"choices":[{"index":0,"delta":{"content":"\\x"},"finish_reason":null}]}',
    ])
      expect(
        run(Buffer.from(`data: ${good}\n\ndata: ${good}\n\ndata: ${bad}\n\ndata: [DONE]\n\n`)),
        bad,
      ).toBeUndefined();
    const more = run(
      Buffer.from(
        `data: ${good}\n\ndata: ${good.replace('"finish', '"x":"new","finish')}\n\ndata: [DONE]\n\n`,
      ),
    );
    expect(text(more)).toContain('new');
  });

  test('an obfuscation that is not padding is read', () => {
    const sent = (obfuscation: string) => ({ ...(frame({ content: 'a' }) as object), obfuscation }) as Json;
    const out = runStream(
      openai,
      chat,
      masking(SECRET),
      events(sent('abc'), sent('xyz'), sent(SECRET), sent('abcd')),
    )!;
    expect(visibleInStream(out)).not.toContain(SECRET);
    expect(visibleInStream(out)).toContain(MASK);
  });

  test('leaves that stay the same from frame to frame are inspected once', () => {
    const seen: Opened[] = [];
    const sent = (content: string, note: string): Json => ({
      ...(frame({ content }) as object),
      model: 'my-model',
      note,
    });
    runStream(
      openai,
      chat,
      masking(SECRET, seen),
      events(sent('a', 'x'), sent('b', 'x'), sent('c', 'y'), sent('d', 'y')),
    );
    expect(seen.map(({ info }) => info.id)).toEqual([
      'model',
      '{3}#key',
      '{3}',
      'choices[0].delta.content',
      '{3}~2',
    ]);
  });

  test('a cut answer ends every open choice as a filtered or a full one does', () => {
    for (const [why, reason] of [
      ['policy', 'content_filter'],
      ['limit', 'length'],
    ] as const) {
      let out = '';
      const editor = openai.editStream(chat, identity(), { write: (bytes) => (out += bytes.toString()) });
      editor.push(
        events(frame({ content: 'a' }), frame({ content: 'b' }, {}, 1), {
          choices: [{ index: 1, delta: {}, finish_reason: 'stop' }],
        }).subarray(0, -14),
      );
      editor.cut(why, { code: 'response_blocked', session: 's' });
      const last = dataOf(Buffer.from(out))
        .map((data) => JSON.parse(data) as { id: string; choices: Json[] })
        .at(-1)!;
      expect(last.choices).toEqual([{ index: 0, delta: {}, finish_reason: reason }]);
      expect(last.id).toBe('chatcmpl-Aa1Bb2Cc3Dd4');
      expect(editor.terminator.toString()).toBe('data: [DONE]\n\n');
      expect(out).not.toContain('[DONE]');
    }
  });

  test('the terminator is offered, not written, and what follows it is not read', () => {
    let out = '';
    const editor = openai.editStream(chat, identity(undefined, 2), {
      write: (bytes) => (out += bytes.toString()),
    });
    editor.push(Buffer.concat([events(frame({ content: 'abc' })), events(frame({ content: SECRET }))]));
    expect(editor.terminator.length).toBe(0);
    editor.end();
    expect(editor.terminator.toString()).toBe('data: [DONE]\n\n');
    expect(out).not.toContain('[DONE]');
    expect(out).not.toContain(SECRET);
    expect(text(Buffer.from(out))).toContain('abc');
  });

  test('usage is reported from a stream and from a whole answer', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };
    const editor = openai.editStream(chat, identity(), { write: () => undefined });
    editor.push(events({ choices: [], usage }));
    expect(editor.usage).toEqual({ input: 3, output: 5 });
    expect(
      openai.editWhole(chat, 200, 'application/json', Buffer.from(JSON.stringify({ usage })), identity())
        .usage,
    ).toEqual({ input: 3, output: 5 });
  });

  test('the upstream’s own error ends a stream without a terminator', () => {
    const sent = events(frame({ content: 'abc' }), {
      error: { message: 'boom', type: 'server_error' },
    }).subarray(0, -14);
    const out = run(sent, 2)!;
    expect(dataOf(out).at(-1)).toContain('boom');
    expect(text(out)).toContain('abc');
    expect(out.toString()).not.toContain('[DONE]');
  });
});

test('a base64 embedding is not read as text, but text in its place is', () => {
  const body = (embedding: Json): Buffer => Buffer.from(JSON.stringify({ data: [{ index: 0, embedding }] }));
  const floats = Buffer.from(new Float32Array([0.1, -0.02, 0.3, -0.4, 0.05, 0.6, 0.7]).buffer).toString(
    'base64',
  );
  for (const [embedding, lanes] of [
    [floats, 0],
    [Buffer.from('the password is sesame, friend').toString('base64'), 1],
    [[0.0069292834959, -1e-9], 0],
    [[0.1, '4111111111111111'], 1],
  ] as [Json, number][]) {
    const seen: Opened[] = [];
    openai.editWhole(embed, 200, 'application/json', body(embedding), masking(SECRET, seen));
    expect(seen, JSON.stringify(embedding)).toHaveLength(lanes);
  }
});

test('no cookie and no account name of the upstream reaches the caller, nor the caller’s account upstream', () => {
  for (const name of ['set-cookie', 'openai-organization', 'openai-project', 'server'])
    expect(openai.responseHeaders).not.toContain(name);
  for (const name of ['authorization', 'cookie', 'openai-organization', 'x-api-key'])
    expect(openai.requestHeaders).not.toContain(name);
  expect(openai.authorize('k')).toEqual({ authorization: 'Bearer k' });
});
