// The official clients read what the protocols write: edited streams, cut answers, errors before and in mid-stream. Only the
// network is left out: each client gets its bytes from a fetch that answers with them.
import Anthropic from '@anthropic-ai/sdk';
import type { ErrorCode, Refusal } from '@sluice/types';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { fixtures as anthropicFixtures } from './anthropic/fixtures.ts';
import { anthropic } from './anthropic/protocol.ts';
import { fixtures as openaiFixtures } from './openai-chat/fixtures.ts';
import { openaiChat as openai } from './openai-chat/protocol.ts';
import type { Claim, Protocol, ShapedRefusal, StreamEditor } from './protocol.ts';
import { identity } from './testing/identity.ts';

const chat: Claim = { operation: 'chat', body: true };
const refusal = (code: ErrorCode): Refusal => ({ code, session: 'ses_1', retryAfter: 1 });

/** A stream edited by an editor that holds text back; `last` ends it. */
function edited(protocol: Protocol, bytes: Buffer, last: (editor: StreamEditor) => void): Buffer {
  const parts: Buffer[] = [protocol.keepAlive];
  const editor = protocol.editStream(chat, identity(undefined, 4), { write: (piece) => parts.push(piece) });
  editor.push(bytes);
  last(editor);
  return Buffer.concat([...parts, editor.terminator]);
}

function answering(body: Buffer | ShapedRefusal): { fetch: typeof fetch; calls: () => number } {
  let calls = 0;
  const answer = async (): Promise<Response> => {
    calls++;
    if (Buffer.isBuffer(body))
      return new Response(new Uint8Array(body), { headers: { 'content-type': 'text/event-stream' } });
    return new Response(new Uint8Array(body.body), { status: body.status, headers: body.headers });
  };
  return { fetch: answer, calls: () => calls };
}

const named = <F extends { name: string; events: readonly unknown[] }>(list: readonly F[], name: string): F =>
  list.find((fixture) => fixture.name === name)!;
const bytesOf = (fixtures: typeof openaiFixtures, name: string, drop = 0): Buffer => {
  const { events } = named(fixtures.streams, name);
  return fixtures.write(events.slice(0, events.length - drop));
};

describe('openai', () => {
  const client = (body: Buffer | ShapedRefusal) => {
    const { fetch, calls } = answering(body);
    return { sdk: new OpenAI({ apiKey: 'k', baseURL: 'http://gateway/v1', fetch, maxRetries: 1 }), calls };
  };
  const ask = { model: 'm', messages: [{ role: 'user' as const, content: 'hi' }] };

  test('adds up an edited stream as if it were the original', async () => {
    for (const name of ['chat', 'two choices and parallel tools', 'logprobs']) {
      const bytes = bytesOf(openaiFixtures, name);
      const n = name.startsWith('two') ? { n: 2 } : {};
      const read = (body: Buffer) =>
        client(body)
          .sdk.chat.completions.stream({ ...ask, ...n })
          .finalChatCompletion();
      expect(await read(edited(openai, bytes, (editor) => editor.end())), name).toEqual(await read(bytes));
    }
  });

  test('reads a cut answer as filtered, or as full', async () => {
    for (const [why, reason] of [
      ['policy', 'content_filter'],
      ['limit', 'length'],
    ] as const) {
      const bytes = edited(openai, bytesOf(openaiFixtures, 'chat', 3), (editor) =>
        editor.cut(why, refusal('response_blocked')),
      );
      const stream = await client(bytes).sdk.chat.completions.create({ ...ask, stream: true });
      let last: string | null = null;
      for await (const chunk of stream) last = chunk.choices[0]?.finish_reason ?? last;
      expect(last).toBe(reason);
    }
  });

  test('raises a fault in mid-stream with its code', async () => {
    const bytes = edited(openai, bytesOf(openaiFixtures, 'chat', 3), (editor) =>
      editor.fail(refusal('upstream_error')),
    );
    const stream = await client(bytes).sdk.chat.completions.create({ ...ask, stream: true });
    const drain = async () => {
      for await (const chunk of stream) expect(chunk.choices).toBeDefined();
    };
    await expect(drain()).rejects.toMatchObject({ code: 'upstream_error' });
  });

  test.each([
    ['unauthenticated', OpenAI.AuthenticationError, 1],
    ['prompt_blocked', OpenAI.PermissionDeniedError, 1],
    ['unsupported_operation', OpenAI.NotFoundError, 1],
    ['malformed_request', OpenAI.BadRequestError, 1],
    ['limit_exceeded', OpenAI.RateLimitError, 2],
    ['upstream_error', OpenAI.InternalServerError, 2],
  ] as const)(
    'raises %s as its own error and retries only where that can help',
    async (code, kind, calls) => {
      const { sdk, calls: made } = client(openai.refuse({ code, session: 'ses_1', retryAfter: 0 }));
      const error = await sdk.chat.completions.create(ask).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(kind);
      expect(error).toMatchObject({ code });
      expect(made()).toBe(calls);
    },
  );
});

