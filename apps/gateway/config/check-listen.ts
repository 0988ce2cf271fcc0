// What can be wrong with ports and storage: addresses, certificates, the database and the key that it is sealed with.
import { onKey, type Path, problem, warning } from '@sluice/policy';
import { isLoopback, parseAddress } from './address.ts';
import type { FileParts } from './check-file.ts';
import { checkReference, wrong } from './check-reference.ts';
import type { ConfigIssue } from './problem.ts';
import { isPostgres, parseDatabase } from './store-place.ts';

const LISTENERS = ['data', 'admin', 'grpc'] as const;

export function checkListen(listen: FileParts['listen']): readonly ConfigIssue[] {
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
    const url = typeof entry === 'object' && 'url' in entry ? entry.url : undefined;
    if (url !== undefined) issues.push(...checkUrl(url, [...at, 'url']));
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

function checkUrl(text: string, at: Path): readonly ConfigIssue[] {
  const url = /^https?:\/\/[^?#]+$/.test(text) ? URL.parse(text) : null;
  if (url === null) return [problem('bad_url', at, 'is not a URL like https://sluice.example.com')];
  if (url.username === '' && url.password === '') return [];
  return [
    problem('literal_secret', at, 'has a user name or password in it, which would stand in every link'),
  ];
}

function checkStore(store: FileParts['store']): readonly ConfigIssue[] {
  if (store === undefined) return [];
  if (typeof store === 'string' && !isPostgres(store)) {
    return /^sqlite:[^\0]+$/.test(store)
      ? []
      : [
          problem(
            'bad_value',
            ['store'],
            'is neither a store like sqlite:data/sluice.db nor one like postgres://sluice@db.example/sluice',
          ),
        ];
  }
  const { url, password, ca, tls } = typeof store === 'object' ? store : { url: store };
  const at = typeof store === 'object' ? ['store', 'url'] : ['store'];
  const issues = [...checkReference(password, ['store', 'password']), ...checkReference(ca, ['store', 'ca'])];
  if (url === undefined) return issues;
  const place = parseDatabase(url);
  if ('code' in place) return [...issues, wrong(place, at)];
  if (tls === false && ca !== undefined)
    issues.push(problem('bad_value', ['store', 'ca'], 'has no effect without TLS'));
  if (tls === false && !place.local)
    issues.push(
      warning(
        'insecure',
        ['store', 'tls'],
        'lets what is recorded travel in clear, its findings and who asked',
      ),
    );
  return issues;
}

export function checkStorage({ store, seal }: FileParts): readonly ConfigIssue[] {
  const issues: ConfigIssue[] = [...checkStore(store)];
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
