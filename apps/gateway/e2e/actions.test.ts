// What a rule can do, on the wire: each action, each mask, observe mode, exceptions, release, limits and what is recorded.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat, codeOf, DIALECTS, ended, endOf, saidIn, textOf } from '../testing/calls.ts';
import { type Harness, startHarness } from '../testing/harness.ts';

const AWS = ['AKIA', 'Z7QHN4TRWD3KM5XP'].join('');
const OTHER_AWS = ['AKIA', 'R3WZ5YTNQH7VKD2X'].join('');
const CARD = ['4111', '1111', '1111', '1111'].join(' ');
const MAIL = ['ada.lovelace', 'sluice-works.org'].join('@');
const IBAN = ['DE89', '3704', '0044', '0532', '0130', '00'].join(' ');

/** Policies by name, without their first line; the group of the same name gets each. */
const POLICIES: Readonly<Record<string, string>> = {
  actions: `
    prompt:
      - { name: note, words: [turnip], do: flag }
      - { name: hidden, words: [radish], do: mask }
      - { name: gone, words: [parsnip], do: strip }
      - { name: stopped, words: [celery], do: block }
      - { name: asked, words: [fennel], do: approve }
      - { find: pii.email, do: tokenize }
      - { find: pii.card, do: mask, as: last4 }
    response:
      - { name: said-note, words: [turnip], do: flag }
      - { name: said-hidden, words: [radish], do: mask }
      - { name: said-gone, words: [parsnip], do: strip }
      - { name: said-stopped, words: [celery], do: block }
      - { find: pii.iban, do: mask, as: hash }
      - { find: pii.card, do: mask, as: last4 }
      - { name: part, words: [cauliflower], do: mask, as: partial }
      - { name: removed, words: [chicory], do: mask, as: remove }
    approval: { hold: 50ms, expires: 30s, minimum: 1 }`,
  strictest: `
    prompt:
      - { find: secret, do: flag }
      - { find: secret.aws-access-key-id, do: block }
    response:
      - { find: secret, do: mask, as: last4 }
      - { find: secret.aws-access-key-id, do: mask }
      - { name: around, match: "key [A-Z0-9]+ end", do: strip }`,
  observing: `
    extends: actions
    mode: observe`,
  half: `
    prompt: [ { find: secret, do: block } ]
    mode: { observe: 50% }`,
  whole: `
    extends: actions
    release: whole`,
  exceptions: `
    prompt:
      - find: secret
        do: block
        allow:
          - { pattern: "${OTHER_AWS.slice(0, 6)}.*", author: ada, reason: a sample, expires: 2099-01-01 }
    response:
      - find: pii.email
        do: mask
        allow:
          - { person: "key:trusted", author: ada, reason: hers, expires: 2099-01-01 }
          - { pattern: "support@.*", author: ada, reason: public, expires: 2099-01-01 }`,
  metadata: '\n    extends: built-in\n    record: metadata',
  redacted: '\n    extends: built-in\n    record: redacted',
  small: '\n    extends: built-in\n    limits: { request_bytes: 2kB, response_bytes: 3kB, duration: 1200ms }',
  few: '\n    extends: built-in\n    limits: { per_minute: { requests: 2 } }',
  much: '\n    extends: built-in\n    limits: { per_hour: { response_bytes: 2kB } }',
};

let harness: Harness;
const keys: Record<string, string> = {};

beforeAll(async () => {
  const names = Object.keys(POLICIES);
  harness = await startHarness({
    policies: names.map((name) => `  ${name}:${POLICIES[name]}`).join('\n'),
    access: names.map((name) => `  - { groups: [${name}], policy: ${name} }`).join('\n'),
    more: 'identity: { roles: { approver: [leads] } }\n',
  });
  for (const name of names) keys[name] = await harness.newKey({ name, groups: [name] });
});
afterAll(() => harness.close());

type Options = Parameters<typeof chat>[2];

async function say(policy: string, content: string, options: Options = {}) {
  const response = await chat(harness, content, { key: keys[policy]!, ...options });
  const text = await textOf(response);
  return { response, status: response.status, text, said: response.ok ? saidIn(text) : '' };
}

const asked = () => {
  const { messages } = JSON.parse(harness.leaky.received.at(-1)!.body.toString()) as {
    messages: { content: string }[];
  };
  return messages.at(-1)!.content;
};

