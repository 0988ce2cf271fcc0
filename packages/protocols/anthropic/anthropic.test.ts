// What is particular to Anthropic's protocol, beyond the suite that all protocols pass.
import { describe, expect, test } from 'vitest';
import type { Claim } from '../protocol.ts';
import { identity } from '../testing/identity.ts';
import { MASK, masking, type Opened } from '../testing/masking.ts';
import { assemble, dataOf, type Json, runStream, visible, visibleInStream } from '../testing/wire.ts';
import { fixtures } from './fixtures.ts';
import { anthropic } from './protocol.ts';

const chat: Claim = { operation: 'chat', body: true };
const SECRET = 'sesame-7Q4X';
const SIGNATURE = 'EqQBCgIYAhIkMTExMTH/+v8BAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f/w==';
const { write } = fixtures;
const start: Json = {
  type: 'message_start',
  message: { id: 'msg_01Aa1Bb2Cc3Dd4', content: [], usage: { input_tokens: 9, output_tokens: 1 } },
};
const open = (index: Json, content_block: Json): Json => ({
  type: 'content_block_start',
  index,
  content_block,
});
const add = (index: Json, delta: Json): Json => ({ type: 'content_block_delta', index, delta });
const text = (part: string, index: Json = 0): Json => add(index, { type: 'text_delta', text: part });
const close = (index: number): Json => ({ type: 'content_block_stop', index });
const stop: Json = { type: 'message_stop' };
const run = (events: readonly Json[], editor = identity()) =>
  runStream(anthropic, chat, editor, write(events));
const decode = (body: Json) => anthropic.decode(chat, Buffer.from(JSON.stringify(body)));

describe('claims', () => {
  const head = (method: string, path: string, query = '') =>
    anthropic.claim({ method, path, query, contentType: 'application/json' });

  test.each([
    ['POST', '/v1/messages', '', 'chat'],
    ['POST', '/v1/messages', 'beta=true', 'chat'],
    ['POST', '/v1/messages/count_tokens', '', 'count_tokens'],
    ['GET', '/v1/models', 'limit=20&after_id=claude-3', 'models'],
    ['GET', '/v1/models/claude-sonnet-4-5', '', 'models'],
  ])('%s %s?%s is %s', (method, path, query, operation) => {
    expect(head(method, path, query)).toMatchObject({ operation });
  });

  test.each([
    ['POST', '/v1/messages/batches', ''],
    ['POST', '/v1/complete', ''],
    ['POST', '/v1/files', ''],
    ['POST', '/messages', ''],
    ['POST', '/v1/messages', 'beta=false'],
    ['POST', '/v1/messages', 'beta=true&beta=true'],
    ['POST', '/v1/messages', '__proto__=1'],
    ['GET', '/v1/models', 'after_id=a%20b'],
  ])('%s %s?%s is not claimed', (method, path, query) => {
    expect(head(method, path, query)).toBeUndefined();
  });
});

