// Answers and requests in the shapes of OpenAI's published API reference, written for the conformance suite.
import type { Claim } from '../protocol.ts';
import type { Fixtures } from '../testing/fixture.ts';
import type { Json } from '../testing/wire.ts';

const chat: Claim = { operation: 'chat', body: true };
const complete: Claim = { operation: 'complete', body: true };
const embed: Claim = { operation: 'embed', body: true };
const models: Claim = { operation: 'models', body: false };

const ID = 'chatcmpl-Aa1Bb2Cc3Dd4Ee5Ff6Gg7';
const usage = {
  prompt_tokens: 12,
  completion_tokens: 7,
  total_tokens: 19,
  prompt_tokens_details: { cached_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 3 },
};

function completion(...choices: Json[]): Json {
  return {
    id: ID,
    object: 'chat.completion',
    created: 1755137933,
    model: 'gpt-5-nano-2025-08-07',
    choices,
    usage,
    service_tier: 'default',
    system_fingerprint: 'fp_0611516fca',
  };
}

function chunk(choices: Json[], more: { [key: string]: Json } = {}): Json {
  return {
    id: ID,
    object: 'chat.completion.chunk',
    created: 1755137933,
    model: 'gpt-5-nano-2025-08-07',
    service_tier: 'default',
    system_fingerprint: null,
    choices,
    ...more,
  };
}

function delta(fields: { [key: string]: Json }, index = 0, finish: Json = null): Json {
  return chunk([{ index, delta: fields, finish_reason: finish }]);
}

function token(text: string, ...others: string[]): Json {
  const bytes = [...Buffer.from(text)];
  const top = [
    { token: text, bytes, logprob: -0.01 },
    ...others.map((t) => ({ token: t, bytes: [...Buffer.from(t)], logprob: -4.5 })),
  ];
  return { token: text, bytes, logprob: -0.01, top_logprobs: top };
}

const weather = { name: 'get_weather', arguments: '{"city":"Paris","unit":"celsius"}' };
const text = (content: string): Json => ({
  index: 0,
  message: { role: 'assistant', content, refusal: null, annotations: [] },
  logprobs: null,
  finish_reason: 'stop',
});

