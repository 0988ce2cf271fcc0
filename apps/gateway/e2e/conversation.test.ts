// Long conversations: what was inspected before is recognised, and nothing is decided otherwise for that. Each call is compared
// with the same call by somebody whose conversation nobody has seen.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat, codeOf, DIALECTS, type Dialect, ended, saidIn, textOf } from '../testing/calls.ts';
import { type Harness, startHarness } from '../testing/harness.ts';

const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const CARD = ['4111', '1111', '1111', '1111'].join(' ');
const MAIL = ['ada.lovelace', 'sluice-works.org'].join('@');

interface Message {
  readonly role: string;
  readonly content: unknown;
}

let harness: Harness;
let key: string;
let strangers = 0;

beforeAll(async () => {
  harness = await startHarness({
    policies: `  standard:
    prompt:
      - { find: secret, do: mask }
      - { find: pii, do: mask, as: last4 }
      - { name: stop, words: [celery], do: block }
      - { name: ask, words: [fennel], do: flag }
      - { name: ids, match: "call_[A-Z]{12}", do: block }
  tokens: { prompt: [ { find: pii.email, do: tokenize } ] }
  stricter:
    extends: standard
    prompt: [ { name: later, words: [water], do: block } ]`,
    access: `  - { groups: [tokens], policy: tokens }
  - { groups: [strict], policy: stricter }
  - { groups: [engineering], policy: standard }`,
  });
  key = await harness.newKey({ name: 'known', groups: ['engineering'] });
});
afterAll(() => harness.close());

const turn = (
  i: number,
  content: unknown = `Turn ${i}: the keeper looks at the height of the water.`,
): Message => ({
  role: i % 2 === 0 ? 'user' : 'assistant',
  content,
});
const conversation = (count: number): Message[] => Array.from({ length: count }, (_, i) => turn(i));

/** What came of a call: how it ended, what the model was sent, and what was found where. */
async function outcome(messages: readonly Message[], who: string, options: Parameters<typeof chat>[2] = {}) {
  const before = harness.leaky.received.at(-1);
  const response = await chat(harness, '', { messages, key: who, ...options });
  const text = await textOf(response);
  const { summary, promptFindings } = await ended(harness, response);
  const last = harness.leaky.received.at(-1);
  const call = last === before ? undefined : last;
  return {
    status: response.status,
    code: response.ok ? undefined : codeOf(text),
    said: response.ok ? saidIn(text) : '',
    sent: call?.body.toString(),
    verdict: summary.verdict,
    findings: promptFindings,
  };
}

async function stranger(groups: readonly string[] = ['engineering']): Promise<string> {
  strangers += 1;
  return harness.newKey({ name: `stranger-${strangers}`, groups });
}

/** The caller who is known and one who is not get the same. */
async function same(messages: readonly Message[], options: Parameters<typeof chat>[2] = {}) {
  const known = await outcome(messages, key, options);
  const unknown = await outcome(messages, await stranger(), options);
  expect(known).toEqual(unknown);
  return known;
}

const CASES: Readonly<Record<string, (messages: Message[]) => Message[]>> = {
  'one new message': (messages) => messages,
  'a secret in the new message': (messages) => [...messages.slice(0, -1), turn(200, `Is ${AWS} good?`)],
  'a secret in an old message': (messages) => messages.with(57, turn(57, `Use ${AWS}, and ${CARD}.`)),
  'a secret in the message before the last': (messages) => messages.with(-2, turn(199, `It is ${AWS}.`)),
  'a secret in the first message': (messages) => messages.with(0, turn(0, `It is ${AWS}.`)),
  'a word that blocks in an old message': (messages) => messages.with(30, turn(30, 'celery')),
  'a word that is reported in an old message': (messages) => messages.with(30, turn(30, 'fennel')),
  'several findings in several messages': (messages) =>
    messages.map((message, i) => (i % 40 === 3 ? turn(i, `${CARD} ${AWS} fennel ${i}`) : message)),
  'parts, tools and escapes': (messages) =>
    messages.with(
      10,
      turn(10, [
        { type: 'text', text: `\u00e9\ud83d\ude00 ${AWS} \n\t"` },
        { type: 'text', text: 'fennel' },
      ]),
    ),
};

