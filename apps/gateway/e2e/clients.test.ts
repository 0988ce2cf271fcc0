// The official clients, unmodified, with only the base URL and the key changed: chat, streaming helpers, tool runners,
// structured output, errors, retries and abort.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Harness, startHarness } from '../testing/harness.ts';

const EMAIL = ['ada.lovelace', 'example.org'].join('@');
const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const PROSE = 'The keeper walks the bank each morning before the mill begins its day.';

/** A tool that keeps what it was asked. */
function told(asked: unknown[], input: unknown): string {
  asked.push(input);
  return 'sunny';
}

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
  harness.leaky.script('leak', { text: `Write to ${EMAIL} or use ${AWS} now.` });
});
afterAll(() => harness.close());

describe('the openai package', () => {
  const client = () => new OpenAI({ baseURL: harness.openai, apiKey: harness.key, maxRetries: 0 });
  const user = (content: string) => [{ role: 'user' as const, content }];

  it('chats', async () => {
    const answer = await client().chat.completions.create({
      model: 'leaky-1',
      messages: user(`echo: ${PROSE}`),
    });
    expect(answer.choices[0]?.message.content).toBe(PROSE);
    expect(answer.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('streams, and what is masked is masked', async () => {
    const stream = await client().chat.completions.create({
      model: 'leaky-1',
      stream: true,
      stream_options: { include_usage: true },
      messages: user('scripted: leak'),
    });
    let text = '';
    let usage = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage += chunk.usage?.completion_tokens ?? 0;
    }
    expect(text).not.toContain('lovelace');
    expect(text).toContain('[REDACTED:secret.aws-access-key-id] now.');
    expect(usage).toBeGreaterThan(0);
  });

  it('streams with the helper', async () => {
    const runner = client().chat.completions.stream({ model: 'leaky-1', messages: user(`echo: ${PROSE}`) });
    expect(await runner.finalContent()).toBe(PROSE);
  });

  it('runs tools', async () => {
    harness.leaky.script('weather', {
      text: '',
      tools: [{ name: 'weather', arguments: '{"city":"Paris"}' }],
    });
    const asked: unknown[] = [];
    const runner = client().chat.completions.runTools(
      {
        model: 'leaky-1',
        messages: user('scripted: weather'),
        tools: [
          {
            type: 'function',
            function: {
              name: 'weather',
              description: 'The weather',
              parameters: { type: 'object', properties: { city: { type: 'string' } } },
              parse: JSON.parse,
              function: (input: { city: string }) => told(asked, input),
            },
          },
        ],
      },
      { maxChatCompletions: 2 },
    );
    await runner.done().catch(() => undefined);
    expect(asked[0]).toEqual({ city: 'Paris' });
  });

  it('parses structured output', async () => {
    const answer = await client().chat.completions.parse({
      model: 'leaky-1',
      messages: user('anything'),
      response_format: zodResponseFormat(z.object({ name: z.string() }), 'thing'),
    });
    expect(typeof answer.choices[0]?.message.parsed?.name).toBe('string');
  });

  it('completes, embeds and lists models', async () => {
    const completion = await client().completions.create({ model: 'leaky-1', prompt: `echo: ${PROSE}` });
    expect(completion.choices[0]?.text).toContain('keeper');
    const embedding = await client().embeddings.create({ model: 'leaky-embed', input: 'water' });
    expect(embedding.data[0]?.embedding.length).toBeGreaterThan(0);
    const names: string[] = [];
    for await (const model of client().models.list()) names.push(model.id);
    expect(names.length).toBeGreaterThan(0);
  });

  describe('with responses', () => {
    const ask = (input: string) => ({ model: 'leaky-1', input });

    it('answers', async () => {
      const answer = await client().responses.create(ask(`echo: ${PROSE}`));
      expect(answer.output_text).toBe(PROSE);
      expect(answer.usage?.total_tokens).toBeGreaterThan(0);
    });

    it('streams, and what is masked is masked in every event that repeats it', async () => {
      const stream = await client().responses.create({ ...ask('scripted: leak'), stream: true });
      let [text, all, whole] = ['', '', ''];
      for await (const event of stream) {
        all += JSON.stringify(event);
        if (event.type === 'response.output_text.delta') text += event.delta;
        if (event.type === 'response.completed')
          whole = event.response.output
            .flatMap((item) => (item.type === 'message' ? item.content : []))
            .map((part) => (part.type === 'output_text' ? part.text : ''))
            .join('');
      }
      expect(text).toContain('[REDACTED:secret.aws-access-key-id] now.');
      expect(whole).toBe(text);
      expect(all).not.toMatch(/lovelace|Z7QHN4/);
      const { body } = await harness.admin('GET', '/sessions?limit=1');
      expect(body.sessions[0].findings['secret.aws-access-key-id']).toBe(1);
    });

    it('streams with the helper, reasons and calls tools', async () => {
      harness.leaky.script('thoughts', { reasoning: `It was ${AWS}.`, text: PROSE });
      const runner = client().responses.stream(ask('scripted: thoughts'));
      const final = await runner.finalResponse();
      expect(final.output_text).toBe(PROSE);
      expect(JSON.stringify(final)).toContain('It was [REDACTED:secret.aws-access-key-id].');
      harness.leaky.script('call', { text: '', tools: [{ name: 'weather', arguments: '{"city":"Paris"}' }] });
      const called = await client().responses.create({
        ...ask('scripted: call'),
        tools: [{ type: 'function', name: 'weather', parameters: { type: 'object' }, strict: false }],
      });
      expect(called.output[0]).toMatchObject({ type: 'function_call', arguments: '{"city":"Paris"}' });
    });

    it('parses structured output', async () => {
      const answer = await client().responses.parse({
        ...ask('anything'),
        text: { format: zodTextFormat(z.object({ name: z.string() }), 'thing') },
      });
      expect(typeof answer.output_parsed?.name).toBe('string');
    });

    it('may not name what the provider keeps, which may be another caller’s', async () => {
      await expect(
        client().responses.create({ ...ask('go on'), previous_response_id: 'resp_1' }),
      ).rejects.toMatchObject({ status: 403, code: 'prompt_blocked' });
      await expect(client().responses.retrieve('resp_1')).rejects.toMatchObject({
        code: 'unsupported_operation',
      });
    });
  });

  it.each([
    [
      'a wrong key',
      OpenAI.AuthenticationError,
      'unauthenticated',
      () => new OpenAI({ baseURL: harness.openai, apiKey: 'slc_wrong', maxRetries: 0 }).models.list(),
    ],
    [
      'a blocked prompt',
      OpenAI.PermissionDeniedError,
      'prompt_blocked',
      () => client().chat.completions.create({ model: 'leaky-1', messages: user(AWS) }),
    ],
    [
      'a blocked prompt of a response',
      OpenAI.PermissionDeniedError,
      'prompt_blocked',
      () => client().responses.create({ model: 'leaky-1', input: AWS }),
    ],
    [
      'an operation that cannot be inspected',
      OpenAI.NotFoundError,
      'unsupported_operation',
      () => client().images.generate({ prompt: 'a river' }),
    ],
  ])('raises its own error for %s', async (_what, kind, code, call) => {
    const error = await Promise.resolve(call()).then(
      () => undefined,
      (raised: unknown) => raised,
    );
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ code });
  });

  it('passes a provider error on as the provider shaped it', async () => {
    await expect(
      client().chat.completions.create({ model: 'leaky-1', messages: user('error: 429 slow down') }),
    ).rejects.toBeInstanceOf(OpenAI.RateLimitError);
  });

  it('retries what is worth it', async () => {
    const before = harness.leaky.received.length;
    const twice = new OpenAI({ baseURL: harness.openai, apiKey: harness.key, maxRetries: 1 });
    await expect(
      twice.chat.completions.create({ model: 'leaky-1', messages: user('error: 500 oops') }),
    ).rejects.toBeInstanceOf(OpenAI.InternalServerError);
    expect(harness.leaky.received.length - before).toBe(2);
  });

  it('aborts, and the model server is told', async () => {
    const stream = await client().chat.completions.create({
      model: 'leaky-1',
      stream: true,
      messages: user('pace: 20\nprose: 400'),
    });
    for await (const chunk of stream) {
      if ((chunk.choices[0]?.delta.content ?? '') !== '') stream.controller.abort();
    }
    await expect.poll(() => harness.leaky.received.at(-1)?.state).toBe('left');
    await expect
      .poll(async () => (await harness.admin('GET', '/sessions?limit=1')).body.sessions[0].end?.outcome)
      .toBe('caller_left');
  });
});