export const fixtures: Fixtures = {
  write: (events) =>
    Buffer.from(
      events
        .map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
        .join(''),
    ),
  requests: [
    {
      name: 'chat with tools, images and metadata',
      claim: chat,
      body: {
        model: 'gpt-5-nano',
        messages: [
          { role: 'system', content: 'You are terse.' },
          {
            role: 'user',
            name: 'ann',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'call_Aa1Bb2Cc3Dd4', type: 'function', function: weather }],
          },
          { role: 'tool', tool_call_id: 'call_Aa1Bb2Cc3Dd4', content: '{"temperature":21}' },
          { role: 'user', content: 'Call 4155550132 now' },
        ],
        tools: [
          {
            type: 'function',
            function: {
              name: 'get_weather',
              description: 'Weather of a city',
              parameters: {
                type: 'object',
                properties: { city: { type: 'string', enum: ['Paris', 'Rome'] } },
                required: ['city'],
              },
            },
          },
        ],
        metadata: { ticket: 'T-17' },
        user: 'user-1',
        seed: 4155550132,
        temperature: 0.5,
        stream: true,
        stream_options: { include_usage: true },
      },
    },
    {
      name: 'completion',
      claim: complete,
      body: { model: 'babbage-002', prompt: ['Once', 'Twice'], suffix: 'end', stop: ['\n'], max_tokens: 16 },
    },
    {
      name: 'embeddings',
      claim: embed,
      body: { model: 'text-embedding-3-small', input: ['one', 'two'], user: 'u' },
    },
  ],
  whole: [
    {
      name: 'chat',
      claim: chat,
      status: 200,
      body: completion(text('Hello there, friend.'), { ...(text('Second') as object), index: 1 }),
    },
    {
      name: 'parallel tools',
      claim: chat,
      status: 200,
      body: completion({
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_Aa1Bb2Cc3Dd4', type: 'function', function: weather },
            { id: 'call_Zz1Bb2Cc3Dd4', type: 'custom', custom: { name: 'shell', input: 'ls -l' } },
          ],
          function_call: weather,
        },
        finish_reason: 'tool_calls',
      }),
    },
    {
      name: 'logprobs',
      claim: chat,
      status: 200,
      body: completion({
        index: 0,
        message: { role: 'assistant', content: 'Hi there!', refusal: null },
        logprobs: { content: [token('Hi', 'Yo'), token(' there', ' you'), token('!')], refusal: null },
        finish_reason: 'stop',
      }),
    },
    {
      name: 'refusal',
      claim: chat,
      status: 200,
      body: completion({
        index: 0,
        message: { role: 'assistant', content: null, refusal: 'I cannot help with that.' },
        finish_reason: 'stop',
      }),
    },
    {
      name: 'reasoning and annotations',
      claim: chat,
      status: 200,
      body: completion({
        index: 0,
        message: {
          role: 'assistant',
          content: 'See the page.',
          reasoning_content: 'First I think.',
          reasoning: 'Then again.',
          reasoning_details: [{ type: 'reasoning.text', text: 'deep', index: 0 }],
          annotations: [
            {
              type: 'url_citation',
              url_citation: { start_index: 0, end_index: 3, title: 'A page', url: 'https://example.com/p' },
            },
          ],
        },
        finish_reason: 'stop',
      }),
    },
    {
      name: 'audio',
      claim: chat,
      status: 200,
      body: completion({
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          audio: {
            id: 'audio_Aa1Bb2Cc3Dd4',
            data: 'T2dnUwACAAAAAAAAAAAqDir8AAAAAKFFNOEBE09w',
            expires_at: 1755137999,
            transcript: 'Beep beep.',
          },
        },
        finish_reason: 'stop',
      }),
    },
    {
      name: 'structured output',
      claim: chat,
      status: 200,
      body: completion(text('{"name":"Ann","card":{"number":4155550132}}')),
    },
    {
      name: 'completion with logprobs',
      claim: complete,
      status: 200,
      body: {
        id: 'cmpl-Aa1Bb2Cc3Dd4Ee5Ff',
        object: 'text_completion',
        created: 1755137933,
        model: 'babbage-002',
        choices: [
          {
            text: ' a fine day',
            index: 0,
            logprobs: {
              tokens: [' a', ' fine', ' day'],
              token_logprobs: [-0.1, -0.2, -0.3],
              top_logprobs: [{ ' a': -0.1, ' the': -2 }, { ' fine': -0.2 }, { ' day': -0.3, ' one': -3 }],
              text_offset: [4, 6, 11],
            },
            finish_reason: 'length',
          },
        ],
        usage,
      },
    },
    {
      name: 'embeddings',
      claim: embed,
      status: 200,
      body: {
        object: 'list',
        data: [
          { object: 'embedding', index: 0, embedding: [-0.006929283495992422, 0.0123456789012345] },
          { object: 'embedding', index: 1, embedding: 'Vj+QPMFSO70QSfQ81xqzPFqCR70eSgU7' },
        ],
        model: 'text-embedding-3-small',
        usage: { prompt_tokens: 2, total_tokens: 2 },
      },
    },
    {
      name: 'models',
      claim: models,
      status: 200,
      body: {
        object: 'list',
        data: [{ id: 'gpt-5-nano', object: 'model', created: 1755137933, owned_by: 'system' }],
      },
    },
    {
      name: 'error',
      claim: chat,
      status: 400,
      body: {
        error: {
          message: "Unsupported parameter: 'max_tokens'.",
          type: 'invalid_request_error',
          param: 'max_tokens',
          code: 'unsupported_parameter',
        },
      },
    },
    {
      name: 'unknown fields',
      claim: chat,
      status: 200,
      body: {
        ...(completion(text('Hi')) as object),
        x_extra: { note: 'keep me', big: 12345678901234567890n.toString(), list: [1, 'two', { three: 3.0 }] },
      },
    },
  ],
  streams: [
    {
      name: 'chat',
      claim: chat,
      events: [
        delta({ role: 'assistant', content: '', refusal: null }),
        delta({ content: 'Hello' }),
        delta({ content: ' there' }),
        delta({ content: ', café 😀.' }),
        delta({}, 0, 'stop'),
        chunk([], { usage }),
        '[DONE]',
      ],
      growing: {
        before: [delta({ role: 'assistant', content: '' })],
        piece: (content) => delta({ content }),
        after: [delta({}, 0, 'stop'), '[DONE]'],
      },
    },
    {
      name: 'chat with obfuscation and a last text in the finishing frame',
      claim: chat,
      events: [
        chunk([{ index: 0, delta: { role: 'assistant', content: 'One' }, finish_reason: null }], {
          obfuscation: 'aB3',
        }),
        chunk([{ index: 0, delta: { content: ' two' }, finish_reason: null }], { obfuscation: '' }),
        chunk([{ index: 0, delta: { content: ' three' }, finish_reason: 'length' }], { obfuscation: 'Zz' }),
        '[DONE]',
      ],
      growing: {
        before: [],
        piece: (content) =>
          chunk([{ index: 0, delta: { content }, finish_reason: null }], { obfuscation: 'aB3' }),
        after: ['[DONE]'],
      },
    },
    {
      name: 'two choices and parallel tools',
      claim: chat,
      events: [
        delta({
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              index: 0,
              id: 'call_Aa1Bb2Cc3Dd4',
              type: 'function',
              function: { name: 'get_weather', arguments: '' },
            },
          ],
        }),
        delta({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
        delta({ role: 'assistant', content: 'Other choice' }, 1),
        delta({
          tool_calls: [
            {
              index: 1,
              id: 'call_Zz1Bb2Cc3Dd4',
              type: 'function',
              function: { name: 'get_time', arguments: '{"zone"' },
            },
          ],
        }),
        delta({
          tool_calls: [
            { index: 0, function: { arguments: '"Paris"}' } },
            { index: 1, function: { arguments: ':"CET"}' } },
          ],
        }),
        delta({}, 1, 'stop'),
        delta({}, 0, 'tool_calls'),
        '[DONE]',
      ],
      growing: {
        before: [
          delta({
            tool_calls: [
              { index: 0, id: 'call_Aa1Bb2Cc3Dd4', type: 'function', function: { name: 'f', arguments: '' } },
            ],
          }),
        ],
        piece: (part) => delta({ tool_calls: [{ index: 0, function: { arguments: part } }] }),
        after: [delta({}, 0, 'tool_calls'), '[DONE]'],
      },
    },
    {
      name: 'logprobs',
      claim: chat,
      events: [
        chunk([{ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }]),
        ...['Hi', ' there', ' 😀', '!'].map((t) =>
          chunk([
            {
              index: 0,
              delta: { content: t },
              logprobs: { content: [token(t, 'Yo')], refusal: null },
              finish_reason: null,
            },
          ]),
        ),
        chunk([{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }]),
        '[DONE]',
      ],
      growing: {
        before: [],
        piece: (t) =>
          chunk([
            {
              index: 0,
              delta: { content: t },
              logprobs: { content: t === '' ? [] : [token(t, 'Yo')], refusal: null },
              finish_reason: null,
            },
          ]),
        after: [chunk([{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }]), '[DONE]'],
      },
    },
    {
      name: 'reasoning, refusal, audio and unknown deltas',
      claim: chat,
      events: [
        delta({ role: 'assistant', reasoning_content: 'I think' }),
        delta({ reasoning_content: ' hard', reasoning: 'aloud' }),
        delta({ refusal: 'I will not' }),
        delta({ audio: { id: 'audio_Aa1Bb2Cc3Dd4', transcript: 'Beep' } }),
        delta({ audio: { data: 'T2dnUwACAAAAAAAAAAAqDir8AAAAAKFFNOEBE09w' } }),
        delta({ x_thought: { parts: ['deep'] } }),
        delta({
          annotations: [
            {
              type: 'url_citation',
              url_citation: { start_index: 0, end_index: 3, title: 'A page', url: 'https://example.com/p' },
            },
          ],
        }),
        delta({}, 0, 'stop'),
        '[DONE]',
      ],
      growing: { before: [], piece: (part) => delta({ x_thought: { note: part } }), after: ['[DONE]'] },
    },
    {
      name: 'completion with logprobs',
      claim: complete,
      events: [
        ...[' a', ' fine'].map((t) => ({
          id: 'cmpl-Aa1Bb2Cc3Dd4Ee5Ff',
          object: 'text_completion',
          created: 1755137933,
          model: 'babbage-002',
          choices: [
            {
              text: t,
              index: 0,
              logprobs: {
                tokens: [t],
                token_logprobs: [-0.1],
                top_logprobs: [{ [t]: -0.1, ' the': -2 }],
                text_offset: [4],
              },
              finish_reason: null,
            },
          ],
        })),
        {
          id: 'cmpl-Aa1Bb2Cc3Dd4Ee5Ff',
          object: 'text_completion',
          created: 1755137933,
          model: 'babbage-002',
          choices: [{ text: '', index: 0, logprobs: null, finish_reason: 'stop' }],
        },
        '[DONE]',
      ],
      growing: {
        before: [],
        piece: (t) => ({
          id: 'cmpl-Aa1Bb2Cc3Dd4Ee5Ff',
          object: 'text_completion',
          created: 1755137933,
          choices: [{ text: t, index: 0, logprobs: null, finish_reason: null }],
          model: 'babbage-002',
        }),
        after: ['[DONE]'],
      },
    },
    {
      name: 'error',
      claim: chat,
      events: [
        delta({ role: 'assistant', content: 'Hel' }),
        { error: { message: 'The server had an error', type: 'server_error', param: null, code: null } },
      ],
    },
    {
      name: 'unknown frames',
      claim: chat,
      events: [
        { object: 'x.note', note: 'keep me', deep: { list: ['a', 1] } },
        ['a', 'list'],
        delta({ content: 'Hi' }),
        delta({}, 0, 'stop'),
        '[DONE]',
      ],
    },
  ],
};