describe('in a prompt', () => {
  it('a flag reports and changes nothing', async () => {
    const { response, said } = await say('actions', 'echo: a turnip');
    expect(said).toBe('a turnip');
    expect(asked()).toBe('echo: a turnip');
    expect(response.headers.get('x-sluice-findings')).toBe('custom.note=1, custom.said-note=1');
  });

  it('a mask hides, a strip takes out, and the model sees only that', async () => {
    await say('actions', `echo: a radish, a parsnip, ${CARD}.`);
    expect(asked()).toBe('echo: a [REDACTED:custom.hidden], a , ****1111.');
  });

  it('a block refuses, and says of which kind', async () => {
    const before = harness.leaky.received.length;
    for (const dialect of DIALECTS) {
      const { status, text, response } = await say('actions', 'a celery', { dialect, stream: true });
      expect(status).toBe(403);
      expect(codeOf(text)).toBe('prompt_blocked');
      expect(text).toContain('custom.stopped');
      expect(response.headers.get('x-should-retry')).toBe('false');
    }
    expect(harness.leaky.received.length).toBe(before);
  });

  it('an approval is asked for, and not once it is blocked as well', async () => {
    expect(codeOf((await say('actions', 'a fennel')).text)).toBe('approval_pending');
    expect(codeOf((await say('actions', 'a fennel and a celery')).text)).toBe('prompt_blocked');
  });

  it.each([
    ['the system prompt', { system: 'Never say celery.' }, 'anthropic'],
    [
      "a tool's description",
      { tools: [{ type: 'function', function: { name: 'f', description: 'celery' } }] },
      'openai',
    ],
    ['the name of a member', { metadata: { celery: '1' } }, 'openai'],
    ['the name of the model', { model: 'celery' }, 'openai'],
    ['the user', { user: 'celery' }, 'openai'],
    ['what nobody knows', { x_new: [{ deep: 'celery' }] }, 'openai'],
  ] as const)('is looked for in %s', async (_place, body, dialect) => {
    const { status, text } = await say('actions', 'x', { body, dialect });
    expect(status).toBe(403);
    expect(codeOf(text)).toBe('prompt_blocked');
  });
});

describe('in an answer', () => {
  const WAYS = DIALECTS.flatMap((dialect) => [true, false].map((stream) => ({ dialect, stream })));

  it.each(WAYS)('each mask reads as it should, $dialect, streamed: $stream', async (way) => {
    harness.leaky.script('masks', {
      text: `A turnip, a radish, a parsnip, a cauliflower, a chicory, ${CARD} and ${IBAN}.`,
    });
    const { said, text, response } = await say('actions', 'scripted: masks', way);
    const iban = /\[[^\]]*pii\.iban[^\]]*\]|#?[0-9a-f]{8,}/.exec(said)?.[0] ?? '';
    expect(iban).not.toBe('');
    const shown = said.replace(iban, 'H').replace(/c[^ ]*\*+[^ ,]*/, 'P');
    expect(shown).toBe('A turnip, a [REDACTED:custom.said-hidden], a , a P, a , ****1111 and H.');
    expect(said).not.toContain('cauliflower');
    const counts = way.stream
      ? /^: sluice-findings (.*)$/m.exec(text)?.[1]
      : response.headers.get('x-sluice-findings');
    expect(counts?.split(', ')).toEqual(
      expect.arrayContaining(
        ['part', 'removed', 'said-gone', 'said-hidden', 'said-note']
          .map((name) => `custom.${name}=1`)
          .concat('pii.card=1', 'pii.iban=1'),
      ),
    );
  });

  it.each(DIALECTS)('a block cuts a stream as the provider ends a filtered one, %s', async (dialect) => {
    harness.leaky.script('cutting', { text: 'First words and then celery and a word.' });
    const cut = await say('actions', 'scripted: cutting', { dialect, stream: true });
    expect(cut.status).toBe(200);
    expect(cut.said.trimEnd()).toBe('First words and then');
    expect(endOf(cut.text)).toBe(dialect === 'openai' ? 'content_filter' : 'refusal');
    expect(cut.text).toMatch(dialect === 'openai' ? /data: \[DONE\]\s*$/ : /event: message_stop\s/);
    const { summary } = await ended(harness, cut.response);
    expect(summary.end).toMatchObject({ outcome: 'cut', error: 'response_blocked' });

    const whole = await say('actions', 'scripted: cutting', { dialect, stream: false });
    expect(whole.status).toBe(403);
    expect(codeOf(whole.text)).toBe('response_blocked');
  });

  it('held to its end says nothing of what comes before a block', async () => {
    harness.leaky.script('cutting', { text: 'First words and then celery and a word.' });
    const { said, text } = await say('whole', 'scripted: cutting', { stream: true });
    expect(said).not.toContain('First');
    expect(text).not.toContain('First');
    expect(endOf(text)).toBe('content_filter');
    const kept = await say('whole', 'echo: only turnips', { stream: true });
    expect(kept.said).toBe('only turnips');
  });
});