describe('the @anthropic-ai/sdk package', () => {
  const client = () => new Anthropic({ baseURL: harness.anthropic, apiKey: harness.key, maxRetries: 0 });
  const ask = (content: string) => ({
    model: 'leaky-1',
    max_tokens: 500,
    messages: [{ role: 'user' as const, content }],
  });

  it('chats, with the credential in either place', async () => {
    const answer = await client().messages.create(ask(`echo: ${PROSE}`));
    expect(answer.content[0]).toMatchObject({ type: 'text', text: PROSE });
    const bearer = new Anthropic({
      baseURL: harness.anthropic,
      apiKey: null,
      authToken: harness.key,
      maxRetries: 0,
    });
    expect((await bearer.messages.create(ask('echo: x'))).content[0]).toMatchObject({ text: 'x' });
  });

  it('streams with the helper, and what is masked is masked', async () => {
    const final = await client().messages.stream(ask('scripted: leak')).finalText();
    expect(final).not.toContain('lovelace');
    expect(final).toContain('[REDACTED:secret.aws-access-key-id] now.');
  });

  it('runs tools', async () => {
    harness.leaky.script('weather', {
      text: '',
      tools: [{ name: 'weather', arguments: '{"city":"Paris"}' }],
    });
    const asked: unknown[] = [];
    const weather = betaTool({
      name: 'weather',
      description: 'The weather',
      inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      run: (input) => told(asked, input),
    });
    await client()
      .beta.messages.toolRunner({ ...ask('scripted: weather'), tools: [weather], max_iterations: 1 })
      .runUntilDone();
    expect(asked[0]).toEqual({ city: 'Paris' });
  });

  it('counts tokens and lists models', async () => {
    expect(
      (
        await client().messages.countTokens({
          model: 'leaky-1',
          messages: [{ role: 'user', content: 'water' }],
        })
      ).input_tokens,
    ).toBeGreaterThan(0);
    expect((await client().models.list()).data.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'a wrong key',
      Anthropic.AuthenticationError,
      'unauthenticated',
      () =>
        new Anthropic({ baseURL: harness.anthropic, apiKey: 'slc_wrong', maxRetries: 0 }).messages.create(
          ask('x'),
        ),
    ],
    [
      'a blocked prompt',
      Anthropic.PermissionDeniedError,
      'prompt_blocked',
      () => client().messages.create(ask(AWS)),
    ],
  ])('raises its own error for %s', async (_what, kind, code, call) => {
    const error = await Promise.resolve(call()).then(
      () => undefined,
      (raised: unknown) => raised,
    );
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toContain(code);
  });

  it('aborts', async () => {
    const stream = client().messages.stream(ask('pace: 20\nprose: 400'));
    stream.on('text', () => stream.abort());
    await expect(stream.done()).rejects.toThrow();
    await expect.poll(() => harness.leaky.received.at(-1)?.state).toBe('left');
  });
});

