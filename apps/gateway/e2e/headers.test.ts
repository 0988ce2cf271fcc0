// What a request carries beside its texts: headers that go upstream are read, and what cannot be read is told.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../testing/harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const call = (beta: string) =>
  fetch(`${harness.anthropic}/v1/messages`, {
    method: 'POST',
    headers: {
      'x-api-key': harness.key,
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
      'anthropic-beta': beta,
    },
    body: JSON.stringify({
      model: 'leaky-1',
      max_tokens: 10,
      messages: [{ role: 'user', content: 'echo: x' }],
    }),
  });

describe('a header that goes upstream', () => {
  it('passes when it names versions and features', async () => {
    expect((await call('prompt-caching-2024-07-31, tools-2024-05-16')).status).toBe(200);
    expect(harness.leaky.received.at(-1)?.headers['anthropic-beta']).toContain('prompt-caching');
  });

  it('keeps the request from passing when it holds a credential or an address', async () => {
    const before = harness.leaky.received.length;
    for (const value of [['AKIA', 'Z7QHN4TRWD3KM5XP'].join(''), ['ada', 'example.org'].join('@')]) {
      const refused = await call(value);
      expect(refused.status).toBe(403);
      expect(await refused.text()).not.toContain(value);
    }
    expect(harness.leaky.received.length).toBe(before);
  });
});

describe('content that no reader of texts can read', () => {
  const picture = `data:image/png;base64,${Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    randomBytes(300),
  ]).toString('base64')}`;
  const look = (key: string) =>
    fetch(`${harness.openai}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'leaky-1',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'echo: x' },
              { type: 'image_url', image_url: { url: picture } },
            ],
          },
        ],
      }),
    });

  it('is told, and passes under the standard policy', async () => {
    const response = await look(harness.key);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-sluice-findings')).toContain('opaque.image=1');
  });

  it('is stopped where a rule says so', async () => {
    await harness.reconfigure(
      (yaml) =>
        `${yaml}policies:\n  standard: { extends: built-in, prompt: [{ find: opaque, do: block }] }\n`,
    );
    const response = await look(harness.key);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('opaque.image');
  });
});
