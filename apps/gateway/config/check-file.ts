// What can only be seen with more than one value of the file in view, policies apart: names that lead nowhere, connections that could
// not be called, access rules that could never be reached, secrets that stand in the file.
import {
  type AccessRule,
  BUILT_IN,
  didYouMean,
  matchesWildcard,
  onKey,
  type Path,
  problem,
  type Salvaged,
  STANDARD,
  warning,
} from '@sluice/policy';
import { isLoopback, parseAddress, parseUpstream } from './address.ts';
import type { ConnectionDocument, FileDocument } from './document.ts';
import type { ConfigIssue } from './problem.ts';
import { isWrong, parseReference, type Wrong } from './reference.ts';

export type FileParts = Salvaged<FileDocument>;

export function checkFileParts(file: FileParts): readonly ConfigIssue[] {
  return [
    ...checkListen(file.listen),
    ...checkStorage(file),
    ...checkIdentity(file.identity),
    ...checkConnections(file.connections ?? {}),
    ...checkAccess(file),
    ...checkInterpolation(file),
  ];
}

const LISTENERS = ['data', 'admin', 'grpc'] as const;

function checkListen(listen: FileParts['listen']): readonly ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const taken = new Map<string, string>();
  for (const name of LISTENERS) {
    const entry = listen?.[name];
    if (entry === undefined) continue;
    const at = ['listen', name];
    const text = typeof entry === 'string' ? entry : entry.address;
    const tls = typeof entry === 'string' ? undefined : entry.tls;
    const addressAt = typeof entry === 'string' ? at : [...at, 'address'];
    if (name === 'grpc')
      issues.push(
        onKey(warning('unavailable', at, 'is not served by this build; nothing will listen there')),
      );
    for (const key of ['cert', 'key', 'client_ca'] as const)
      issues.push(...checkReference(tls?.[key], [...at, 'tls', key]));
    if (text === undefined) continue;
    const address = parseAddress(text);
    if ('code' in address) {
      issues.push(wrong(address, addressAt));
      continue;
    }
    const other = address.port === 0 ? undefined : taken.get(text);
    if (other !== undefined)
      issues.push(problem('bad_address', addressAt, `is the address of \`${other}\` too`));
    taken.set(text, name);
    if (!isLoopback(address.host) && tls === undefined) {
      issues.push(
        warning(
          'insecure',
          addressAt,
          'can be reached from other machines without TLS',
          'Give it `tls: { cert, key }`, or end TLS in front of it.',
        ),
      );
    }
  }
  return issues;
}

function checkStorage({ store, seal }: FileParts): readonly ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  if (store !== undefined && /^postgres(?:ql)?:/.test(store))
    issues.push(
      problem(
        'unavailable',
        ['store'],
        'is PostgreSQL, which is not available in this build',
        'Use `sqlite:PATH`.',
      ),
    );
  else if (store !== undefined && !/^sqlite:[^\0]+$/.test(store))
    issues.push(problem('bad_value', ['store'], 'is not a store like sqlite:data/sluice.db'));
  const key = seal?.key;
  if (key === undefined) return issues;
  const at = ['seal', 'key'];
  if (/^(?:vault-transit|aws-kms):/.test(key))
    issues.push(
      problem(
        'unavailable',
        at,
        'is a key service, which is not available in this build',
        'Use `file:PATH`.',
      ),
    );
  else if (key.startsWith('env:'))
    issues.push(
      problem(
        'unavailable',
        at,
        'has to be a file, so that it can be made at the first start',
        'Use `file:PATH`.',
      ),
    );
  else issues.push(...checkReference(key, at));
  return issues;
}

function checkIdentity(identity: FileParts['identity']): readonly ConfigIssue[] {
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

function checkConnections(connections: NonNullable<FileParts['connections']>): readonly ConfigIssue[] {
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

function checkAccess(file: FileParts): readonly ConfigIssue[] {
  const rules = file.access ?? [];
  const connections = Object.keys(file.connections ?? {});
  const policies = new Set([...Object.keys(file.policies ?? {}), STANDARD, BUILT_IN]);
  if (rules.length === 0)
    return [
      warning(
        'nothing_allowed',
        file.access === undefined ? [] : ['access'],
        'has no access rule, so every call is refused',
      ),
    ];
  return rules.flatMap((rule, i) => {
    if (rule === undefined) return [];
    const at = ['access', i];
    const issues: ConfigIssue[] = [];
    for (const [j, name] of (rule.connections ?? []).entries()) {
      if (name === undefined || name === '*' || connections.some((known) => matchesWildcard(name, known)))
        continue;
      issues.push(
        problem(
          'dangling_name',
          [...at, 'connections', j],
          'is not the name of a connection',
          didYouMean(name, connections),
        ),
      );
    }
    if (rule.policy !== undefined && !policies.has(rule.policy)) {
      issues.push(
        problem(
          'dangling_name',
          [...at, 'policy'],
          'is not the name of a policy',
          didYouMean(rule.policy, policies),
        ),
      );
    }
    const earlier = rules.slice(0, i).findIndex((other) => other !== undefined && contains(other, rule));
    if (earlier >= 0)
      issues.push(
        problem('unreachable_rule', at, `can never decide: access[${earlier}] matches all that it matches`),
      );
    return issues;
  });
}

type RuleParts = Salvaged<AccessRule>;
const LISTS = [
  'groups',
  'connections',
  'operations',
  'models',
] as const satisfies readonly (keyof AccessRule)[];

/** True when every call that `narrow` matches is matched by `wide`. A rule that says "none" on purpose is left alone. */
function contains(wide: RuleParts, narrow: RuleParts): boolean {
  // A key that could not be read is there and undefined: what it says is not known.
  if ('hours' in wide || Object.values(wide).includes(undefined)) return false;
  return LISTS.every((key) => {
    const outer = wide[key] as readonly (string | undefined)[] | undefined;
    const inner = narrow[key] as readonly (string | undefined)[] | undefined;
    if (inner?.length === 0) return false;
    if (outer === undefined || (key !== 'groups' && outer.includes('*'))) return true;
    return (
      inner?.every(
        (item) =>
          item !== undefined &&
          outer.some(
            (one) => one === item || (key !== 'groups' && one !== undefined && matchesWildcard(one, item)),
          ),
      ) ?? false
    );
  });
}

function checkReference(text: string | undefined, at: Path): readonly ConfigIssue[] {
  if (text === undefined) return [];
  const reference = parseReference(text);
  return isWrong(reference) ? [wrong(reference, at)] : [];
}

export function wrong({ code, message, hint }: Wrong, at: Path): ConfigIssue {
  return problem(code, at, message, hint);
}

/** Keys whose values may hold `${` for reasons of their own, or are looked at elsewhere. */
const NOT_INTERPOLATED_ELSEWHERE = new Set([
  'match',
  'words',
  'pattern',
  'reason',
  'credential',
  'key',
  'cert',
  'client_ca',
]);

function checkInterpolation(value: unknown, at: Path = []): readonly ConfigIssue[] {
  if (typeof value === 'string') {
    return value.includes('${')
      ? [warning('not_interpolated', at, 'has a placeholder in it, and placeholders are not filled in')]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    NOT_INTERPOLATED_ELSEWHERE.has(key)
      ? []
      : checkInterpolation(item, [...at, Array.isArray(value) ? Number(key) : key]),
  );
}
