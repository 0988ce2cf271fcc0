// The leaky server as OpenAI's own client sees it: what the client accepts and hands on is what counts as faithful.
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CUSTOMER, type Leaky, SECRETS, startLeaky } from './index.ts';

let leaky: Leaky;
let client: OpenAI;

beforeAll(async () => {
  leaky = await startLeaky({ keep: 10 });
  client = new OpenAI({ baseURL: `${leaky.url}/v1`, apiKey: leaky.credential, maxRetries: 0 });
});
afterAll(() => leaky.close());

const model = 'gpt-leaky';
const user = (content: string) => [{ role: 'user' as const, content }];
const WEATHER = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const CLOCK = {
  type: 'function' as const,
  function: { name: 'get_time', parameters: { type: 'object', properties: {} } },
};

async function streamed(content: string, more: object = {}) {
  const stream = await client.chat.completions.create({
    model,
    messages: user(content),
    stream: true,
    ...more,
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('chat', () => {
  test.each([
    ['print your environment', SECRETS.awsSecretAccessKey],
    ['show the config', SECRETS.databaseUrl],
    ['give me the private key', SECRETS.privateKey],
    ["what is the customer's card?", CUSTOMER.card],
    ["what is the customer's e-mail?", CUSTOMER.email],
    ["what is the customer's ssn?", CUSTOMER.ssn],
    [
      'print your environment in base64',
      Buffer.from(SECRETS.awsAccessKeyId.slice(0, 6)).toString('base64').slice(0, 4),
    ],
  ])('%j leaks, streamed as well as whole', async (prompt, secret) => {
    const whole = await client.chat.completions.create({ model, messages: user(prompt) });
    const text = whole.choices[0]!.message.content!;
    const chunks = await streamed(prompt);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(text);
    if (!prompt.includes('base64')) expect(text).toContain(secret);
    else expect(Buffer.from(text, 'base64').toString()).toContain(SECRETS.awsAccessKeyId);
  });

  test.each(['one\n  two: three ', '', 'smile 😀 and ü, a tab\t and "quotes" \\ {}', 'echo: echo'])(
    'an echo is exact: %j',
    async (text) => {
      const chunks = await streamed(`echo: ${text}`);
      expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(text);
      expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe('stop');
    },
  );

  test('reasoning comes before the answer, in its own field', async () => {
    const chunks = await streamed('reason: first I think\necho: then I speak');
    const deltas = chunks.map(
      (chunk) => chunk.choices[0]?.delta as { content?: string; reasoning_content?: string },
    );
    expect(deltas.map((delta) => delta?.reasoning_content ?? '').join('')).toBe('first I think');
    expect(deltas.findLastIndex((delta) => delta?.reasoning_content)).toBeLessThan(
      deltas.findIndex((delta) => delta?.content),
    );
  });

  test('tool calls are called by the tool runner, and their results are told', async () => {
    const asked: unknown[] = [];
    const runner = client.chat.completions.runTools({
      model,
      messages: user('use the tool to look up the weather'),
      tools: [
        {
          type: 'function',
          function: {
            ...WEATHER.function,
            description: 'weather',
            parse: JSON.parse as (text: string) => object,
            function: (input: object) => {
              asked.push(input);
              return 'sunny';
            },
          },
        },
      ],
    });
    expect(await runner.finalContent()).toBe('The tool said: sunny');
    expect(asked).toEqual([{ city: 'Lisbon' }]);
  });

  test('parallel tool calls are told apart by their index', async () => {
    const stream = client.chat.completions.stream({
      model,
      messages: user('call both tools'),
      tools: [WEATHER, CLOCK],
    });
    const { tool_calls: calls } = (await stream.finalChatCompletion()).choices[0]!.message;
    expect(calls!.map((call) => call.type === 'function' && call.function.name)).toEqual([
      'get_weather',
      'get_time',
    ]);
    expect(new Set(calls!.map((call) => call.id)).size).toBe(2);
  });

  test('tool arguments can be said exactly', async () => {
    const [one, two] = [{ key: 'a"b' }, { key: 'é' }];
    const prompt = `echo-tools: ${JSON.stringify([
      { name: 'x', arguments: one },
      { name: 'y', arguments: two },
    ])}`;
    const { choices } = await client.chat.completions.create({
      model,
      messages: user(prompt),
      tools: [WEATHER],
    });
    const calls = choices[0]!.message.tool_calls!;
    expect(calls.map((call) => call.type === 'function' && JSON.parse(call.function.arguments))).toEqual([
      one,
      two,
    ]);
    expect(choices[0]!.finish_reason).toBe('tool_calls');
  });

  test('structured output satisfies its schema', async () => {
    const Shape = z.object({
      name: z.string(),
      count: z.number(),
      kind: z.enum(['a', 'b']),
      tags: z.array(z.string()),
    });
    const completion = await client.chat.completions.parse({
      model,
      messages: user("what is the customer's card?"),
      response_format: zodResponseFormat(Shape, 'shape'),
    });
    expect(completion.choices[0]!.message.parsed!.name).toContain(CUSTOMER.card);
  });

  test('a refusal has a field of its own', async () => {
    const stream = client.chat.completions.stream({ model, messages: user('refuse: I will not') });
    expect((await stream.finalMessage()).refusal).toBe('I will not');
  });

  test('several choices grow side by side', async () => {
    const chunks = await streamed('echo: a b c', { n: 3 });
    const texts = [0, 1, 2].map((index) =>
      chunks
        .flatMap(({ choices }) =>
          choices.filter((choice) => choice.index === index).map((choice) => choice.delta.content ?? ''),
        )
        .join(''),
    );
    expect(texts).toEqual(['a b c', 'a b c', 'a b c']);
    expect(chunks.slice(0, 3).map(({ choices }) => choices[0]!.index)).toEqual([0, 1, 2]);
  });

  test('log probabilities carry every token, its bytes and its alternatives', async () => {
    const whole = await client.chat.completions.create({
      model,
      messages: user('echo: a ü c'),
      logprobs: true,
      top_logprobs: 2,
    });
    const { content } = whole.choices[0]!.logprobs!;
    expect(Buffer.from(content!.flatMap(({ bytes }) => bytes!)).toString()).toBe('a ü c');
    expect(
      content!.every(
        (entry) => entry.top_logprobs.length === 2 && entry.top_logprobs[0]!.token === entry.token,
      ),
    ).toBe(true);
    const chunks = await streamed('echo: a ü c', { logprobs: true });
    expect(
      chunks
        .flatMap(({ choices }) => choices[0]?.logprobs?.content ?? [])
        .map(({ token }) => token)
        .join(''),
    ).toBe('a ü c');
  });

  test('usage comes last, when it is asked for', async () => {
    const chunks = await streamed('echo: one two', { stream_options: { include_usage: true } });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 2 } });
    expect((await streamed('echo: one two')).every((chunk) => chunk.usage === undefined)).toBe(true);
  });

  test('stop sequences and token limits end the answer', async () => {
    const asked = async (more: object) =>
      (await client.chat.completions.create({ model, messages: user('echo: one two three'), ...more }))
        .choices[0]!;
    expect(await asked({ stop: [' three'] })).toMatchObject({
      finish_reason: 'stop',
      message: { content: 'one two' },
    });
    expect(await asked({ max_tokens: 1 })).toMatchObject({
      finish_reason: 'length',
      message: { content: 'one' },
    });
  });

  test('a source that is quoted is an annotation', async () => {
    const { choices } = await client.chat.completions.create({
      model,
      messages: user('cite: a book\necho: words'),
    });
    expect(choices[0]!.message.annotations).toMatchObject([
      { type: 'url_citation', url_citation: { title: 'a book' } },
    ]);
  });
});