describe('the ai package', () => {
  const provider = () => createOpenAI({ baseURL: harness.openai, apiKey: harness.key });
  const openai = () => provider().chat('leaky-1');
  // What the package speaks when nobody says otherwise.
  const responses = () => provider()('leaky-1');
  const anthropic = () =>
    createAnthropic({ baseURL: `${harness.anthropic}/v1`, apiKey: harness.key })('leaky-1');

  it.each([
    ['OpenAI', responses],
    ['OpenAI’s chat completions', openai],
    ['Anthropic', anthropic],
  ])('generates and streams text through %s', async (_name, model) => {
    expect((await generateText({ model: model(), prompt: `echo: ${PROSE}` })).text).toBe(PROSE);
    const streamed = streamText({ model: model(), prompt: 'scripted: leak' });
    const text = await streamed.text;
    expect(text).toContain('[REDACTED:secret.aws-access-key-id]');
    expect(text).not.toContain('lovelace');
  });

  it.each([
    ['OpenAI', responses],
    ['OpenAI’s chat completions', openai],
    ['Anthropic', anthropic],
  ])('generates objects and calls tools through %s', async (_name, model) => {
    const { object } = await generateObject({
      model: model(),
      schema: z.object({ name: z.string() }),
      prompt: 'anything',
    });
    expect(typeof object.name).toBe('string');
    const asked: unknown[] = [];
    await generateText({
      model: model(),
      prompt: 'scripted: weather',
      stopWhen: stepCountIs(1),
      tools: {
        weather: tool({
          description: 'The weather',
          inputSchema: jsonSchema<{ city: string }>({
            type: 'object',
            properties: { city: { type: 'string' } },
          }),
          execute: async (input) => told(asked, input),
        }),
      },
    });
    expect(asked).toEqual([{ city: 'Paris' }]);
  });
});