describe('requests', () => {
  test('roles and messages of texts; results of tools are the tool’s', () => {
    const { texts, messageEnds } = decode({
      model: 'm',
      system: 'a',
      messages: [
        { role: 'user', content: 'b' },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'toolu_01Aa1Bb2Cc3Dd4', name: 'f', input: { q: 'c' } }],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'toolu_01Aa1Bb2Cc3Dd4',
              content: [{ type: 'text', text: 'd' }],
            },
            { type: 'text', text: 'e' },
          ],
        },
      ],
      metadata: { user_id: 'f' },
    });
    expect(texts.map(({ lane, role, text, message }) => [lane, role, text, message])).toEqual([
      ['model', 'meta', 'm', -1],
      ['system', 'system', 'a', -1],
      ['messages[0].content', 'user', 'b', 0],
      ['messages[1].content[0].name', 'assistant', 'f', 1],
      ['messages[1].content[0].input.{0}#key', 'assistant', 'q', 1],
      ['messages[1].content[0].input.{0}', 'assistant', 'c', 1],
      ['messages[2].content[0].content[0].text', 'tool', 'd', 2],
      ['messages[2].content[1].text', 'user', 'e', 2],
      ['metadata.user_id', 'meta', 'f', -1],
    ]);
    expect(messageEnds).toHaveLength(3);
  });

  test('what the provider would fetch, run or keep', () => {
    const { egress } = decode({
      model: 'm',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
            { type: 'document', source: { type: 'file', file_id: 'file_1' } },
            {
              type: 'tool_result',
              tool_use_id: 'x',
              content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/b.png' } }],
            },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'tool_use', id: 'x', name: 'open', input: { url: 'https://example.com/quoted' } },
          ],
        },
      ],
      mcp_servers: [{ type: 'url', url: 'https://mcp.example', name: 's', authorization_token: 't' }],
      tools: [
        { name: 'own' },
        { type: 'custom', name: 'own2' },
        { type: 'bash_20250124', name: 'bash' },
        { type: 'web_search_20250305', name: 'web_search' },
        { type: 'code_execution_20250825' },
        { type: 'new_thing' },
      ],
      container: 'container_1',
      diagnostics: { previous_message_id: 'msg_1' },
    });
    expect(egress.map(({ what, value }) => [what, value])).toEqual([
      ['url', 'https://example.com/a.png'],
      ['file', 'file_1'],
      ['url', 'https://example.com/b.png'],
      ['url', 'https://mcp.example'],
      ['stored', 'msg_1'],
      ['tool', 'https://mcp.example'],
      ['tool', 'web_search_20250305'],
      ['tool', 'code_execution_20250825'],
      ['tool', 'new_thing'],
      ['stored', 'container_1'],
    ]);
  });

  test('images and sealed thinking are opaque; text in their place is text', () => {
    const png = Buffer.from('\x89PNG\r\n\x1a\n0000\x00\x01\x02\x03\xff\xfe', 'latin1').toString('base64');
    const source = (data: string): Json => ({
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data },
    });
    const { opaque, texts } = decode({
      model: 'm',
      messages: [
        {
          role: 'user',
          content: [
            source(png),
            source(Buffer.from(`the password is ${SECRET}, friend`).toString('base64')),
            source(SECRET),
          ],
        },
        { role: 'assistant', content: [{ type: 'thinking', thinking: 'a', signature: SIGNATURE }] },
      ],
    });
    expect(opaque).toEqual([
      { lane: 'messages[0].content[0].source.data', what: 'image' },
      { lane: 'messages[1].content[0].signature', what: 'sealed' },
    ]);
    expect(texts.map(({ text }) => text)).toContain(SECRET);
    expect(texts).toHaveLength(4);
  });
});

describe('thinking with a signature', () => {
  const thought = (...parts: string[]): Json[] => [
    start,
    open(0, { type: 'thinking', thinking: '', signature: '' }),
    ...parts.map((thinking) => add(0, { type: 'thinking_delta', thinking })),
    add(0, { type: 'signature_delta', signature: SIGNATURE }),
    close(0),
    stop,
  ];

  test('is whole and untouched when nothing was masked, and all of it is out before the signature', () => {
    const data = dataOf(run(thought('Let me', ' see'), identity(undefined, 5))!);
    expect(assemble(run(thought('Let me', ' see'), identity(undefined, 5))!)).toEqual(
      assemble(write(thought('Let me', ' see'))),
    );
    expect(data.findIndex((event) => event.includes(SIGNATURE))).toBe(
      data.findLastIndex((event) => event.includes('thinking_delta')) + 1,
    );
  });

  test('loses its signature when anything in it was masked', () => {
    const out = run(thought('It is ses', 'ame-7Q4X', ' yes'), masking(SECRET))!;
    expect(out.toString()).not.toContain('signature_delta');
    expect(visible(assemble(out))).toContain(`It is ${MASK} yes`);
  });

  test('in a whole answer, in either order of its members', () => {
    for (const block of [
      { type: 'thinking', signature: SIGNATURE, thinking: `It is ${SECRET}` },
      { type: 'thinking', thinking: `It is ${SECRET}`, signature: SIGNATURE },
    ]) {
      const edit = (body: Json) =>
        JSON.parse(
          anthropic
            .editWhole(chat, 200, 'application/json', Buffer.from(JSON.stringify(body)), masking(SECRET))
            .body.toString(),
        ) as Json;
      expect(edit({ content: [block] })).toEqual({
        content: [{ type: 'thinking', thinking: `It is ${MASK}`, signature: '' }],
      });
      const clean = { content: [{ ...block, thinking: 'fine' }] };
      expect(edit(clean)).toEqual(clean);
    }
  });

  test('a signature that is text is read as text', () => {
    const out = run(
      [
        start,
        open(0, { type: 'thinking', thinking: '', signature: '' }),
        add(0, { type: 'signature_delta', signature: SECRET }),
        close(0),
        stop,
      ],
      masking(SECRET),
    )!;
    expect(visibleInStream(out)).not.toContain(SECRET);
  });
});

