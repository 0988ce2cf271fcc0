// A value in two parts, over the texts of a prompt and over those of an answer, whole and streamed, in both providers' shapes; and
// a known value in the first letters of lines.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../testing/harness.ts';
import { type Replaying, startReplaying } from '../testing/replaying.ts';

const TOKEN = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const KNOWN = 'mauve-Kestrel-41-orchard';
const VALUES = [TOKEN, KNOWN].map((value) => [value.slice(0, 11), value.slice(11)] as const);

let harness: Harness;
let upstream: Replaying;
let directory: string;

beforeAll(async () => {
  upstream = await startReplaying();
  directory = mkdtempSync(path.join(tmpdir(), 'sluice-split-'));
  writeFileSync(path.join(directory, 'known'), `${KNOWN}\n`);
  harness = await startHarness({
    connections: `  oa: { protocol: openai, upstream: "${upstream.url}", credential: file:credential }
  an: { protocol: anthropic, upstream: "${upstream.url}", credential: file:credential }`,
    policies: `  standard:
    prompt: [{ find: [secret, canary], do: mask }]
    response: [{ find: [secret, canary], do: mask }]`,
    configure: (yaml) => `${yaml}\nvalues: { known: file:known }\n`,
    directory,
  });
});
afterAll(async () => {
  await harness.close();
  await upstream.close();
  rmSync(directory, { recursive: true, force: true });
});

const TARGETS = {
  openai: { url: '/oa/v1/chat/completions', more: {} },
  anthropic: { url: '/an/v1/messages', more: { max_tokens: 100 } },
} as const;
type Target = keyof typeof TARGETS;

async function call(
  target: Target,
  body: object,
): Promise<{ status: number; text: string; session: string }> {
  const { url, more } = TARGETS[target];
  const response = await fetch(`${harness.gateway.dataUrl}${url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${harness.key}` },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Say it.' }], ...more, ...body }),
  });
  return {
    status: response.status,
    text: await response.text(),
    session: response.headers.get('x-sluice-session')!,
  };
}

const completion = (message: object) =>
  JSON.stringify({
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason: 'stop' }],
  });
const tools = (parts: readonly string[]) =>
  parts.map((part, index) => ({
    id: `t${index}`,
    index,
    type: 'function',
    function: { name: 'put', arguments: `{"part":"${part}"}` },
  }));
