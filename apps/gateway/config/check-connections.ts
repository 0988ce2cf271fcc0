// What can be wrong with connections: names that paths need, protocols for later, upstreams that could not be called.
import { didYouMean, onKey, type Path, problem, type Salvaged, warning } from '@sluice/policy';
import { parseUpstream } from './address.ts';
import type { FileParts } from './check-file.ts';
import { checkReference, wrong } from './check-reference.ts';
import type { ConnectionDocument } from './document.ts';
import type { ConfigIssue } from './problem.ts';

/** Path segments of the gateway's own and of the providers, which a connection of the same name would hide. */
const RESERVED = new Set(['healthz', 'readyz', 'metrics', 'v1', 'v1beta', 'api']);

const PROTOCOLS: Readonly<Record<string, boolean>> = {
  openai: true,
  anthropic: true,
  gemini: false,
  ollama: false,
  bedrock: false,
  kserve: false,
};

export function checkConnections(connections: NonNullable<FileParts['connections']>): readonly ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  let fallback: string | undefined;
  for (const [name, connection] of Object.entries(connections)) {
    if (RESERVED.has(name))
      issues.push(
        onKey(
          problem(
            'reserved_name',
            ['connections', name],
            'is a name that the gateway or a provider uses in paths',
          ),
        ),
      );
    if (connection === undefined) continue;
    issues.push(...checkConnection(connection, ['connections', name]));
    if (connection.default !== true) continue;
    if (fallback !== undefined)
      issues.push(
        problem(
          'duplicate_default',
          ['connections', name, 'default'],
          `is set although \`${fallback}\` is the default already`,
        ),
      );
    fallback ??= name;
  }
  return issues;
}

function checkConnection(connection: Salvaged<ConnectionDocument>, at: Path): readonly ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const { protocol, upstream, credential } = connection;
  if (protocol !== undefined && !Object.hasOwn(PROTOCOLS, protocol)) {
    issues.push(
      problem(
        'bad_value',
        [...at, 'protocol'],
        'is not a protocol that Sluice knows',
        didYouMean(protocol, Object.keys(PROTOCOLS)),
      ),
    );
  } else if (protocol !== undefined && PROTOCOLS[protocol] !== true) {
    issues.push(
      problem(
        'unavailable',
        [...at, 'protocol'],
        'is not available in this build',
        'Available: openai, anthropic.',
      ),
    );
  }
  issues.push(...checkReference(credential, [...at, 'credential']));
  if (upstream === undefined) return issues;
  const parsed = parseUpstream(upstream);
  if ('code' in parsed) issues.push(wrong(parsed, [...at, 'upstream']));
  else {
    if (parsed.clear)
      issues.push(
        warning(
          'insecure',
          [...at, 'upstream'],
          'is reached without TLS: prompts, answers and the credential travel in clear',
        ),
      );
    if (/\/v1$/.test(parsed.prefix))
      issues.push(
        warning(
          'bad_url',
          [...at, 'upstream'],
          'ends in /v1, which the client sends already',
          'Leave /v1 out, unless the server wants it twice.',
        ),
      );
  }
  return issues;
}