describe('streams', () => {
  test('a text that its block starts with and the deltas are one lane', () => {
    const seen: Opened[] = [];
    const out = run(
      [start, open(0, { type: 'text', text: 'It is ses' }), text('ame-7Q'), text('4X.'), close(0), stop],
      masking(SECRET, seen),
    )!;
    expect(visible(assemble(out))).toContain(`It is ${MASK}.`);
    expect(seen.filter(({ info }) => info.id === 'content[0].text')).toHaveLength(1);
  });

  test('held text goes out before its block ends', () => {
    const out = run(
      [start, open(0, { type: 'text', text: '' }), text('Hello'), close(0), stop],
      identity(undefined, 2),
    )!;
    expect(dataOf(out).slice(2, 5)).toEqual([
      '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}',
      '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}}',
      '{"type":"content_block_stop","index":0}',
    ]);
    expect(out.toString()).toContain(
      'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}}\n\n',
    );
  });

  test('padding between the closing brackets is no new layout', () => {
    const padded = write([
      start,
      open(0, { type: 'text', text: '' }),
      text('a'),
      text('b'),
      text('c'),
      close(0),
      stop,
    ])
      .toString()
      .replaceAll('"}}\n', '"}   } \n');
    expect(runStream(anthropic, chat, identity(), Buffer.from(padded))!.toString()).toBe(padded);
  });

  test.each([
    ['a delta outside a block', [start, text('a')]],
    ['a delta after its block', [start, open(0, { type: 'text' }), close(0), text('a')]],
    ['a block that starts twice', [start, open(0, { type: 'text' }), open(0, { type: 'text' })]],
    ['an index before zero', [start, open(-1, { type: 'text' })]],
    ['an index that is a string', [start, open('0', { type: 'text' })]],
    [
      'thinking after its signature',
      [
        start,
        open(0, { type: 'thinking' }),
        add(0, { type: 'thinking_delta', thinking: 'a' }),
        add(0, { type: 'signature_delta', signature: '' }),
        add(0, { type: 'thinking_delta', thinking: 'b' }),
      ],
    ],
    ['two messages', [start, start]],
  ] as [string, Json[]][])('%s is refused', (_, events) => {
    expect(run([...events, stop])).toBeUndefined();
  });

  test('an event whose name is not its type is refused', () => {
    const sent = (name: string, type: string) =>
      Buffer.from(
        `event: ${name}\ndata: {"type":"${type}"}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n`,
      );
    expect(runStream(anthropic, chat, identity(), sent('error', 'ping'))).toBeUndefined();
    expect(runStream(anthropic, chat, identity(), sent('x', 'ping'))).toBeUndefined();
    expect(runStream(anthropic, chat, identity(), sent('ping', 'ping'))).toBeDefined();
  });

  test('the last event is offered as the terminator with what else it says, and not written', () => {
    let out = '';
    const editor = anthropic.editStream(chat, masking(SECRET), {
      write: (bytes) => (out += bytes.toString()),
    });
    editor.push(write([start, { type: 'message_stop', 'x-metrics': { note: SECRET, n: 1.0 } }]));
    expect(editor.terminator.length).toBe(0);
    editor.end();
    expect(out).not.toContain('message_stop');
    expect(editor.terminator.toString()).toBe(
      `event: message_stop\ndata: {"type":"message_stop","x-metrics":{"note":"${MASK}","n":1}}\n\n`,
    );
  });

  test.each([
    ['policy', 'refusal'],
    ['limit', 'max_tokens'],
  ] as const)('cut by %s, it closes the open block and stops with %s', (why, reason) => {
    for (const events of [
      [],
      [start],
      [start, open(0, { type: 'text', text: 'a' })],
      [start, open(0, { type: 'text', text: 'a' }), close(0)],
    ] as Json[][]) {
      let out = '';
      const editor = anthropic.editStream(chat, identity(undefined, 9), {
        write: (bytes) => (out += bytes.toString()),
      });
      editor.push(write(events));
      editor.cut(why, { code: 'response_blocked', session: 's' });
      const types = dataOf(Buffer.from(out)).map((data) => (JSON.parse(data) as { type: string }).type);
      expect(types[0]).toBe('message_start');
      expect(types.filter((type) => type === 'content_block_start')).toHaveLength(
        types.filter((type) => type === 'content_block_stop').length,
      );
      expect(types.at(-1)).toBe('message_delta');
      expect(out).toContain(`"stop_reason":"${reason}"`);
      if (events.length < 3) expect(out).not.toContain('"text":"a"');
      expect(editor.terminator.toString()).toContain('message_stop');
    }
  });

  test('usage adds up from the start and the end', () => {
    const editor = anthropic.editStream(chat, identity(), { write: () => undefined });
    editor.push(
      write([
        start,
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 15 } },
      ]),
    );
    expect(editor.usage).toEqual({ input: 9, output: 15 });
  });
});

test('overload has Anthropic’s own status', () => {
  expect(anthropic.refuse({ code: 'overloaded', session: 's' }).status).toBe(529);
});