const message = (content: readonly object[]) =>
  JSON.stringify({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content,
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  });
const openaiStream = (deltas: readonly object[]) =>
  `${[
    ...deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] })),
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ]
    .map(
      (rest) =>
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...rest })}\n\n`,
    )
    .join('')}data: [DONE]\n\n`;
const anthropicStream = (texts: readonly string[]) =>
  [
    { type: 'message_start', message: JSON.parse(message([])) },
    ...texts.flatMap((text, index) => [
      { type: 'content_block_start', index, content_block: { type: 'text', text: '' } },
      ...text.match(/.{1,3}/g)!.map((piece) => ({
        type: 'content_block_delta',
        index,
        delta: { type: 'text_delta', text: piece },
      })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');

describe.each(VALUES)('%s…', (first, last) => {
  const texts = [`Take ${first}`, `${last} as it is.`];
  const blocks = texts.map((text) => ({ type: 'text', text }));
  const hidden = (text: string): void => {
    expect(text).not.toContain(first);
    expect(text).not.toContain(last);
  };

  it.each<[Target, string, object]>([
    ['openai', 'two parts of a message', { messages: [{ role: 'user', content: blocks }] }],
    ['openai', 'two messages', { messages: texts.map((content) => ({ role: 'user', content })) }],
    [
      'openai',
      'the arguments of two calls',
      { messages: [{ role: 'assistant', content: null, tool_calls: tools([first, last]) }] },
    ],
    ['anthropic', 'two blocks', { messages: [{ role: 'user', content: blocks }] }],
    [
      'anthropic',
      'the system prompt and a message',
      { system: texts[0], messages: [{ role: 'user', content: texts[1] }] },
    ],
  ])('is masked on its way to %s, in %s', async (target, _where, body) => {
    upstream.answer({
      bytes: Buffer.from(
        target === 'openai' ? completion({ content: 'Yes.' }) : message([{ type: 'text', text: 'Yes.' }]),
      ),
    });
    expect((await call(target, body)).status).toBe(200);
    hidden(upstream.asked!.body.toString());
    expect(upstream.asked!.body.toString().match(/\[REDACTED:/g)).toHaveLength(2);
  });

  it('is masked in a conversation of which the first part was sent before', async () => {
    upstream.answer({ bytes: Buffer.from(completion({ content: 'Yes.' })) });
    const before = ['a', 'b', 'c', 'd', texts[0]!].map((content) => ({ role: 'user', content }));
    await call('openai', { messages: before });
    for (let again = 0; again < 2; again += 1) {
      await call('openai', { messages: [...before, { role: 'user', content: texts[1] }] });
      hidden(upstream.asked!.body.toString());
    }
  });

  it.each<[Target, string, string]>([
    ['openai', 'reasoning and content', completion({ reasoning_content: texts[0], content: texts[1] })],
    ['openai', 'the arguments of two calls', completion({ tool_calls: tools([first, last]) })],
    ['anthropic', 'two blocks', message(blocks)],
  ])('is masked in a whole answer of %s, in %s', async (target, _where, body) => {
    upstream.answer({ bytes: Buffer.from(body) });
    const { status, text } = await call(target, {});
    expect(status).toBe(200);
    hidden(text);
    expect(text.match(/\[REDACTED:/g)).toHaveLength(2);
  });

  it.each<[Target, string, string]>([
    [
      'openai',
      'reasoning and content',
      openaiStream([
        ...[...texts[0]!].map((reasoning_content) => ({ reasoning_content })),
        ...[...texts[1]!].map((content) => ({ content })),
      ]),
    ],
    [
      'openai',
      'the arguments of two calls',
      openaiStream(tools([first, last]).map((tool) => ({ tool_calls: [tool] }))),
    ],
    ['anthropic', 'two blocks', anthropicStream(texts)],
  ])('cuts a stream of %s before its last part goes out, in %s', async (target, _where, body) => {
    upstream.answer({ bytes: Buffer.from(body) });
    const { text, session } = await call(target, { stream: true });
    expect(text).toContain('response_blocked');
    const pieces = [...text.matchAll(/"(?:content|text|arguments)":"((?:[^"\\]|\\.)*)"/g)].map(
      ([, piece]) => piece,
    );
    expect(pieces.join('')).not.toContain(last.slice(0, 2));
    const { body: record } = await harness.admin('GET', `/sessions/${session}`);
    expect(JSON.stringify(record)).toContain('"late":true');
  });
});

describe('a known value in the first letters of lines', () => {
  const lines = [...KNOWN].filter((unit) => /[a-z]/i.test(unit)).map((letter) => `${letter}xyz is a word`);
  const text = `Here is a poem.\n${lines.join('\n')}\nThat is all.`;
  const masked = 'Here is a poem.\n[REDACTED:canary.known]xyz is a word\nThat is all.';

  it('is masked in a prompt and in a whole answer', async () => {
    upstream.answer({ bytes: Buffer.from(completion({ content: text })) });
    const answer = await call('openai', { messages: [{ role: 'user', content: text }] });
    expect(JSON.parse(upstream.asked!.body.toString()).messages[0].content).toBe(masked);
    expect(JSON.parse(answer.text).choices[0].message.content).toBe(masked);
  });

  it('cuts a stream before an eighth letter goes out', async () => {
    upstream.answer({ bytes: Buffer.from(openaiStream([...text].map((content) => ({ content })))) });
    const { text: got, session } = await call('openai', { stream: true });
    expect(got).toContain('response_blocked');
    const pieces = [...got.matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)].map(([, piece]) =>
      JSON.parse(`"${piece}"`),
    );
    expect(text.startsWith(pieces.join(''))).toBe(true);
    expect(
      pieces
        .join('')
        .split('\n')
        .filter((line) => line.includes('xyz')).length,
    ).toBeLessThan(8);
    const { body: record } = await harness.admin('GET', `/sessions/${session}`);
    expect(JSON.stringify(record)).toContain('"late":true');
  });
});
