// The few headers of the caller that go upstream are read like any other text.
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
