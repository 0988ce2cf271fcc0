// Answers and requests in the shapes of the published reference of the Responses API, written for the conformance suite.
import type { Claim } from '../protocol.ts';
import type { Fixtures } from '../testing/fixture.ts';
import type { Json } from '../testing/wire.ts';

const chat: Claim = { operation: 'chat', body: true };
const count: Claim = { operation: 'count_tokens', body: true };

type Members = { [key: string]: Json };

const hex = (digit: string) => digit.repeat(40);
const RESPONSE = `resp_${hex('a')}`;
const MESSAGE = `msg_${hex('b')}`;
const CALL = `fc_${hex('c')}`;
const THOUGHT = `rs_${hex('d')}`;
const SEALED = Buffer.from(Array.from({ length: 60 }, (_, at) => (at * 37) % 256)).toString('base64');
const usage = {
  input_tokens: 12,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 3 },
  total_tokens: 19,
};

function response(status: string, output: Json[], more: Members = {}): Members {
  return {
    id: RESPONSE,
    object: 'response',
    created_at: 1755137933,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model: 'gpt-5-nano-2025-08-07',
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: 'low', summary: 'auto' },
    store: true,
    temperature: 1.0,
    text: { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: 'auto',
    tools: [],
    top_p: 1.0,
    truncation: 'disabled',
    usage: status === 'completed' ? usage : null,
    user: null,
    metadata: {},
    ...more,
  };
}

const part = (text: string, more: Members = {}): Members => ({
  type: 'output_text',
  annotations: [],
  logprobs: [],
  text,
  ...more,
});
const message = (status: string, ...content: Json[]): Members => ({
  id: MESSAGE,
  type: 'message',
  status,
  content,
  role: 'assistant',
});
const citation = {
  type: 'url_citation',
  start_index: 0,
  end_index: 5,
  title: 'A page',
  url: 'https://example.com/p',
};
const token = (text: string, ...others: string[]): Json => ({
  token: text,
  bytes: [...Buffer.from(text)],
  logprob: -0.01,
  top_logprobs: [text, ...others].map((other) => ({
    token: other,
    bytes: [...Buffer.from(other)],
    logprob: -2.5,
  })),
});
const weather = '{"city":"Paris","unit":"celsius"}';
const call = (status: string, args: string): Members => ({
  id: CALL,
  type: 'function_call',
  status,
  arguments: args,
  call_id: 'call_Aa1Bb2Cc3Dd4',
  name: 'get_weather',
});
const thought = (text?: string): Members => ({
  id: THOUGHT,
  type: 'reasoning',
  summary: text === undefined ? [] : [{ type: 'summary_text', text }],
  encrypted_content: SEALED,
});

/** Numbers events as the provider does. */
function numbered(...events: Members[]): Json[] {
  return events.map((event, sequence_number) => ({ type: event.type!, sequence_number, ...event }));
}
const at = (content_index: number, more: Members): Members => ({
  item_id: MESSAGE,
  output_index: 0,
  content_index,
  ...more,
});
const said = (delta: string, more: Members = {}): Members => ({
  type: 'response.output_text.delta',
  ...at(0, { delta, logprobs: [], obfuscation: 'aB3dE6' }),
  ...more,
});
const begin: Members[] = [
  { type: 'response.created', response: response('in_progress', []) },
  { type: 'response.in_progress', response: response('in_progress', []) },
];
const opening: Members[] = [
  ...begin,
  { type: 'response.output_item.added', output_index: 0, item: message('in_progress') },
  { type: 'response.content_part.added', ...at(0, { part: part('') }) },
];
const closing = (text: string, more: Members = {}): Members[] => [
  { type: 'response.output_text.done', ...at(0, { text, logprobs: more.logprobs ?? [] }) },
  { type: 'response.content_part.done', ...at(0, { part: part(text, more) }) },
  { type: 'response.output_item.done', output_index: 0, item: message('completed', part(text, more)) },
  {
    type: 'response.completed',
    response: response('completed', [message('completed', part(text, more))]),
  },
];
const last = (): Members => ({ type: 'response.completed', response: response('completed', []) });