describe('of several rules', () => {
  it('the strictest wins', async () => {
    expect(codeOf((await say('strictest', AWS)).text)).toBe('prompt_blocked');
    harness.leaky.script('secret', { text: `Use ${AWS} now.` });
    expect((await say('strictest', 'scripted: secret')).said).toBe(
      'Use [REDACTED:secret.aws-access-key-id] now.',
    );
  });

  it('the strictest holds for the whole of what overlaps', async () => {
    harness.leaky.script('around', { text: `The key ${AWS} end.` });
    for (const stream of [true, false])
      expect((await say('strictest', 'scripted: around', { stream })).said).toBe('The .');
  });
});

describe('a stand-in', () => {
  const STAND_IN = /EMAIL_[A-Z2-9]{16}/;

  it('is the same in every turn, other for another caller, and turned back for who sent the value', async () => {
    const seen: string[] = [];
    for (const stream of [true, false]) {
      const { said } = await say('actions', `echo: write to ${MAIL}, please`, { stream });
      expect(said).toBe(`write to ${MAIL}, please`);
      seen.push(STAND_IN.exec(asked())?.[0] ?? 'none');
      expect(asked()).not.toContain(MAIL);
    }
    expect(seen[0]).toMatch(STAND_IN);
    expect(seen[1]).toBe(seen[0]);
    const other = await harness.newKey({ name: 'other', groups: ['actions'] });
    await say('actions', `echo: ${MAIL}`, { key: other });
    expect(STAND_IN.exec(asked())?.[0]).not.toBe(seen[0]);

    // Another caller who learns the stand-in learns nothing more.
    const { said } = await say('actions', `echo: ${seen[0]} and ${MAIL}`, { key: other });
    expect(said).toContain(seen[0]!);
    const without = await say('actions', `echo: ${seen[0]}`);
    expect(without.said).toBe(seen[0]);
  });

  it.each(DIALECTS)('is turned back however the stream is cut, and in tool calls, %s', async (dialect) => {
    await say('actions', `echo: ${MAIL}`, { dialect });
    const standIn = STAND_IN.exec(asked())![0];
    for (let at = 1; at < standIn.length; at += 4) {
      // The model server says four characters at a time, counted from a blank.
      harness.leaky.script('split', {
        text: `${'x'.repeat(at % 4)}${standIn}, and on`,
        tools: [],
      });
      const { said } = await say('actions', '', {
        dialect,
        stream: true,
        messages: [
          { role: 'user', content: `I am ${MAIL}` },
          { role: 'assistant', content: 'Hello' },
          { role: 'user', content: 'scripted: split' },
        ],
      });
      expect(said).toContain(at % 4 === 0 ? `${MAIL}, and on` : 'and on');
    }
    harness.leaky.script('tool', { text: '', tools: [{ name: 'send', arguments: `{"to":"${standIn}"}` }] });
    const { text } = await say('actions', '', {
      dialect,
      messages: [
        { role: 'user', content: `I am ${MAIL}` },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'scripted: tool' },
      ],
    });
    expect(text).toContain(MAIL);
    expect(text).not.toContain(standIn);
  });

  it('is not turned back inside a URL, by which it would leave', async () => {
    await say('actions', `echo: ${MAIL}`);
    const standIn = STAND_IN.exec(asked())![0];
    harness.leaky.script('url', { text: `See https://collect.example/?d=${standIn} or ask ${standIn}.` });
    for (const stream of [true, false]) {
      const { said } = await say('actions', '', {
        stream,
        messages: [
          { role: 'user', content: `I am ${MAIL}` },
          { role: 'user', content: 'scripted: url' },
        ],
      });
      expect(said).toBe(`See https://collect.example/?d=${standIn} or ask ${MAIL}.`);
    }
  });
});

