// What is particular to streams of the Responses API, beyond the suite that all dialects pass.
import { describe, expect, it } from 'vitest';
import type { Claim } from '../protocol.ts';
import { identity } from '../testing/identity.ts';
import { MASK, masking, type Opened } from '../testing/masking.ts';
import { dataOf, type Json, runStream } from '../testing/wire.ts';
import { fixtures } from './fixtures.ts';
import { openaiResponses } from './protocol.ts';

const chat: Claim = { operation: 'chat', body: true };
const SECRET = 'sesame-7Q4X';
type Event = { [key: string]: Json };

const created: Event = {
  type: 'response.created',
  response: { id: 'resp_1', object: 'response', status: 'in_progress', model: 'm', output: [] },
};
const completed: Event = { type: 'response.completed', response: { id: 'resp_1', status: 'completed' } };
const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
const added = (text: string): Event => ({
  type: 'response.content_part.added',
  ...place,
  part: { type: 'output_text', text, annotations: [] },
});
const delta = (text: string, more: Event = {}): Event => ({
  type: 'response.output_text.delta',
  ...place,
  delta: text,
  logprobs: [],
  ...more,
});
const done = (text: string, more: Event = {}): Event => ({
  type: 'response.output_text.done',
  ...place,
  text,
  logprobs: [],
  ...more,
});
const run = (events: readonly Event[], open = identity()) =>
  runStream(openaiResponses, chat, open, fixtures.write(events));
const eventsOf = (bytes: Buffer | undefined) => dataOf(bytes!).map((data) => JSON.parse(data) as Event);

describe('a cut', () => {
  it.each([
    ['policy', 'content_filter'],
    ['limit', 'max_output_tokens'],
  ] as const)('by a %s ends as the provider ends, with what had gone out', (why, reason) => {
    const parts: Buffer[] = [];
    const editor = openaiResponses.editStream(chat, masking(SECRET), { write: (bytes) => parts.push(bytes) });
    editor.push(fixtures.write([created, delta('Hello, '), delta('it is sesame')]));
    editor.cut(why, { code: 'response_blocked', session: 's-1' });
    const events = eventsOf(Buffer.concat([...parts, editor.terminator]));
    expect(events.at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: {
        id: 'resp_1',
        model: 'm',
        status: 'incomplete',
        incomplete_details: { reason },
        output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hello, it is ' }] }],
      },
    });
  });

  it('before anything has come is a whole answer all the same', () => {
    const editor = openaiResponses.editStream(chat, identity(), { write: () => undefined });
    editor.cut('policy', { code: 'response_blocked', session: 's-1' });
    expect(eventsOf(editor.terminator)[0]).toMatchObject({ response: { object: 'response', output: [] } });
  });
});

describe('a growing text', () => {
  it('may begin in the part that announces it', () => {
    const out = run(
      [created, added('it is sesame'), delta('-7Q4X.'), done(`it is ${SECRET}.`), completed],
      masking(SECRET),
    );
    const events = eventsOf(out);
    expect(events[1]).toMatchObject({ part: { text: 'it is ' } });
    expect(events[2]).toMatchObject({ delta: `${MASK}.` });
    expect(events[3]).toMatchObject({ text: `it is ${MASK}.` });
  });

  it('is given back before its end when it was held', () => {
    const events = eventsOf(
      run([created, delta('a ses'), delta('ame'), done('a sesame'), completed], masking(SECRET)),
    );
    expect(events.map(({ type, delta: text }) => text ?? type)).toEqual([
      'response.created',
      'a ',
      'sesame',
      'response.output_text.done',
      'response.completed',
    ]);
  });

  it('is looked at once, however many events repeat it', () => {
    const seen: Opened[] = [];
    const part = { type: 'output_text', text: 'Hello there', annotations: [] };
    const item = { id: 'msg_1', type: 'message', status: 'completed', content: [part] };
    run(
      [
        created,
        delta('Hello'),
        delta(' there'),
        done('Hello there'),
        { type: 'response.content_part.done', ...place, part },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response: { id: 'resp_1', status: 'completed', output: [item] } },
      ],
      masking(SECRET, seen),
    );
    expect(seen.filter(({ text }) => text.includes('there')).map(({ info }) => info.id)).toEqual([
      'output[0].content[0].text',
    ]);
  });

  it('that an event repeats with other words is read anew', () => {
    const out = run([created, delta('Hello'), done(`Hello ${SECRET}`), completed], masking(SECRET));
    expect(eventsOf(out)[2]).toMatchObject({ text: `Hello ${MASK}` });
  });

  it.each([
    ['goes on after its end', [delta('a'), done('a'), delta('b')]],
    ['changes its item', [delta('a'), delta('b', { item_id: 'msg_2' })]],
    ['has one item in two places', [delta('a'), delta('b', { output_index: 1 })]],
    ['has an index in words', [delta('a', { content_index: '0' })]],
    ['has an index in another spelling', [delta('a', { output_index: 1e20 })]],
    ['has no index', [delta('a', { output_index: null })]],
    ['has a name that is not its type', []],
  ])('is refused when it %s', (what, events) => {
    const bytes = fixtures.write([created, ...events, completed]);
    const sent = what.startsWith('has a name')
      ? Buffer.from(bytes.toString().replace('event: response.created', 'event: response.done'))
      : bytes;
    expect(runStream(openaiResponses, chat, identity(), sent)).toBeUndefined();
  });
});

describe('log probabilities', () => {
  const token = (text: string): Json => ({ token: text, logprob: -0.1, top_logprobs: [] });

  it('come with the whole text, without the tokens that were masked', () => {
    const tokens = ['it is ', 'sesame', '-7Q4X', ' then'];
    const events = eventsOf(
      run(
        [
          created,
          ...tokens.map((text) => delta(text, { logprobs: [token(text)] })),
          done(tokens.join(''), { logprobs: tokens.map(token) }),
          completed,
        ],
        masking(SECRET),
      ),
    );
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
    expect(deltas.map(({ logprobs }) => logprobs)).toEqual(deltas.map(() => []));
    const whole = events.find(({ type }) => type === 'response.output_text.done')!;
    expect((whole.logprobs as Event[]).map((entry) => entry.token)).toEqual(['it is ', ' then']);
    expect(whole.text).toBe(`it is ${MASK} then`);
  });
});
