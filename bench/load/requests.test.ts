// Requests and answers have to be new each time: a peer that remembers must not win by it.
import { expect, test } from 'vitest';
import { wholeAnswer } from './answers.ts';
import { chatRequests, conversation, markOf } from './requests.ts';

const target = { port: 1, path: '/v1/chat/completions', headers: {} };

function messages(request: Buffer): string[] {
  const text = request.toString();
  const [head = '', body = ''] = text.split('\r\n\r\n');
  expect(Number(/content-length: (\d+)/.exec(head)?.[1])).toBe(Buffer.byteLength(body));
  return (JSON.parse(body) as { messages: { content: string }[] }).messages.map((message) => message.content);
}

test('two prompts differ, and each carries the word that marks it', () => {
  const next = chatRequests(target, 'bench-whole-0');
  const [one, two] = [next(), next()];
  expect(markOf(one)).not.toBe(markOf(two));
  expect(messages(one)[0]).toContain(markOf(one));
  expect(messages(one)[0]?.length).toBeGreaterThan(2_000);
});

test('two answers differ, and each is about 1 KB of JSON', () => {
  const [one, two] = [wholeAnswer(), wholeAnswer()].map(
    (answer) => answer.toString().split('\r\n\r\n')[1] ?? '',
  );
  expect(one).not.toBe(two);
  expect(JSON.parse(one ?? '')).toHaveProperty('choices[0].message.content');
  expect(one?.length).toBeGreaterThan(900);
});

test('in a conversation only the last message is new, unless all are to be', () => {
  const known = conversation(target, 5, false);
  const [one = [], two = []] = [messages(known()), messages(known())];
  expect(one.map((message, i) => message === two[i])).toEqual([true, true, true, true, false]);
  const fresh = conversation(target, 5, true);
  const [three = [], four = []] = [messages(fresh()), messages(fresh())];
  expect(three.some((message, i) => message === four[i])).toBe(false);
});
