// A conversation with thinking goes on after its thinking was masked: the model gets its own words back, the caller never does.
import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from '../testing/harness.ts';
import { type Replaying, startReplaying } from '../testing/replaying.ts';

const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const SIGNATURE = 'EqQBCgIYAhIkMTExMTH/+v8BAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f/w==';
const THINKING = `The key is ${AWS}, which I must not say.`;

let harness: Harness;
let upstream: Replaying;

beforeAll(async () => {
  upstream = await startReplaying();
  harness = await startHarness({
    connections: `  raw: { protocol: anthropic, upstream: "${upstream.url}", credential: file:credential }`,
  });
});
afterAll(async () => {
  await harness.close();
  await upstream.close();
});

const clientOf = (apiKey: string) =>
  new Anthropic({ baseURL: `${harness.gateway.dataUrl}/raw`, apiKey, maxRetries: 0 });
const first = { model: 'm', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Think.' }] };
const content = [
  { type: 'thinking', thinking: THINKING, signature: SIGNATURE },
  { type: 'text', text: 'Done.' },
];
const message = {
  id: 'msg_01Aa1Bb2Cc3Dd4',
  type: 'message',
  role: 'assistant',
  model: 'm',
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 9 },
};

function events(): Buffer {
  const list = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'thinking', thinking: '', signature: '' },
    },
    ...THINKING.match(/.{1,5}/g)!.map((thinking) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'thinking_delta', thinking },
    })),
    {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'signature_delta', signature: SIGNATURE },
    },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Done.' } },
    { type: 'content_block_stop', index: 1 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ];
  return Buffer.from(
    list.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
  );
}

const sentThinking = () => JSON.parse(upstream.asked!.body.toString()).messages[1].content;

it.each(['streamed', 'whole'])('%s', async (how) => {
  const client = clientOf(harness.key);
  upstream.answer({
    bytes: how === 'streamed' ? events() : Buffer.from(JSON.stringify({ ...message, content })),
  });
  const answer =
    how === 'streamed'
      ? await client.messages.stream(first).finalMessage()
      : await client.messages.create(first);
  expect(JSON.stringify(answer)).not.toContain(AWS.slice(0, 8));
  expect(answer.content[0]).toMatchObject({
    type: 'thinking',
    thinking: 'The key is [REDACTED:secret.aws-access-key-id], which I must not say.',
  });

  const second = {
    ...first,
    messages: [
      ...first.messages,
      { role: 'assistant' as const, content: answer.content },
      { role: 'user' as const, content: 'Go on.' },
    ],
  };
  upstream.answer({ bytes: Buffer.from(JSON.stringify({ ...message, content: [content[1]] })) });
  await client.messages.create(second);
  expect(sentThinking()).toMatchObject(content);
  // Who reads the record without `reveal` does not read what was masked, either time.
  const { body } = await harness.admin('GET', '/sessions?limit=1');
  const { body: replay } = await harness.admin('GET', `/sessions/${body.sessions[0].id}`);
  expect(JSON.stringify(replay)).not.toContain(AWS);

  const other = await harness.newKey({ name: 'other', groups: ['engineering'] });
  await clientOf(other).messages.create(second);
  expect(sentThinking()).toMatchObject([content[1]]);
});