describe('observe mode', () => {
  it('changes nothing, stops nothing, and records what it would have done', async () => {
    const words = 'turnip radish parsnip celery fennel';
    const { response, said } = await say('observing', `echo: ${words} ${CARD} ${MAIL}`);
    expect(said).toBe(`${words} ${CARD} ${MAIL}`);
    expect(asked()).toBe(`echo: ${words} ${CARD} ${MAIL}`);
    const { summary } = await ended(harness, response);
    expect(summary.verdict.kind).toBe('allow');
    const observed = summary.verdict.reasons.map(
      (reason: { kind: string; action: string; observed?: string }) => [
        reason.kind,
        reason.action,
        reason.observed ?? 'nothing more',
      ],
    );
    expect(observed).toEqual(
      expect.arrayContaining([
        ['custom.stopped', 'flag', 'block'],
        ['custom.asked', 'flag', 'approve'],
        ['custom.hidden', 'flag', 'mask'],
        ['custom.gone', 'flag', 'strip'],
        ['pii.card', 'flag', 'mask'],
        ['pii.email', 'flag', 'tokenize'],
      ]),
    );
    expect(summary.findings).toMatchObject({ 'custom.stopped': 1, 'custom.said-stopped': 1, 'pii.card': 2 });
  });

  it('for a share of the callers holds for about so many, and for the same each time', async () => {
    let observing = 0;
    for (let i = 0; i < 24; i++) {
      const key = await harness.newKey({ name: `half-${i}`, groups: ['half'] });
      const first = await say('half', `echo: ${AWS}`, { key });
      expect([200, 403]).toContain(first.status);
      if (i < 4) expect((await say('half', `echo: ${AWS}`, { key })).status).toBe(first.status);
      if (first.status === 200) {
        expect(first.said).toBe(AWS);
        observing += 1;
      }
    }
    expect(observing).toBeGreaterThan(2);
    expect(observing).toBeLessThan(22);
  });
});

describe('an exception', () => {
  it('lets a value through by its pattern, and no other', async () => {
    expect((await say('exceptions', `echo: ${OTHER_AWS}`)).status).toBe(200);
    expect((await say('exceptions', `echo: ${AWS}`)).status).toBe(403);
    expect((await say('exceptions', `echo: ${OTHER_AWS} ${AWS}`)).status).toBe(403);
  });

  it('lets a value through for a person', async () => {
    harness.leaky.script('mail', { text: `Ask ${MAIL} or support@sluice-works.org.` });
    expect((await say('exceptions', 'scripted: mail')).said).toBe(
      'Ask [REDACTED:pii.email] or support@sluice-works.org.',
    );
    const key = await harness.newKey({ name: 'hers', owner: 'key:trusted', groups: ['exceptions'] });
    expect((await say('exceptions', 'scripted: mail', { key })).said).toContain(MAIL);
  });

  it('lets a value through by the hash that its finding shows, and not once it has expired', async () => {
    const blocked = await say('exceptions', `echo: ${AWS}`);
    const { promptFindings } = await ended(harness, blocked.response);
    const { hash } = promptFindings.find(
      (finding: { kind: string }) => finding.kind === 'secret.aws-access-key-id',
    );
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    const mark = 'reason: a sample, expires: 2099-01-01 }';
    const exception = (until: string) =>
      `${mark}\n          - { hash: "${hash}", author: ada, reason: settled, expires: ${until} }`;
    await harness.reconfigure((yaml) => yaml.replace(mark, exception('2099-01-01')));
    expect((await say('exceptions', `echo: ${AWS}`)).status).toBe(200);
    const soon = `${new Date(Date.now() + 2500).toISOString().slice(0, 19)}Z`;
    await harness.reconfigure((yaml) => yaml.replace(exception('2099-01-01'), exception(soon)));
    await expect
      .poll(async () => (await say('exceptions', `echo: ${AWS}`)).status, { timeout: 8000 })
      .toBe(403);
    await harness.reconfigure((yaml) => yaml.replace(`\n${exception(soon).split('\n')[1]}`, ''));
  });
});

