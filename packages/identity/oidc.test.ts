// OIDC bearer tokens against a real provider: what is accepted, who it makes of the caller, and every forgery refused.
import { createPublicKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from './authenticator.ts';
import type { OidcOptions } from './oidc/verify.ts';
import { AUDIENCE, startIssuer, type TestIssuer } from './testing/issuer.ts';

const NO_KEYS = { byHash: async () => undefined, generation: () => 0 };

let provider: TestIssuer;
beforeAll(async () => {
  // The commonest algorithm, and the one whose public key forgers like to use as a secret.
  provider = await startIssuer(undefined, 'RS256');
});
afterAll(() => provider.close());

/** A fresh authenticator with a clock that stands still, and the answers it gives. `at` moves the clock, in milliseconds from its start. */
function gate(options: Partial<OidcOptions> = {}) {
  const began = Date.now();
  let shift = 0;
  const now = (): number => began + shift;
  const oidc = [{ issuer: provider.issuer, audience: AUDIENCE, groups: { name: 'groups' }, ...options }];
  const authenticator = createAuthenticator({ keys: NO_KEYS, oidc, clock: now });
  return {
    at: (ms: number): void => {
      shift = ms;
    },
    inSeconds: (seconds: number): number => Math.floor(began / 1000) + seconds,
    check: (token: string) => authenticator.authenticate(token, now()),
  };
}

const check = async (token: string, options: Partial<OidcOptions> = {}) => gate(options).check(token);
type Claims = Readonly<Record<string, unknown>>;

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

describe('a good token', () => {
  test('from the provider itself tells who calls', async () => {
    expect(await check(await provider.token())).toEqual({
      ok: true,
      principal: {
        subject: `oidc:${provider.issuer}#build-agent`,
        person: `oidc:${provider.issuer}#build-agent`,
        display: 'build-agent',
        groups: ['engineering', 'ml'],
        method: 'oidc',
        expiresAt: expect.any(Number),
      },
    });
  });

  test.each<[string, Claims]>([
    ['one audience of several', { aud: ['another', AUDIENCE] }],
    ['no issue time', { iat: undefined }],
    ['an expiry within the clock skew', { exp: inSeconds(-50) }],
    ['a start within the clock skew', { nbf: inSeconds(50), iat: inSeconds(50) }],
  ])('may have %s', async (_what, claims) => {
    expect(await check(await provider.sign(claims))).toMatchObject({ ok: true });
  });

  test.each(['JWT', 'at+jwt', 'application/at+jwt', undefined])('may have the type %s', async (typ) => {
    expect(await check(await provider.sign({}, { typ }))).toMatchObject({ ok: true });
  });

  test('may be meant for any of several configured audiences', async () => {
    expect(await check(await provider.sign({ aud: 'b' }), { audience: ['a', 'b'] })).toMatchObject({
      ok: true,
    });
  });

  test('carries the person and who acts for them', async () => {
    const token = await provider.sign({
      name: 'Ada\u202e \u0007Example',
      act: { sub: 'agent-7', act: { sub: 'earlier' } },
    });
    const result = await check(token);
    expect(result).toMatchObject({ principal: { display: 'Ada Example', actor: 'agent-7' } });
  });
});

describe('groups', () => {
  test.each<[string, Claims, OidcOptions['groups'], string[]]>([
    ['a list', { groups: ['a', 'b', 'a'] }, { name: 'groups' }, ['a', 'b']],
    ['a string, which is one group', { groups: 'a b' }, { name: 'groups' }, ['a b']],
    [
      'a string with a configured separator',
      { groups: 'a b' },
      { name: 'groups', separator: ' ' },
      ['a', 'b'],
    ],
    ['a nested claim', { realm_access: { roles: ['a'] } }, { name: 'realm_access.roles' }, ['a']],
    [
      'a claim with dots in its name',
      { 'https://acme.com/groups': ['a'] },
      { name: 'https://acme.com/groups' },
      ['a'],
    ],
    ['no claim', { groups: undefined }, { name: 'groups' }, []],
    [
      'anything but strings, which grants nothing',
      { groups: ['a', 1, null, ['b'], { c: 1 }, ''] },
      { name: 'groups' },
      ['a'],
    ],
    ['an object', { groups: { a: true } }, { name: 'groups' }, []],
  ])('are read from %s', async (_what, claims, groups, expected) => {
    const result = await check(await provider.sign(claims), { groups });
    expect(result).toMatchObject({ ok: true, principal: { groups: expected } });
  });
});

describe('a token is refused', () => {
  test.each<[string, Claims, string]>([
    ['another audience', { aud: 'another' }, 'wrong_audience'],
    ['no audience', { aud: undefined }, 'wrong_audience'],
    ['another issuer', { iss: 'https://id.other.example' }, 'unknown_issuer'],
    ['an issuer that only looks like it', { iss: 'http://127.0.0.1' }, 'unknown_issuer'],
    ['no issuer', { iss: undefined }, 'unknown_issuer'],
    ['an expiry long ago', { exp: inSeconds(-61) }, 'expired'],
    ['no expiry', { exp: undefined }, 'malformed'],
    ['a start in the future', { nbf: inSeconds(120) }, 'not_yet_valid'],
    ['an issue time in the future', { iat: inSeconds(120) }, 'not_yet_valid'],
    ['no subject', { sub: undefined }, 'malformed'],
    ['an empty subject', { sub: '' }, 'malformed'],
    ['an actor without a name', { act: { client: 'x' } }, 'malformed'],
    ['a key that a bearer does not prove', { cnf: { jkt: 'thumbprint' } }, 'proof_missing'],
  ])('with %s', async (_what, claims, why) => {
    expect(await check(await provider.sign(claims))).toEqual({ ok: false, why });
  });

  test.each(['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JWS'])('of the type %s', async (typ) => {
    expect(await check(await provider.sign({}, { typ }))).toEqual({ ok: false, why: 'malformed' });
  });

  test('with a signature of no algorithm', async () => {
    const { iss, sub, aud, exp } = { iss: provider.issuer, sub: 'ada', aud: AUDIENCE, exp: inSeconds(600) };
    const none = new UnsecuredJWT({ iss, sub, aud, exp }).encode();
    expect(await check(none)).toEqual({ ok: false, why: 'bad_algorithm' });
    const [header, payload, signature] = (await provider.sign()).split('.');
    const altered = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(header!, 'base64url').toString()), alg: 'None' }),
    );
    expect(await check(`${altered.toString('base64url')}.${payload}.${signature}`)).toEqual({
      ok: false,
      why: 'bad_algorithm',
    });
  });

  test('with an HMAC whose secret is the public key', async () => {
    const publicKey = createPublicKey({ key: { ...provider.key.publicJwk }, format: 'jwk' });
    for (const secret of [
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      JSON.stringify(provider.key.publicJwk),
    ]) {
      const forged = await new SignJWT({
        iss: provider.issuer,
        sub: 'ada',
        aud: AUDIENCE,
        exp: inSeconds(600),
      })
        .setProtectedHeader({ alg: 'HS256', kid: provider.key.kid })
        .sign(new TextEncoder().encode(secret));
      expect(await check(forged)).toEqual({ ok: false, why: 'bad_algorithm' });
    }
  });

  test('signed by somebody else, whatever key its header brings or points to', async () => {
    const other = await startIssuer();
    try {
      const header = { kid: provider.key.kid };
      const place = `${other.issuer}/jwks`;
      for (const more of [
        {},
        { jwk: other.key.publicJwk },
        { jku: place },
        { x5u: place },
        { x5c: ['MIIB'] },
      ]) {
        const forged = await other.sign({ iss: provider.issuer }, { ...header, ...more });
        expect(await check(forged)).toEqual({ ok: false, why: 'bad_signature' });
      }
      expect(other.asked).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test.each(['../../../dev/null', "' or 1=1", '__proto__', '', 'key-0'])(
    'with the key id %j',
    async (kid) => {
      expect(await check(await provider.sign({}, { kid }))).toEqual({ ok: false, why: 'bad_signature' });
    },
  );

  test('with a critical extension that nobody knows', async () => {
    const [, payload, signature] = (await provider.sign()).split('.');
    const header = { alg: provider.key.alg, kid: provider.key.kid, crit: ['b64'], b64: false };
    const token = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`;
    expect(await check(token)).toMatchObject({ ok: false });
  });

  test('cut short at any place, or with a character changed', async () => {
    const token = await provider.sign();
    const { check: again } = gate();
    for (let length = 1; length < token.length; length += 37) {
      expect(await again(token.slice(0, length))).toMatchObject({ ok: false });
    }
    for (let at = 0; at < token.length - 1; at += 29) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(await again(token.slice(0, at) + other + token.slice(at + 1))).toMatchObject({ ok: false });
    }
  });

  test('that is huge, encrypted or no token', async () => {
    expect(await check(await provider.sign({ more: 'x'.repeat(20_000) }))).toEqual({
      ok: false,
      why: 'malformed',
    });
    for (const text of ['a.b.c', 'a.b', 'a.b.c.d.e', 'bearer', '....', 'e30.e30.']) {
      expect(await check(text)).toMatchObject({ ok: false });
    }
  });
});

describe('the cache', () => {
  test('answers at once the second time, and no longer than the token lives', async () => {
    const { check: again, at, inSeconds } = gate();
    const token = await provider.sign({ exp: inSeconds(100) });
    const first = again(token);
    expect(first).toBeInstanceOf(Promise);
    expect(again(token)).toBe(first);
    expect(await first).toMatchObject({ ok: true });
    expect(again(token)).toMatchObject({ ok: true });
    at(159_000);
    expect(again(token)).toMatchObject({ ok: true });
    at(161_000);
    expect(await again(token)).toEqual({ ok: false, why: 'expired' });
  });

  test('verifies anew after some minutes, so that a withdrawn key does not work for hours', async () => {
    const { check: again, at } = gate();
    const token = await provider.sign({ exp: inSeconds(36_000) });
    await again(token);
    at(6 * 60_000);
    expect(again(token)).toBeInstanceOf(Promise);
  });

  test('does not keep refusals', async () => {
    const { check: again, at, inSeconds } = gate();
    const token = await provider.sign({ nbf: inSeconds(100) });
    expect(await again(token)).toEqual({ ok: false, why: 'not_yet_valid' });
    at(100_000);
    expect(await again(token)).toMatchObject({ ok: true });
  });
});

describe('the keys of the issuer', () => {
  let issuer: TestIssuer;
  beforeEach(async () => {
    issuer = await startIssuer();
    return () => issuer.close();
  });
  const own = () => gate({ issuer: issuer.issuer });

  test.each(['RS512', 'PS256', 'ES384', 'EdDSA'])('may be for %s', async (alg) => {
    await issuer.rotate(alg);
    expect(await own().check(await issuer.token())).toMatchObject({ ok: true });
  });

  test('are fetched once for many tokens', async () => {
    const { check } = own();
    const tokens = await Promise.all([
      issuer.sign({ sub: 'a' }),
      issuer.sign({ sub: 'b' }),
      issuer.sign({ sub: 'c' }),
    ]);
    await Promise.all(tokens.map(check));
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
  });

  test('are fetched again when they rotate, but not for every unknown key', async () => {
    const { check, at } = own();
    await check(await issuer.sign());
    await issuer.rotate();
    expect(await check(await issuer.sign())).toEqual({ ok: false, why: 'bad_signature' });
    expect(issuer.asked).toHaveLength(2);
    at(31_000);
    expect(await check(await issuer.sign())).toMatchObject({ ok: true });
    expect(issuer.asked).toHaveLength(4);
    for (let i = 0; i < 5; i += 1) await check(await issuer.sign({}, { kid: `unknown ${i}` }));
    expect(issuer.asked).toHaveLength(4);
  });

  test('no longer accept what a withdrawn key has signed', async () => {
    const { check, at } = own();
    const old = await issuer.sign({ exp: inSeconds(36_000) });
    await check(old);
    await issuer.rotate();
    at(11 * 60_000);
    await check(await issuer.sign({ exp: inSeconds(36_000) }));
    at(17 * 60_000);
    expect(await check(old)).toEqual({ ok: false, why: 'bad_signature' });
  });

  test('are used while the issuer is away for a while, but not for long', async () => {
    const { check, at } = own();
    const sign = () => issuer.sign({ exp: inSeconds(36_000), jti: String(Math.random()) });
    await check(await sign());
    await issuer.stop();
    at(30 * 60_000);
    expect(await check(await sign())).toMatchObject({ ok: true });
    at(61 * 60_000);
    expect(await check(await sign())).toEqual({ ok: false, why: 'issuer_unreachable' });
    await issuer.resume();
    expect(await check(await sign())).toEqual({ ok: false, why: 'issuer_unreachable' });
    at(62 * 60_000);
    expect(await check(await sign())).toMatchObject({ ok: true });
  });

  /** Discovery answers with this; the keys lie where the provider has them. */
  const discover = (document: string): void =>
    issuer.answerWith((request, response) => {
      if (request.url === '/.well-known/openid-configuration') response.end(document);
      else response.end(JSON.stringify({ keys: [issuer.key.publicJwk] }));
    });

  test.each<[string, (good: Readonly<Record<string, string>>) => unknown]>([
    ['a document of another issuer', (good) => ({ ...good, issuer: 'https://id.other.example' })],
    [
      'a document that names its issuer with a slash more',
      (good) => ({ ...good, issuer: `${good.issuer}/` }),
    ],
    ['a place without TLS', (good) => ({ ...good, jwks_uri: 'http://keys.example/jwks' })],
    ['a file', (good) => ({ ...good, jwks_uri: 'file:///etc/keys.json' })],
    ['no place', ({ issuer: at }) => ({ issuer: at })],
    ['too large a document', (good) => ({ ...good, more: 'x'.repeat(600_000) })],
    ['a list', (good) => [good]],
  ])('are not taken from %s', async (_what, spoil) => {
    const good = { issuer: issuer.issuer, jwks_uri: `${issuer.issuer}/keys` };
    discover(JSON.stringify(good));
    expect(await own().check(await issuer.sign())).toMatchObject({ ok: true });
    discover(JSON.stringify(spoil(good)));
    expect(await own().check(await issuer.sign())).toEqual({ ok: false, why: 'issuer_unreachable' });
  });

  test.each(['<html>', '{"keys":"none"}', ''])('are not taken from the body %j', async (body) => {
    issuer.answerWith((_request, response) => void response.end(body));
    expect(await own().check(await issuer.sign())).toEqual({ ok: false, why: 'issuer_unreachable' });
  });

  test('are not taken from an error, whatever it says', async () => {
    const document = JSON.stringify({
      issuer: issuer.issuer,
      jwks_uri: `${issuer.issuer}/jwks`,
      keys: [issuer.key.publicJwk],
    });
    issuer.answerWith((_request, response) => void response.writeHead(500).end(document));
    expect(await own().check(await issuer.sign())).toEqual({ ok: false, why: 'issuer_unreachable' });
  });

  test('are not asked for without TLS, except on this machine', async () => {
    // The very same server, by a name that is not one of this machine.
    const elsewhere = issuer.issuer.replace('127.0.0.1', '[::ffff:127.0.0.1]');
    discover(JSON.stringify({ issuer: issuer.issuer, jwks_uri: `${elsewhere}/keys` }));
    expect(await own().check(await issuer.sign())).toEqual({ ok: false, why: 'issuer_unreachable' });
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration']);
  });

  test('are renewed beside the calls once they are not fresh', async () => {
    const { check, at } = own();
    await check(await issuer.sign());
    at(11 * 60_000);
    const asked = issuer.asked.length;
    expect(await check(await issuer.sign({ exp: inSeconds(3600) }))).toMatchObject({ ok: true });
    await expect.poll(() => issuer.asked.length, { timeout: 20_000 }).toBe(asked + 2);
  });

  test('are not looked for behind a redirect', async () => {
    const document = JSON.stringify({ issuer: issuer.issuer, jwks_uri: `${issuer.issuer}/jwks` });
    const key = JSON.stringify({ keys: [issuer.key.publicJwk] });
    issuer.answerWith((request, response) => {
      if (request.url === '/moved') response.end(document);
      else if (request.url === '/jwks') response.end(key);
      else response.writeHead(302, { location: '/moved' }).end();
    });
    expect(await own().check(await issuer.sign())).toEqual({ ok: false, why: 'issuer_unreachable' });
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration']);
  });

  test('are never symmetric, even when the issuer says so', async () => {
    const secret = new TextEncoder().encode('known to everybody who reads the key set');
    const k = Buffer.from(secret).toString('base64url');
    issuer.answerWith((request, response) => {
      const set = { keys: [{ kty: 'oct', kid: issuer.key.kid, k }] };
      const document = { issuer: issuer.issuer, jwks_uri: `${issuer.issuer}/jwks` };
      response.end(JSON.stringify(request.url === '/jwks' ? set : document));
    });
    const forged = await new SignJWT({ iss: issuer.issuer, sub: 'a', aud: AUDIENCE, exp: inSeconds(60) })
      .setProtectedHeader({ alg: 'HS256', kid: issuer.key.kid })
      .sign(secret);
    expect(await own().check(forged)).toEqual({ ok: false, why: 'bad_algorithm' });
    expect(await own().check(await issuer.sign())).toEqual({ ok: false, why: 'bad_signature' });
  });
});

test('several issuers are told apart', async () => {
  const other = await startIssuer(['visitors']);
  try {
    const groups = { name: 'groups' };
    const authenticator = createAuthenticator({
      keys: NO_KEYS,
      oidc: [
        { issuer: provider.issuer, audience: AUDIENCE, groups },
        { issuer: other.issuer, audience: 'elsewhere', groups },
      ],
    });
    const check = async (token: string) => authenticator.authenticate(token, Date.now());
    expect(await check(await other.sign({ aud: 'elsewhere' }))).toMatchObject({
      principal: { groups: ['visitors'] },
    });
    expect(await check(await provider.token())).toMatchObject({
      principal: { groups: ['engineering', 'ml'] },
    });
    expect(await check(await other.sign())).toEqual({ ok: false, why: 'wrong_audience' });
    expect(await check(await other.sign({ iss: provider.issuer }))).toEqual({
      ok: false,
      why: 'bad_signature',
    });
  } finally {
    await other.close();
  }
});

test.each([
  ['http://id.acme.com', 'sluice'],
  ['https://user@id.acme.com', 'sluice'],
  ['https://id.acme.com/?tenant=1', 'sluice'],
  ['https://id.acme.com', []],
  ['nonsense', 'sluice'],
])('an issuer %j with the audience %j could never work', (issuer, audience) => {
  const oidc = [{ issuer, audience, groups: { name: 'groups' } }];
  expect(() => createAuthenticator({ keys: NO_KEYS, oidc })).toThrow('the issuer');
});