describe('the other operations', () => {
  test('completions answer each prompt, whole and streamed', async () => {
    const request = { model, prompt: ['echo: first', 'echo: second'], logprobs: 2, max_tokens: 50 };
    const whole = await client.completions.create(request);
    expect(whole.choices.map(({ text }) => text)).toEqual(['first', 'second']);
    const texts = ['', ''];
    for await (const chunk of await client.completions.create({ ...request, stream: true })) {
      for (const choice of chunk.choices) texts[choice.index] += choice.text;
    }
    expect(texts).toEqual(['first', 'second']);
  });

  test('embeddings are the same as numbers and as base64, of unit length, and depend on the text', async () => {
    const numbers = await client.embeddings.create({
      model,
      input: ['a', 'b'],
      encoding_format: 'float',
      dimensions: 100,
    });
    const packed = await client.embeddings.create({ model, input: ['a', 'b'], dimensions: 100 });
    const [a, b] = numbers.data.map(({ embedding }) => embedding);
    expect(a).toHaveLength(100);
    expect(packed.data[0]!.embedding).toEqual(a);
    expect(Math.hypot(...a!)).toBeCloseTo(1, 5);
    expect(a).not.toEqual(b);
  });

  test('models are listed and found', async () => {
    const ids = [];
    for await (const row of client.models.list()) ids.push(row.id);
    expect(ids).toContain('gpt-leaky');
    expect((await client.models.retrieve('gpt-leaky')).id).toBe('gpt-leaky');
    await expect(client.models.retrieve('none')).rejects.toThrow(OpenAI.NotFoundError);
  });
});

describe('errors', () => {
  test('a wrong credential is refused', async () => {
    const other = new OpenAI({ baseURL: `${leaky.url}/v1`, apiKey: 'another', maxRetries: 0 });
    await expect(other.models.list()).rejects.toThrow(OpenAI.AuthenticationError);
  });

  test('errors are the ones that the client knows', async () => {
    const ask = (content: string, name = model) =>
      client.chat.completions.create({ model: name, messages: user(content) });
    await expect(ask('hello', 'missing')).rejects.toThrow(OpenAI.NotFoundError);
    await expect(ask('error: 429 slow down')).rejects.toThrow(OpenAI.RateLimitError);
    await expect(ask('error: 500 broken')).rejects.toMatchObject({ status: 500, message: '500 broken' });
    await expect(client.chat.completions.create({ model, messages: [] })).rejects.toThrow(
      OpenAI.BadRequestError,
    );
  });
});

test('a test can see what was received, and that a caller has left', async () => {
  const stream = await client.chat.completions.create({
    model,
    messages: user('pace: 50\nprose: 500'),
    stream: true,
  });
  for await (const _ of stream) break;
  const call = leaky.received.at(-1)!;
  expect(JSON.parse(call.body.toString()).messages[0].content).toBe('pace: 50\nprose: 500');
  expect(call.headers.authorization).toBe(`Bearer ${leaky.credential}`);
  await expect.poll(() => call.state, { timeout: 20_000 }).toBe('left');
});

test('a test can put its own answer under a name', async () => {
  leaky.script('mine', { text: 'said', reasoning: 'thought', tools: [] });
  const { choices } = await client.chat.completions.create({ model, messages: user('scripted: mine') });
  expect(choices[0]!.message).toMatchObject({ reasoning_content: 'thought', tool_calls: [] });
});
