// Answers and requests in the shapes of Anthropic's published API reference, written for the conformance suite.
import type { Claim } from '../protocol.ts';
import type { Fixtures } from '../testing/fixture.ts';
import { isObject, type Json } from '../testing/wire.ts';

const chat: Claim = { operation: 'chat', body: true };
const count: Claim = { operation: 'count_tokens', body: true };
const models: Claim = { operation: 'models', body: false };

const ID = 'msg_01Aa1Bb2Cc3Dd4Ee5Ff6Gg7';
const SIGNATURE = 'EqQBCgIYAhIkMTExMTH/+v8BAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f/w==';
const usage = {
  input_tokens: 12,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 7,
  service_tier: 'standard',
};

function message(content: Json[], stop: Json = 'end_turn'): Json {
  return {
    id: ID,
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    content,
    stop_reason: stop,
    stop_sequence: null,
    usage,
  };
}

const start: Json = { type: 'message_start', message: message([], null) };
const open = (index: number, content_block: Json): Json => ({
  type: 'content_block_start',
  index,
  content_block,
});
const add = (index: number, delta: Json): Json => ({ type: 'content_block_delta', index, delta });
const close = (index: number): Json => ({ type: 'content_block_stop', index });
const text = (part: string, index = 0): Json => add(index, { type: 'text_delta', text: part });
const ending = (stop = 'end_turn'): Json[] => [
  { type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 15 } },
  { type: 'message_stop' },
];
const citation = {
  type: 'char_location',
  cited_text: 'The grass is green.',
  document_index: 0,
  document_title: 'Notes',
  start_char_index: 0,
  end_char_index: 19,
};
const searchResult = {
  type: 'web_search_tool_result',
  tool_use_id: 'srvtoolu_01Aa1Bb2Cc3Dd4',
  content: [
    {
      type: 'web_search_result',
      title: 'A page',
      url: 'https://example.com/p',
      encrypted_content: SIGNATURE,
      page_age: 'April 2025',
    },
  ],
};

