// Engines are shared by policies that look for the same, and kept over a reload.
import { describe, expect, it } from 'vitest';
import { Engines, type Wanted } from './compose-engines.ts';

const SECRET = 'upstream-credential-1';
const prompt: Wanted = { direction: 'prompt', custom: [], secrets: [SECRET], values: [] };
const more: Wanted = {
  ...prompt,
  custom: [{ name: 'word', direction: 'prompt', words: ['turnip'] }],
};

describe('engines', () => {
  it('are shared by all that look for the same, and by no others', () => {
    const engines = new Engines();
    expect(engines.get({ ...prompt })).toBe(engines.get(prompt));
    for (const other of [more, { ...prompt, direction: 'response' } as const, { ...prompt, secrets: [] }])
      expect(engines.get(other)).not.toBe(engines.get(prompt));
  });

  it('outlive a change of the configuration while they are used', () => {
    const engines = new Engines();
    const [kept, dropped] = [engines.get(prompt), engines.get(more)];
    engines.retain(new Set([Engines.keyOf(prompt)]));
    expect(engines.get(prompt)).toBe(kept);
    expect(engines.get(more)).not.toBe(dropped);
  });

  it("find the gateway's own secrets in whatever way they are said", () => {
    const engine = new Engines().get(prompt);
    const rot13 = SECRET.replace(/[a-z]/g, (c) =>
      String.fromCharCode(c.charCodeAt(0) + (c < 'n' ? 13 : -13)),
    );
    for (const said of [
      SECRET,
      Buffer.from(SECRET).toString('hex'),
      Buffer.from(SECRET).toString('base64'),
      [...SECRET].reverse().join(''),
      [...SECRET].join(' '),
      rot13,
    ]) {
      const found = engine.scan(`It is ${said}.`).filter(({ kind }) => kind === 'secret.gateway-credential');
      expect(found, said).toHaveLength(1);
      expect(found[0]!.start).toBeLessThanOrEqual(6);
      expect(found[0]!.end).toBeGreaterThanOrEqual(6 + said.replace(/=+$/, '').length);
    }
  });

  it('show no secret in their keys', () => {
    expect(Engines.keyOf(prompt)).not.toContain(SECRET);
    expect(Engines.keyOf(prompt)).toMatch(/^[\w-]{43}$/);
  });
});
