// A real OpenID provider on loopback for tests, which can rotate its keys, stop and come back, and whose private key the
// tests hold, so that they can sign what the provider itself never would. For tests only.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import Provider from 'oidc-provider';

export const AUDIENCE = 'sluice';

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly privateJwk: object;
  readonly publicJwk: JWK;
}

export interface TestIssuer {
  readonly issuer: string;
  /** An access token from the provider's own token endpoint, by the client credentials grant. */
  token(): Promise<string>;
  /** A token with these claims over good ones (undefined leaves one out), signed with the provider's present key. */
  sign(claims?: Readonly<Record<string, unknown>>, header?: object): Promise<string>;
  /** The present signing key. */
  readonly key: SigningKey;
  /** Puts another key in the place of the present one. */
  rotate(alg?: string): Promise<void>;
  /** Paths that were asked for, since the start. */
  readonly asked: readonly string[];
  /** Answers like this instead of as the provider, until called without. */
  answerWith(listener?: RequestListener): void;
  /** Refuses connections until `resume`. */
  stop(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

let made = 0;

async function createSigningKey(alg: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  made += 1;
  const kid = `key-${made}`;
  const named = { kid, alg, use: 'sig' };
  return {
    kid,
    alg,
    privateKey,
    privateJwk: { ...(await exportJWK(privateKey)), ...named },
    publicJwk: { ...(await exportJWK(publicKey)), ...named },
  };
}

const ALGORITHMS = ['RS256', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'];

/** Nothing is stored: tokens that are JWTs stand for themselves. */
class NoStore {
  async upsert(): Promise<void> {
    return undefined;
  }
}

const CLIENT = { client_id: 'build-agent', client_secret: 'only for tests' };

function providerAt(issuer: string, key: SigningKey, groups: readonly string[]): RequestListener {
  const provider = new Provider(issuer, {
    adapter: NoStore,
    clients: [
      {
        ...CLIENT,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: key.alg,
      },
    ],
    ttl: { ClientCredentials: 600 },
    enabledJWA: { idTokenSigningAlgValues: ALGORITHMS },
    jwks: { keys: [key.privateJwk] },
    extraTokenClaims: () => ({ groups }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:sluice',
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenTTL: 600,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: key.alg } },
        }),
      },
    },
  });
  return provider.callback();
}

/** `groups` are in every token that the provider issues; `alg` is how it signs until told otherwise. */
export async function startIssuer(
  groups: readonly string[] = ['engineering', 'ml'],
  alg = 'ES256',
): Promise<TestIssuer> {
  let listener: RequestListener = (_request, response) => void response.writeHead(503).end();
  let instead: RequestListener | undefined;
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url!);
    (instead ?? listener)(request, response);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  let key = await createSigningKey(alg);
  listener = providerAt(issuer, key, groups);

  return {
    issuer,
    asked,
    get key() {
      return key;
    },
    async token() {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${CLIENT.client_id}:${encodeURIComponent(CLIENT.client_secret)}`)}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      });
      const body = (await response.json()) as { access_token?: string; error_description?: string };
      if (body.access_token === undefined)
        throw new Error(body.error_description ?? `status ${response.status}`);
      return body.access_token;
    },
    sign(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000);
      const good = { iss: issuer, sub: 'ada', aud: AUDIENCE, iat: now, exp: now + 600, groups };
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header })
        .sign(key.privateKey);
    },
    async rotate(next = alg) {
      key = await createSigningKey(next);
      listener = providerAt(issuer, key, groups);
    },
    answerWith(next) {
      instead = next;
    },
    stop,
    resume: () => listen(port),
    close: stop,
  };
}