describe.each(DIALECTS)('a conversation of 200 messages, %s', (dialect: Dialect) => {
  it.each(Object.keys(CASES))('with %s', async (what) => {
    const changed = CASES[what]!(conversation(201));
    // Twice over: once while it grows, and once as it was.
    await outcome(changed.slice(0, -1), key, { dialect });
    await same(changed, { dialect });
    const again = await same(changed, { dialect });
    if (what === 'one new message') expect(again.findings).toEqual([]);
    else expect(again.findings.length).toBeGreaterThan(0);
    if (again.sent !== undefined) {
      expect(again.sent).not.toContain(AWS);
      expect(again.sent).not.toContain(CARD);
    }
  });

  it('whose old message changes is inspected anew', async () => {
    const messages = conversation(201);
    await outcome(messages.slice(0, 200), key, { dialect });
    await outcome(messages, key, { dialect });
    for (const at of [0, 1, 100, 198, 199, 200]) {
      const found = await same(messages.with(at, turn(at, `Turn ${at}: ${AWS} the height of the water.`)), {
        dialect,
      });
      expect(found.findings.length, `message ${at}`).toBeGreaterThan(0);
      expect(found.sent).not.toContain(AWS);
    }
    const blocked = await same(messages.with(100, turn(100, 'celery')), { dialect });
    expect(blocked.code).toBe('prompt_blocked');
  });

  it('that loses, swaps or repeats messages is inspected anew', async () => {
    const messages = conversation(60).with(20, turn(20, `It is ${AWS}.`));
    await outcome(messages, key, { dialect });
    for (const other of [
      messages.slice(2),
      messages.slice(0, 40),
      [...messages.slice(0, 20), ...messages.slice(22), ...messages.slice(20, 22)],
      [...messages, ...messages],
    ])
      await same(other, { dialect });
  });

  it('is another to another policy', async () => {
    const messages = conversation(20);
    const strict = await stranger(['strict', 'engineering']);
    const loose = await harness.newKey({ name: 'same', owner: 'same', groups: ['engineering'] });
    expect((await outcome(messages, loose, { dialect })).status).toBe(200);
    expect((await outcome(messages, strict, { dialect })).code).toBe('prompt_blocked');
    // The same caller goes on, under rules that have changed meanwhile.
    await harness.reconfigure((yaml) => yaml.replace('words: [celery]', 'words: [celery, water]'));
    const further = [...messages, turn(20, 'Go on.')];
    expect((await outcome(further, loose, { dialect })).code).toBe('prompt_blocked');
    await harness.reconfigure((yaml) => yaml.replace('words: [celery, water]', 'words: [celery]'));
    expect((await outcome(further, loose, { dialect })).status).toBe(200);
  });
});

describe('what stands outside the messages', () => {
  it('is inspected in every call, wherever it stands', async () => {
    const messages = conversation(30);
    await outcome(messages, key);
    for (const body of [{ user: AWS }, { metadata: { note: AWS } }, { messages, z: AWS }]) {
      const found = await same(messages, { body });
      expect(found.findings.length).toBeGreaterThan(0);
      expect(found.sent).not.toContain(AWS);
    }
  });
});

describe('stand-ins', () => {
  it('are the same from turn to turn, and turned back, however old the message with the value is', async () => {
    const who = await stranger(['tokens']);
    const messages = conversation(40).with(2, turn(2, `I am ${MAIL}.`));
    const seen = new Set<string>();
    for (const count of [5, 9, 21, 40]) {
      const { sent } = await outcome(messages.slice(0, count), who);
      expect(sent).not.toContain(MAIL);
      seen.add(/EMAIL_[A-Z2-9]{16}/.exec(sent!)![0]);
    }
    expect(seen.size).toBe(1);
    const { said } = await outcome([...messages, turn(40, `echo: Hello, ${[...seen][0]}!`)], who, {
      stream: true,
    });
    expect(said).toBe(`Hello, ${MAIL}!`);
  });
});

describe('the same bytes to another protocol', () => {
  it('are inspected anew, since they are other texts there', async () => {
    // What is an id to one is an unknown member to the other.
    const marked = { ...turn(2), tool_call_id: `call_${'KEEPER'.repeat(2)}` };
    const messages = conversation(9).with(2, marked);
    const earlier = await outcome(messages.slice(0, -1), key, { dialect: 'openai' });
    expect(earlier.status).toBe(200);
    expect((await same(messages, { dialect: 'anthropic' })).code).toBe('prompt_blocked');
  });
});
