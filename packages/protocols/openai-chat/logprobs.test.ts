// Log probabilities repeat a text; what is masked there is gone here too.
import { describe, expect, test } from 'vitest';
import type { Claim } from '../protocol.ts';
import { MASK, masking, type Opened } from '../testing/masking.ts';
import { dataOf, type Json, runStream, visibleInStream } from '../testing/wire.ts';
import { openaiChat as openai } from './protocol.ts';

const chat: Claim = { operation: 'chat', body: true };
const events = (...frames: Json[]): Buffer =>
  Buffer.from(
    [...frames.map((frame) => JSON.stringify(frame)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''),
  );
const frame = (delta: Json, more: { [key: string]: Json } = {}, index: Json = 0): Json => ({
  id: 'chatcmpl-Aa1Bb2Cc3Dd4',
  choices: [{ index, delta, finish_reason: null, ...more }],
});
const SECRET = 'sesame-7Q4X';

describe('log probabilities', () => {
  const token = (t: string, ...others: string[]): Json => {
    const read = (s: string): Json => ({ token: s, bytes: [...Buffer.from(s)], logprob: -1 });
    return { ...(read(t) as object), top_logprobs: others.map(read) };
  };
  const whole = (content: Json, tokens: Json[]): Json => ({
    choices: [{ index: 0, message: { content }, logprobs: { content: tokens } }],
  });
  const edit = (body: Json, seen?: Opened[]) =>
    JSON.parse(
      openai
        .editWhole(chat, 200, 'application/json', Buffer.from(JSON.stringify(body)), masking(SECRET, seen))
        .body.toString(),
    ) as {
      choices: { message: { content: string }; logprobs: { content: { token: string }[] } }[];
    };
  const shown = (body: Json) => edit(body).choices[0]!.logprobs.content.map((entry) => entry.token);

  test('entries of masked tokens go, the others stay', () => {
    const tokens = ['It', ' is', ' sesame', '-7Q', '4X', ', ok'];
    expect(
      shown(
        whole(
          'It is sesame-7Q4X, ok',
          tokens.map((t) => token(t, 'Yo')),
        ),
      ),
    ).toEqual(['It', ' is', ', ok']);
  });

  test('a token that shares a character with the value goes too', () => {
    expect(
      shown(
        whole(
          'It is sesame-7Q4X!',
          ['It', ' is', ' ses', 'ame-7Q4', 'X!'].map((t) => token(t)),
        ),
      ),
    ).toEqual(['It', ' is']);
  });

  test('an entry goes when one of its alternatives is the value', () => {
    expect(shown(whole('It is', [token('It'), token(' is', 'x', SECRET)]))).toEqual(['It']);
  });

  test('an entry goes when its bytes say something else than its token', () => {
    const lying: Json = { token: ' is', bytes: [...Buffer.from(SECRET)], logprob: -1, top_logprobs: [] };
    expect(shown(whole('It is', [token('It'), lying]))).toEqual(['It']);
  });

  test('tokens that spell out another text than the content are inspected as that text', () => {
    expect(
      shown(
        whole(
          'hidden',
          ['a ', 'sesa', 'me-7Q4X', ' b'].map((t) => token(t)),
        ),
      ),
    ).toEqual(['a ', ' b']);
    expect(
      shown(
        whole(
          null,
          ['a ', 'sesa', 'me-7Q4X', ' b'].map((t) => token(t)),
        ),
      ),
    ).toEqual(['a ', ' b']);
  });

  test('tokens of half a character follow the character', () => {
    const [a, b] = [
      [0xf0, 0x9f],
      [0x98, 0x80],
    ].map(
      (bytes): Json => ({
        token: `bytes:${bytes.map((x) => `\\x${x.toString(16)}`).join('')}`,
        bytes,
        logprob: -1,
        top_logprobs: [],
      }),
    );
    const out = edit(whole('Hi 😀', [token('Hi '), a!, b!]));
    expect(out.choices[0]!.logprobs.content).toHaveLength(3);
  });

  test('in a stream, entries of a value split over frames go, and text stays with its frame', () => {
    const piece = (t: string) =>
      frame({ content: t }, { logprobs: { content: [token(t, 'Yo')], refusal: null } });
    const sent = events(...['It', ' is', ' sesame', '-7Q', '4X', ', ok'].map(piece), {
      choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
    });
    const out = runStream(openai, chat, masking(SECRET), sent)!;
    const choices = dataOf(out)
      .slice(0, -1)
      .map(
        (data) =>
          (
            JSON.parse(data) as {
              choices: { delta: { content?: string }; logprobs?: { content: { token: string }[] } }[];
            }
          ).choices[0]!,
      );
    expect(
      choices.map(({ delta, logprobs }) => [delta.content, logprobs?.content.map((entry) => entry.token)]),
    ).toEqual([
      ['It', ['It']],
      [' is', [' is']],
      [` ${MASK}`, []],
      ['', []],
      ['', []],
      [', ok', [', ok']],
      [undefined, undefined],
    ]);
    expect(visibleInStream(out)).not.toMatch(/sesame|7Q|4X/);
  });

  test('in a stream, entries that do not spell out the frame go', () => {
    const sent = events(
      frame({ content: 'fine' }, { logprobs: { content: [token(SECRET)] } }),
      frame({ content: 'fine' }, { logprobs: { content: [token('fi'), token('ne')] } }),
    );
    const out = runStream(openai, chat, masking(SECRET), sent)!;
    expect(visibleInStream(out)).not.toContain('sesame');
    expect(dataOf(out)[1]).toContain('"token":"ne"');
  });
});
