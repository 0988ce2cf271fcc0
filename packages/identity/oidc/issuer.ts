// The signing keys of one issuer: found by discovery, kept while they are fresh, renewed when they rotate, and used a
// while longer when the issuer cannot be reached. It must not know claims or principals.
import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type LocalJWKSet,
} from 'jose';
import { fetchJson, IssuerUnreachable } from './fetch-json.ts';

/** Milliseconds after which keys are renewed beside the calls that go on with the old ones. */
const FRESH = 10 * 60_000;
/** Milliseconds after which keys that could not be renewed are no longer used. */
const STALE = 60 * 60_000;
/** Milliseconds between two fetches for keys that a token names and the set has not: a forger cannot make us fetch more. */
const UNKNOWN_KEY_COOLDOWN = 30_000;
/** Milliseconds between two attempts while the issuer does not answer. */
const FAILURE_COOLDOWN = 2_000;

export interface IssuerKeys {
  /** The key that a token's header names. Throws IssuerUnreachable, or jose's error when there is no such key. */
  key(header: JWSHeaderParameters): Promise<CryptoKey>;
}

/** `now` gives epoch milliseconds. Nothing is fetched before the first token. */
export function createIssuerKeys(issuer: string, now: () => number): IssuerKeys {
  let keys: LocalJWKSet | undefined;
  let loadedAt = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  function load(): Promise<void> {
    loading ??= fetchKeys(issuer)
      .then(
        (set) => {
          keys = createLocalJWKSet(set);
          loadedAt = now();
        },
        (error: unknown) => {
          failedAt = now();
          throw error;
        },
      )
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  const mayTry = (): boolean => loading !== undefined || now() - failedAt >= FAILURE_COOLDOWN;

  async function current(): Promise<LocalJWKSet> {
    const age = keys === undefined ? Number.POSITIVE_INFINITY : now() - loadedAt;
    if (age >= STALE) {
      if (!mayTry()) throw new IssuerUnreachable('the provider did not answer a moment ago');
      await load();
    } else if (age >= FRESH && mayTry()) {
      // A failure is remembered by `load` and ends in STALE if it lasts; this call is served with what there is.
      load().catch(() => undefined);
    }
    return keys!;
  }

  return {
    async key(header) {
      const set = await current();
      try {
        return await set(header);
      } catch (error) {
        const rotated = error instanceof errors.JWKSNoMatchingKey && now() - loadedAt >= UNKNOWN_KEY_COOLDOWN;
        if (!rotated || !mayTry()) throw error;
        await load();
        return keys!(header);
      }
    },
  };
}

/** OpenID Connect Discovery 1.0, section 4: the document must name the very issuer that was configured. */
async function fetchKeys(issuer: string): Promise<JSONWebKeySet> {
  const document = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!isRecord(document) || document.issuer !== issuer)
    throw new IssuerUnreachable('the document is of another issuer');
  const { jwks_uri: place } = document;
  if (typeof place !== 'string') throw new IssuerUnreachable('the document names no place of keys');
  const set = await fetchJson(place);
  if (!isRecord(set) || !Array.isArray(set.keys)) throw new IssuerUnreachable('the key set is none');
  return { keys: set.keys };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