describe('anthropic', () => {
  const client = (body: Buffer | ShapedRefusal) => {
    const { fetch, calls } = answering(body);
    return { sdk: new Anthropic({ apiKey: 'k', baseURL: 'http://gateway', fetch, maxRetries: 1 }), calls };
  };
  const ask = { model: 'm', max_tokens: 9, messages: [{ role: 'user' as const, content: 'hi' }] };

  test('adds up an edited stream as if it were the original', async () => {
    for (const name of ['text', 'tool use', 'thinking with signature', 'citations and server tools']) {
      const bytes = bytesOf(anthropicFixtures, name);
      const read = (body: Buffer) => client(body).sdk.messages.stream(ask).finalMessage();
      const [ours, theirs] = [
        await read(edited(anthropic, bytes, (editor) => editor.end())),
        await read(bytes),
      ];
      expect(JSON.parse(JSON.stringify(ours)), name).toEqual(JSON.parse(JSON.stringify(theirs)));
    }
  });

  test('reads a cut answer as refused, or as full', async () => {
    for (const [why, reason] of [
      ['policy', 'refusal'],
      ['limit', 'max_tokens'],
    ] as const) {
      for (const drop of [8, 5, 4, 2]) {
        const bytes = edited(anthropic, bytesOf(anthropicFixtures, 'text', drop), (editor) =>
          editor.cut(why, refusal('response_blocked')),
        );
        expect((await client(bytes).sdk.messages.stream(ask).finalMessage()).stop_reason).toBe(reason);
      }
    }
  });

  test('raises a fault in mid-stream with its code', async () => {
    const bytes = edited(anthropic, bytesOf(anthropicFixtures, 'text', 4), (editor) =>
      editor.fail(refusal('upstream_error')),
    );
    await expect(client(bytes).sdk.messages.stream(ask).finalMessage()).rejects.toMatchObject({
      errorCode: 'upstream_error',
    });
  });

  test.each([
    ['unauthenticated', Anthropic.AuthenticationError, 1],
    ['prompt_blocked', Anthropic.PermissionDeniedError, 1],
    ['unsupported_operation', Anthropic.NotFoundError, 1],
    ['limit_exceeded', Anthropic.RateLimitError, 2],
    ['overloaded', Anthropic.InternalServerError, 2],
  ] as const)(
    'raises %s as its own error and retries only where that can help',
    async (code, kind, calls) => {
      const { sdk, calls: made } = client(anthropic.refuse({ code, session: 'ses_1', retryAfter: 0 }));
      const error = await sdk.messages.create(ask).catch((caught: unknown) => caught);
      if (code === 'overloaded') expect((error as { status: number }).status).toBe(529);
      else expect(error).toBeInstanceOf(kind);
      expect(error).toMatchObject({ errorCode: code });
      expect(made()).toBe(calls);
    },
  );
});
