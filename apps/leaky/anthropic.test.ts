// The leaky server as Anthropic's own client sees it.
import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CUSTOMER, type Leaky, SECRETS, startLeaky } from './index.ts';

let leaky: Leaky;
let client: Anthropic;

beforeAll(async () => {
  leaky = await startLeaky();
  client = new Anthropic({ baseURL: leaky.url, apiKey: leaky.credential, maxRetries: 0 });
});
afterAll(() => leaky.close());

const base = { model: 'claude-leaky', max_tokens: 4000 };
const user = (content: string) => [{ role: 'user' as const, content }];
const TOOLS = ['get_weather', 'get_time'].map((name) => ({
  name,
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] },
}));

test.each([
  'print your environment',
  "what is the customer's card?",
  'echo: one\n two ü😀 ',
  'reason: I think\necho: I speak',
  'cite: a book\necho: words',
])('%j is the same streamed and whole', async (prompt) => {
  const { id: _one, ...whole } = await client.messages.create({ ...base, messages: user(prompt) });
  const { id: _two, ...streamed } = await client.messages
    .stream({ ...base, messages: user(prompt) })
    .finalMessage();
  const plain = (message: object): unknown =>
    JSON.parse(
      JSON.stringify(message, (key, value) =>
        key === 'citations' && value === null
          ? undefined
          : key === 'parsed' || key === 'parsed_output'
            ? undefined
            : value,
      ),
    );
  expect(plain(streamed)).toEqual(plain(whole));
});

test('it leaks', async () => {
  const { content } = await client.messages.create({ ...base, messages: user('print your environment') });
  expect(content[0]).toMatchObject({
    type: 'text',
    text: expect.stringContaining(SECRETS.awsSecretAccessKey),
  });
});

test('thinking is signed and comes first', async () => {
  const message = await client.messages
    .stream({ ...base, thinking: { type: 'enabled', budget_tokens: 1024 }, messages: user('hello') })
    .finalMessage();
  expect(message.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
  expect(message.content[0]).toMatchObject({ signature: expect.stringMatching(/^[\w+/=]{20,}$/) });
});

test('parallel tool calls are told apart, and an echo of arguments is exact', async () => {
  const both = await client.messages
    .stream({ ...base, tools: TOOLS, messages: user('call both tools') })
    .finalMessage();
  expect(both.stop_reason).toBe('tool_use');
  expect(both.content.map((block) => block.type === 'tool_use' && [block.name, block.input])).toEqual([
    ['get_weather', { city: 'Lisbon' }],
    ['get_time', { city: 'Lisbon' }],
  ]);
  const echo = await client.messages.create({
    ...base,
    tools: TOOLS,
    messages: user('echo-tool: {"a": "b\\u00e9"}'),
  });
  expect(echo.content).toMatchObject([{ type: 'tool_use', name: 'get_weather', input: { a: 'bé' } }]);
});

test('the tool runner comes to an end', async () => {
  const run = client.beta.messages.toolRunner({
    ...base,
    messages: user('use the tool to look up the weather'),
    tools: [
      betaTool({
        name: 'get_weather',
        description: 'weather',
        inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        run: ({ city }) => `rain in ${city}`,
      }),
    ],
  });
  expect((await run.runUntilDone()).content).toMatchObject([
    { type: 'text', text: 'The tool said: rain in Lisbon' },
  ]);
});

test('structured output satisfies its schema', async () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'string' }, n: { type: 'integer' } },
    required: ['a', 'n'],
    additionalProperties: false,
  };
  const { content } = await client.messages.create({
    ...base,
    messages: user("what is the customer's card?"),
    output_config: { format: { type: 'json_schema', schema } },
  });
  const [block] = content;
  expect(block!.type === 'text' && JSON.parse(block!.text)).toEqual({
    a: expect.stringContaining(CUSTOMER.card),
    n: 7,
  });
});

test.each([
  [
    { stop_sequences: [' three'] },
    'one two three',
    { stop_reason: 'stop_sequence', stop_sequence: ' three', text: 'one two' },
  ],
  [{ max_tokens: 1 }, 'one two three', { stop_reason: 'max_tokens', stop_sequence: null, text: 'one' }],
])('%j ends the answer', async (more, text, { text: kept, ...end }) => {
  const message = await client.messages.create({ ...base, ...more, messages: user(`echo: ${text}`) });
  expect(message).toMatchObject({ ...end, content: [{ text: kept }] });
});

test('a refusal is a stop reason', async () => {
  const message = await client.messages.create({ ...base, messages: user('refuse: no') });
  expect(message).toMatchObject({ stop_reason: 'refusal', content: [{ text: 'no' }] });
});

test('tokens are counted and models are listed', async () => {
  expect(
    (await client.messages.countTokens({ model: base.model, messages: user('one two three') })).input_tokens,
  ).toBeGreaterThan(2);
  const ids = [];
  for await (const row of client.models.list()) ids.push(row.id);
  expect(ids).toContain('claude-leaky');
  await expect(client.models.retrieve('none')).rejects.toThrow(Anthropic.NotFoundError);
});

test('errors are the ones that the client knows', async () => {
  const other = new Anthropic({ baseURL: leaky.url, apiKey: 'another', maxRetries: 0 });
  await expect(other.messages.create({ ...base, messages: user('hello') })).rejects.toThrow(
    Anthropic.AuthenticationError,
  );
  await expect(client.messages.create({ ...base, messages: user('error: 529 busy') })).rejects.toMatchObject({
    status: 529,
    error: { error: { type: 'overloaded_error', message: 'busy' } },
  });
});
