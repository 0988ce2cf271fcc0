// Which callers are in observe mode: all, none, or a share of them that stays the same from call to call.
import type { ResolvedPolicy } from './resolved.ts';

/**
 * True when nothing is changed or stopped for this caller. A caller keeps its place whatever the share, so that raising it
 * only adds callers and lowering it only removes some.
 */
export function observes(policy: Pick<ResolvedPolicy, 'observe'>, subject: string): boolean {
  return policy.observe >= 1 || (policy.observe > 0 && placeOf(subject) < policy.observe);
}

/** A stable place from 0 to 1, evenly spread: FNV-1a over UTF-16, stirred by the finaliser of MurmurHash3. */
function placeOf(subject: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < subject.length; i++) hash = Math.imul(hash ^ subject.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