export const fixtures: Fixtures = {
  write: (events) =>
    Buffer.from(
      events
        .map((event) => {
          const { type = 'message' } = event as { type?: string };
          return `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
        })
        .join(''),
    ),
  requests: [
    {
      name: 'a plain question',
      claim: chat,
      body: { model: 'gpt-5-nano', input: 'Hello', instructions: 'Be brief.', store: false },
    },
    {
      name: 'items of every kind',
      claim: chat,
      body: {
        model: 'gpt-5-nano',
        input: [
          { role: 'developer', content: 'Be brief.' },
          {
            type: 'message',
            role: 'user',
            content: [
              { type: 'input_text', text: 'What is this?' },
              { type: 'input_image', image_url: 'https://example.com/cat.png', detail: 'auto' },
              { type: 'input_file', filename: 'notes.txt', file_url: 'https://example.com/notes.txt' },
            ],
          },
          thought('Thinking about it'),
          call('completed', weather),
          { type: 'function_call_output', call_id: 'call_Aa1Bb2Cc3Dd4', output: '{"degrees":17}' },
          { type: 'custom_tool_call_output', call_id: 'call_Aa1Bb2Cc3Dd4', output: 'done' },
          { type: 'mcp_approval_response', approval_request_id: `mcpr_${hex('1')}`, approve: true },
          { type: 'x_new_item', payload: { note: 'kept' } },
        ],
        tools: [
          {
            type: 'function',
            name: 'get_weather',
            description: 'Weather of a city',
            strict: true,
            parameters: { type: 'object', properties: { city: { type: 'string', description: 'Name' } } },
          },
          { type: 'custom', name: 'note', description: 'Free text' },
        ],
        text: { format: { type: 'json_schema', name: 'answer', schema: { type: 'object' } } },
        reasoning: { effort: 'low', summary: 'auto' },
        metadata: { ticket: 'A-17' },
        include: ['reasoning.encrypted_content'],
        x_unknown: { deep: ['text'] },
      },
    },
    {
      name: 'what one would take in',
      claim: count,
      body: { model: 'gpt-5-nano', input: [{ role: 'user', content: 'Hello' }] },
    },
  ],
  whole: [
    {
      name: 'a message with citations and log probabilities',
      claim: chat,
      status: 200,
      body: response('completed', [
        thought('Let me see'),
        message(
          'completed',
          part('Hello there', {
            annotations: [citation],
            logprobs: [token('Hello', 'Hi'), token(' there')],
          }),
        ),
      ]),
    },
    {
      name: 'calls of tools and a refusal',
      claim: chat,
      status: 200,
      body: response('completed', [
        call('completed', weather),
        message('completed', { type: 'refusal', refusal: 'No.' }),
        {
          id: `ws_${hex('2')}`,
          type: 'web_search_call',
          status: 'completed',
          action: {
            type: 'search',
            query: 'weather',
            sources: [{ type: 'url', url: 'https://example.com' }],
          },
        },
        {
          id: `ci_${hex('3')}`,
          type: 'code_interpreter_call',
          status: 'completed',
          code: 'print(1)',
          container_id: `cntr_${hex('4')}`,
          outputs: [{ type: 'logs', logs: '1' }],
        },
        {
          id: `mcp_${hex('5')}`,
          type: 'mcp_call',
          arguments: '{"q":"x"}',
          name: 'find',
          output: 'found',
          error: null,
          server_label: 'docs',
        },
        { id: 'x_1', type: 'x_new_call', note: 'kept' },
      ]),
    },
    {
      name: 'a count',
      claim: count,
      status: 200,
      body: { object: 'response.input_tokens', input_tokens: 7 },
    },
    {
      name: 'an error',
      claim: chat,
      status: 400,
      body: {
        error: { message: 'No such model', type: 'invalid_request_error', param: 'model', code: null },
      },
    },
  ],
  streams: [
    {
      name: 'text',
      claim: chat,
      events: numbered(...opening, said('Hello'), said(' there'), said('!'), ...closing('Hello there!')),
      growing: {
        before: numbered(...opening),
        piece: (text) => ({ sequence_number: 9, ...said(text) }),
        after: numbered(last()),
      },
    },
    {
      name: 'text with annotations and log probabilities',
      claim: chat,
      events: numbered(
        ...opening,
        said('Hello'),
        said(' there'),
        {
          type: 'response.output_text.annotation.added',
          ...at(0, { annotation_index: 0, annotation: citation }),
        },
        ...closing('Hello there', {
          annotations: [citation],
          logprobs: [token('Hello'), token(' there', ' you')],
        }),
      ),
    },
    {
      name: 'a refusal',
      claim: chat,
      events: numbered(
        ...begin,
        { type: 'response.output_item.added', output_index: 0, item: message('in_progress') },
        { type: 'response.content_part.added', ...at(0, { part: { type: 'refusal', refusal: '' } }) },
        { type: 'response.refusal.delta', ...at(0, { delta: 'Not' }) },
        { type: 'response.refusal.delta', ...at(0, { delta: ' there.' }) },
        { type: 'response.refusal.done', ...at(0, { refusal: 'Not there.' }) },
        last(),
      ),
      growing: {
        before: numbered(...begin),
        piece: (delta) => ({ type: 'response.refusal.delta', sequence_number: 9, ...at(0, { delta }) }),
        after: numbered(last()),
      },
    },
    {
      name: 'reasoning and a call',
      claim: chat,
      events: numbered(
        ...begin,
        { type: 'response.output_item.added', output_index: 0, item: thought() },
        {
          type: 'response.reasoning_summary_part.added',
          item_id: THOUGHT,
          output_index: 0,
          summary_index: 0,
          part: { type: 'summary_text', text: '' },
        },
        ...['Is it', ' there?'].map((delta) => ({
          type: 'response.reasoning_summary_text.delta',
          item_id: THOUGHT,
          output_index: 0,
          summary_index: 0,
          delta,
        })),
        {
          type: 'response.reasoning_summary_text.done',
          item_id: THOUGHT,
          output_index: 0,
          summary_index: 0,
          text: 'Is it there?',
        },
        {
          type: 'response.reasoning_summary_part.done',
          item_id: THOUGHT,
          output_index: 0,
          summary_index: 0,
          part: { type: 'summary_text', text: 'Is it there?' },
        },
        { type: 'response.output_item.done', output_index: 0, item: thought('Is it there?') },
        { type: 'response.output_item.added', output_index: 1, item: call('in_progress', '') },
        ...['{"city":', '"Paris",', '"unit":"celsius"}'].map((delta) => ({
          type: 'response.function_call_arguments.delta',
          item_id: CALL,
          output_index: 1,
          delta,
        })),
        {
          type: 'response.function_call_arguments.done',
          item_id: CALL,
          output_index: 1,
          name: 'get_weather',
          arguments: weather,
        },
        { type: 'response.output_item.done', output_index: 1, item: call('completed', weather) },
        {
          type: 'response.completed',
          response: response('completed', [thought('Is it there?'), call('completed', weather)]),
        },
      ),
    },
    {
      name: 'tools of the provider, and what is not known yet',
      claim: chat,
      events: numbered(
        ...begin,
        {
          type: 'response.output_item.added',
          output_index: 0,
          item: { id: `ws_${hex('2')}`, type: 'web_search_call', status: 'in_progress' },
        },
        { type: 'response.web_search_call.searching', output_index: 0, item_id: `ws_${hex('2')}` },
        {
          type: 'response.x_new_text.delta',
          output_index: 1,
          item_id: `x_${hex('6')}`,
          delta: 'over there',
        },
        { type: 'response.x_new_event', note: 'kept', deep: [{ text: 'there' }] },
        {
          type: 'response.failed',
          response: response('failed', [], { error: { code: 'server_error', message: 'No' } }),
        },
      ),
      growing: {
        before: numbered(...begin),
        piece: (delta) => ({
          type: 'response.x_new_text.delta',
          sequence_number: 9,
          output_index: 1,
          item_id: `x_${hex('6')}`,
          delta,
        }),
        after: numbered(last()),
      },
    },
    {
      name: 'an error',
      claim: chat,
      events: numbered(...begin, { type: 'error', code: 'server_error', message: 'Not there', param: null }),
    },
  ],
};