export const fixtures: Fixtures = {
  write: (events) =>
    Buffer.from(
      events
        .map((event) => {
          const name = isObject(event) && typeof event.type === 'string' ? `event: ${event.type}\n` : '';
          return `${name}data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`;
        })
        .join(''),
    ),
  requests: [
    {
      name: 'messages with tools and documents',
      claim: chat,
      body: {
        model: 'claude-sonnet-4-5',
        max_tokens: 1024,
        system: [{ type: 'text', text: 'You are terse.', cache_control: { type: 'ephemeral' } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
              {
                type: 'document',
                source: { type: 'text', media_type: 'text/plain', data: 'plain words' },
                title: 'Doc',
              },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'hm', signature: SIGNATURE },
              {
                type: 'tool_use',
                id: 'toolu_01Aa1Bb2Cc3Dd4',
                name: 'get_weather',
                input: { city: 'Paris', phone: 4155550132 },
              },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'toolu_01Aa1Bb2Cc3Dd4',
                content: [{ type: 'text', text: '21 degrees' }],
              },
            ],
          },
        ],
        tools: [
          {
            name: 'get_weather',
            description: 'Weather',
            input_schema: { type: 'object', properties: { city: { type: 'string' } } },
          },
        ],
        metadata: { user_id: 'u-1' },
        stop_sequences: ['END'],
        stream: true,
      },
    },
    {
      name: 'count_tokens',
      claim: count,
      body: {
        model: 'claude-sonnet-4-5',
        system: 'Be brief',
        messages: [{ role: 'user', content: 'Hello' }],
      },
    },
  ],
  whole: [
    {
      name: 'text',
      claim: chat,
      status: 200,
      body: message([{ type: 'text', text: 'Hello there.', citations: null }]),
    },
    {
      name: 'tool use',
      claim: chat,
      status: 200,
      body: message(
        [
          { type: 'text', text: 'I look.' },
          {
            type: 'tool_use',
            id: 'toolu_01Aa1Bb2Cc3Dd4',
            name: 'get_weather',
            input: { city: 'Paris', days: [1, 'two', 4155550132] },
          },
        ],
        'tool_use',
      ),
    },
    {
      name: 'thinking',
      claim: chat,
      status: 200,
      body: message([
        { type: 'thinking', thinking: 'Let me think.', signature: SIGNATURE },
        { type: 'redacted_thinking', data: SIGNATURE },
        { type: 'text', text: 'Done.' },
      ]),
    },
    {
      name: 'citations',
      claim: chat,
      status: 200,
      body: message([{ type: 'text', text: 'Green.', citations: [citation] }]),
    },
    {
      name: 'server tools',
      claim: chat,
      status: 200,
      body: message([
        {
          type: 'server_tool_use',
          id: 'srvtoolu_01Aa1Bb2Cc3Dd4',
          name: 'web_search',
          input: { query: 'weather' },
        },
        searchResult,
      ]),
    },
    {
      name: 'error',
      claim: chat,
      status: 400,
      body: {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'max_tokens: required' },
        request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
      },
    },
    { name: 'count_tokens', claim: count, status: 200, body: { input_tokens: 14 } },
    {
      name: 'models',
      claim: models,
      status: 200,
      body: {
        data: [
          {
            type: 'model',
            id: 'claude-sonnet-4-5',
            display_name: 'Claude',
            created_at: '2025-02-19T00:00:00Z',
          },
        ],
        has_more: false,
        first_id: 'a',
        last_id: 'b',
      },
    },
    {
      name: 'unknown fields',
      claim: chat,
      status: 200,
      body: {
        ...(message([{ type: 'text', text: 'Hi' }]) as object),
        x_extra: { note: 'keep me', list: [1, 'two', { three: 3 }] },
      },
    },
  ],
  streams: [
    {
      name: 'text',
      claim: chat,
      events: [
        start,
        open(0, { type: 'text', text: '' }),
        { type: 'ping' },
        text('Hello'),
        text(' there'),
        text(', café 😀.'),
        close(0),
        ...ending(),
      ],
      growing: {
        before: [start, open(0, { type: 'text', text: '' })],
        piece: (part) => text(part),
        after: [close(0), ...ending()],
      },
    },
    {
      name: 'tool use',
      claim: chat,
      events: [
        start,
        open(0, { type: 'text', text: 'Wait' }),
        text(' please'),
        close(0),
        open(1, { type: 'tool_use', id: 'toolu_01Aa1Bb2Cc3Dd4', name: 'get_weather', input: {} }),
        add(1, { type: 'input_json_delta', partial_json: '' }),
        add(1, { type: 'input_json_delta', partial_json: '{"city": "Pa' }),
        add(1, { type: 'input_json_delta', partial_json: 'ris"}' }),
        close(1),
        ...ending('tool_use'),
      ],
      growing: {
        before: [start, open(0, { type: 'tool_use', id: 'toolu_01Aa1Bb2Cc3Dd4', name: 'f', input: {} })],
        piece: (part) => add(0, { type: 'input_json_delta', partial_json: part }),
        after: [close(0), ...ending('tool_use')],
      },
    },
    {
      name: 'thinking with signature',
      claim: chat,
      events: [
        start,
        open(0, { type: 'thinking', thinking: '', signature: '' }),
        add(0, { type: 'thinking_delta', thinking: 'Let me' }),
        add(0, { type: 'thinking_delta', thinking: ' see' }),
        add(0, { type: 'signature_delta', signature: SIGNATURE }),
        close(0),
        open(1, { type: 'redacted_thinking', data: SIGNATURE }),
        close(1),
        open(2, { type: 'text', text: '' }),
        text('Yes.', 2),
        close(2),
        ...ending(),
      ],
      growing: {
        before: [start, open(0, { type: 'thinking', thinking: '', signature: '' })],
        piece: (part) => add(0, { type: 'thinking_delta', thinking: part }),
        after: [add(0, { type: 'signature_delta', signature: SIGNATURE }), close(0), ...ending()],
      },
    },
    {
      name: 'citations and server tools',
      claim: chat,
      events: [
        start,
        open(0, { type: 'text', text: '', citations: [] }),
        add(0, { type: 'citations_delta', citation }),
        text('Green.'),
        close(0),
        open(1, { type: 'server_tool_use', id: 'srvtoolu_01Aa1Bb2Cc3Dd4', name: 'web_search', input: {} }),
        add(1, { type: 'input_json_delta', partial_json: '{"query":"x"}' }),
        close(1),
        open(2, searchResult),
        close(2),
        ...ending(),
      ],
    },
    {
      name: 'unknown events and deltas',
      claim: chat,
      events: [
        start,
        { type: 'x_note', note: 'keep me', list: ['a', 1] },
        open(0, { type: 'x_block', words: 'hm' }),
        add(0, { type: 'x_delta', deep: { words: 'one' } }),
        add(0, { type: 'x_delta', deep: { words: ' two' } }),
        close(0),
        ...ending(),
      ],
      growing: {
        before: [start, open(0, { type: 'x_block' })],
        piece: (part) => add(0, { type: 'x_delta', deep: { words: part } }),
        after: [close(0), ...ending()],
      },
    },
    {
      name: 'error',
      claim: chat,
      events: [
        start,
        open(0, { type: 'text', text: '' }),
        text('Hel'),
        { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      ],
    },
  ],
};
