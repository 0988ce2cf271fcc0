// Keeps what was found out about good tokens, by hash and for a while, so that a call costs one hash.
// It must not know how a token is verified, and never keeps a token itself.
import { hash } from 'node:crypto';
import type { Authenticated } from '../api.ts';
import type { VerifyToken } from './verify.ts';

/** Tokens kept at once; the one that was used least lately goes first. */
const CACHED_TOKENS = 10_000;

/** Milliseconds after which a token is verified anew although it lives: so long may a withdrawn signing key still work. */
const REVERIFY = 5 * 60_000;

interface Kept {
  readonly result: Authenticated;
  readonly until: number;
}

/**
 * Synchronous for a token that was verified lately. Callers with the same token at once share one verification.
 * Refusals are not kept: a forger never sends the same token twice, and an issuer that comes back is heard at once.
 */
export function createTokenCache(
  verify: VerifyToken,
): (token: string, now: number) => Authenticated | Promise<Authenticated> {
  const kept = new Map<string, Kept>();
  const running = new Map<string, Promise<Authenticated>>();

  async function verifyAndKeep(id: string, token: string, now: number): Promise<Authenticated> {
    try {
      const result = await verify(token, now);
      if (result.ok) {
        const oldest = kept.size >= CACHED_TOKENS ? kept.keys().next().value : undefined;
        if (oldest !== undefined) kept.delete(oldest);
        kept.set(id, { result, until: Math.min(result.principal.expiresAt ?? now, now + REVERIFY) });
      }
      return result;
    } finally {
      running.delete(id);
    }
  }

  return (token, now) => {
    const id = hash('sha256', token, 'base64');
    const found = kept.get(id);
    if (found !== undefined) {
      kept.delete(id);
      if (now < found.until) {
        kept.set(id, found);
        return found.result;
      }
    }
    const shared = running.get(id);
    if (shared !== undefined) return shared;
    const verification = verifyAndKeep(id, token, now);
    running.set(id, verification);
    return verification;
  };
}