describe('a limit', () => {
  it('on the request refuses', async () => {
    const { status, text } = await say('small', 'x'.repeat(3000));
    expect(status).toBe(413);
    expect(codeOf(text)).toBe('request_too_large');
  });

  it('on a whole answer refuses it', async () => {
    const { status, text } = await say('small', 'prose: 900');
    expect(status).toBe(429);
    expect(codeOf(text)).toBe('limit_exceeded');
  });

  it.each(DIALECTS)('on a streamed answer ends it as a full one, %s', async (dialect) => {
    const { status, text, response } = await say('small', 'pace: 3\nprose: 900', { dialect, stream: true });
    expect(status).toBe(200);
    expect(endOf(text)).toBe(dialect === 'openai' ? 'length' : 'max_tokens');
    // Of 150 kB.
    expect(text.length).toBeLessThan(50_000);
    expect((await ended(harness, response)).summary.end.outcome).toBe('limited');
  });

  it.each(DIALECTS)('on time ends a stream as a full one, %s', async (dialect) => {
    const { text } = await say('small', 'pace: 300\nprose: 40', { dialect, stream: true });
    expect(endOf(text)).toBe(dialect === 'openai' ? 'length' : 'max_tokens');
  });

  it('on time refuses a whole answer that does not come', async () => {
    const { status, text } = await say('small', 'fault: silent\necho: x');
    expect(status).toBe(429);
    expect(codeOf(text)).toBe('limit_exceeded');
  });

  it('on requests in a minute says when to come back', async () => {
    expect((await say('few', 'echo: 1')).status).toBe(200);
    expect((await say('few', 'echo: 2')).status).toBe(200);
    // At a change of the minute there are two more.
    let last = await say('few', 'echo: 3');
    for (let i = 0; i < 2 && last.status === 200; i++) last = await say('few', 'echo: 4');
    expect(last.status).toBe(429);
    expect(codeOf(last.text)).toBe('limit_exceeded');
    const wait = Number(last.response.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    const other = await harness.newKey({ name: 'few2', groups: ['few'] });
    expect((await say('few', 'echo: 5', { key: other })).status).toBe(200);
    expect((await say('few', 'echo: 6', { dialect: 'anthropic' })).status).toBe(200);
  });

  it('on bytes in an hour counts what was answered, streamed or not', async () => {
    expect((await say('much', 'prose: 300', { stream: true })).status).toBe(200);
    const next = await say('much', 'echo: x');
    expect(next.status).toBe(429);
    expect(Number(next.response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('what is recorded', () => {
  const SECRET = `${AWS} it is`;
  const record = async (policy: string) => {
    harness.leaky.script('recorded', { text: `The key: ${SECRET}.` });
    const { response } = await say(policy, `${MAIL} says:\nscripted: recorded`);
    const replay = await ended(harness, response);
    const id = replay.summary.id;
    const { body: revealed } = await harness.admin('POST', `/sessions/${id}/reveal`, { reason: 'a test' });
    return { replay, revealed, id };
  };
  const all = (pieces: readonly { text: string }[]) => pieces.map((piece) => piece.text).join('');

  it('in full: what was delivered is replayed, the original only revealed, with a reason that is an entry', async () => {
    harness.leaky.script('recorded', { text: `The key: ${SECRET}.` });
    const response = await chat(harness, '', {
      key: keys.actions!,
      stream: true,
      messages: [
        { role: 'user', content: `I am ${MAIL}` },
        { role: 'user', content: 'echo: a radish' },
      ],
    });
    const delivered = await textOf(response);
    const replay = await ended(harness, response);
    expect(all(replay.delivered)).toBe(delivered);
    expect(replay.forwarded).not.toContain(MAIL);
    expect(replay.forwarded).toMatch(/EMAIL_/);
    expect(replay.received).toBeUndefined();
    expect(replay.original).toBeUndefined();
    const { id } = replay.summary;
    expect((await harness.admin('POST', `/sessions/${id}/reveal`, {})).status).toBe(400);
    const { body: revealed } = await harness.admin('POST', `/sessions/${id}/reveal`, {
      reason: 'a complaint',
    });
    expect(revealed.received).toContain(MAIL);
    expect(all(revealed.original)).toContain('[DONE]');
    const { body } = await harness.admin('GET', '/acts?limit=5');
    expect(body.acts).toContainEqual(
      expect.objectContaining({ act: 'session.reveal', on: id, by: 'local:admin', reason: 'a complaint' }),
    );
  });

  it('redacted: only what was forwarded and delivered', async () => {
    const { replay, revealed } = await record('redacted');
    expect(replay.forwarded).toMatch(/EMAIL_/);
    expect(JSON.stringify(revealed)).not.toContain(MAIL);
    expect(JSON.stringify(revealed)).not.toContain(AWS);
  });

  it('as metadata: nothing that was said', async () => {
    const { replay, revealed } = await record('metadata');
    expect(replay.summary.end.outcome).toBe('answered');
    expect(revealed.forwarded).toBeNull();
    expect(revealed.delivered).toEqual([]);
    expect(JSON.stringify(revealed)).not.toMatch(/scripted|The key/);
  });
});
