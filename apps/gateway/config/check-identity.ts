// What can be wrong with who callers are: issuers that could not be trusted, or that could never be asked.
import { onKey, problem } from '@sluice/policy';
import { isLoopback } from './address.ts';
import type { FileParts } from './check-file.ts';
import type { ConfigIssue } from './problem.ts';

export function checkIdentity(identity: FileParts['identity']): readonly ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  if (identity?.saml !== undefined)
    issues.push(
      onKey(
        problem(
          'unavailable',
          ['identity', 'saml'],
          'is not available in this build, so nobody could sign in by it',
          'Use `oidc`.',
        ),
      ),
    );
  const issuers = new Set<string>();
  for (const [i, oidc] of (identity?.oidc ?? []).entries()) {
    const issuer = oidc?.issuer;
    if (issuer === undefined) continue;
    const at = ['identity', 'oidc', i, 'issuer'];
    const url = URL.parse(issuer);
    if (
      url === null ||
      !/^https?:$/.test(url.protocol) ||
      /[?#]/.test(issuer) ||
      url.username !== '' ||
      url.password !== ''
    )
      issues.push(problem('bad_url', at, 'is not an https URL without query and fragment'));
    else if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
      issues.push(problem('bad_url', at, 'is not https: its keys could be exchanged on the way'));
    if (issuers.has(issuer)) issues.push(problem('duplicate_name', at, 'is listed twice'));
    issuers.add(issuer);
  }
  return issues;
}
