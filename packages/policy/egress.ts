// What a request may make the provider fetch, run or open: nothing that the policy does not list.
import { hostsOf } from './hosts.ts';
import { observes } from './observe.ts';
import type { ResolvedPolicy } from './resolved.ts';
import { matchesAny, matchesHost } from './wildcard.ts';

export interface EgressItem {
  readonly what: 'url' | 'file' | 'tool' | 'stored';
  readonly value: string;
}

const ALLOWED: Readonly<Record<EgressItem['what'], (policy: ResolvedPolicy, value: string) => boolean>> = {
  // `data:` carries its bytes along: nothing is fetched.
  url: ({ egress }, value) =>
    /^data:/i.test(value) || (/^https?:\/\//i.test(value) && hostsListed(egress.urls, value)),
  file: ({ egress }) => egress.files,
  tool: ({ egress }, value) => matchesAny(egress.tools, value),
  stored: ({ egress }) => egress.stored,
};

const REFUSALS: Readonly<Record<EgressItem['what'], string>> = {
  url: 'It asks the provider to fetch from a host that the policy does not list.',
  file: 'It names a file at the provider, which the policy does not allow.',
  tool: 'It asks the provider to run a tool that the policy does not list.',
  stored: 'It names a stored response at the provider, which the policy does not allow.',
};

/**
 * Why the request may not go out, without any value of it, or undefined when it may. Nothing is refused to a caller in observe
 * mode; of a policy that observes a share of its callers, `subject` has to be known to be one of them.
 */
export function egressRefusal(
  policy: ResolvedPolicy,
  items: readonly EgressItem[],
  subject?: string,
): string | undefined {
  const refused = items.find((item) => !ALLOWED[item.what](policy, item.value));
  if (refused === undefined) return undefined;
  const observing = subject === undefined ? policy.observe >= 1 : observes(policy, subject);
  return observing ? undefined : REFUSALS[refused.what];
}

function hostsListed(listed: readonly string[], url: string): boolean {
  const hosts = hostsOf(url);
  return hosts?.every((host) => listed.some((pattern) => matchesHost(pattern, host))) ?? false;
}
