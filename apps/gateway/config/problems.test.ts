// Everything that can be wrong with sluice.yaml, each with its exact place: between ‹ and ›.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadText } from './load.ts';
import type { ConfigCode } from './problem.ts';
import { marked } from './testing/marked.ts';

const SECRET = ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_');
const NOW = Date.UTC(2026, 5, 15);

/** Around what a row is about, so that nothing else is wrong. */
const ACCESS = 'access: [{}]\n';
const POLICY = (rule: string) =>
  `${ACCESS}policies:\n  p:\n    extends: built-in\n    prompt:\n      - ${rule}\n`;
const CONNECTION = (rest: string) => `${ACCESS}connections:\n  c: { protocol: openai, ${rest} }\n`;
const UP = 'upstream: https://api.openai.com';
const SETTLED = 'author: a, reason: r, expires: 2027-01-01';

const ROWS: readonly (readonly [
  about: string,
  code: ConfigCode,
  severity: 'error' | 'warning',
  source: string,
])[] = [
  ['an unknown key', 'unknown_key', 'error', `${ACCESS}‹conections›: {}\n`],
  ['an unknown key in braces', 'unknown_key', 'error', CONNECTION(`${UP}, ‹credentials›: env:X`)],
  ['a missing key', 'missing_key', 'error', `${ACCESS}connections:\n  c: ‹{ protocol: openai }›\n`],
  ['a value of the wrong type', 'wrong_type', 'error', `${ACCESS}connections: ‹7›\n`],
  ['a key without a value', 'wrong_type', 'error', `${ACCESS}‹connections›:\n`],
  ['a value of a closed set', 'bad_value', 'error', POLICY('{ find: secret, do: ‹blok› }')],
  [
    'a name with capitals',
    'bad_name',
    'error',
    `${ACCESS}connections:\n  ‹GPT›: { protocol: openai, ${UP} }\n`,
  ],
  [
    'a name that a path needs',
    'reserved_name',
    'error',
    `${ACCESS}connections:\n  ‹v1›: { protocol: openai, ${UP} }\n`,
  ],
  [
    'the name of the built-in policy',
    'reserved_name',
    'error',
    `${ACCESS}policies:\n  ‹built-in›: { extends: standard }\n`,
  ],
  ['a rule name twice', 'duplicate_name', 'error', POLICY('{ name: ‹env-dump›, match: a, do: block }')],
  [
    'an issuer twice',
    'duplicate_name',
    'error',
    `${ACCESS}identity:\n  oidc:\n    - { issuer: https://a.example, audience: s }\n    - { issuer: ‹https://a.example›, audience: s }\n`,
  ],
  [
    'a connection that does not exist',
    'dangling_name',
    'error',
    `connections:\n  gpt: { protocol: openai, ${UP} }\naccess:\n  - { connections: [gpt, ‹gtp›] }\n`,
  ],
  ['a policy that does not exist', 'dangling_name', 'error', 'access:\n  - policy: ‹strikt›\n'],
  [
    'a policy to extend that does not exist',
    'dangling_name',
    'error',
    `${ACCESS}policies:\n  p: { extends: ‹standart› }\n`,
  ],
  [
    'a role that does not exist',
    'unknown_key',
    'error',
    `${ACCESS}identity: { roles: { ‹approvers›: [a] } }\n`,
  ],
  [
    'a policy that extends itself',
    'cycle',
    'error',
    `${ACCESS}policies:\n  standard: { extends: ‹standard›, prompt: [{ find: secret, do: block }], response: [{ find: secret, do: mask }] }\n`,
  ],
  ['a rule that finds nothing', 'never_acts', 'error', POLICY('‹{ do: block }›')],
  ['a style without a mask', 'never_acts', 'error', POLICY('{ find: secret, do: block, ‹as›: last4 }')],
  [
    'a kind only of the other direction',
    'never_acts',
    'error',
    POLICY('{ find: ‹exfil.markdown-image›, do: block }'),
  ],
  ['a policy without rules', 'empty_policy', 'error', `${ACCESS}policies:\n  ‹p›: { record: full }\n`],
  [
    'a request for approval in an answer',
    'approve_in_response',
    'error',
    `${ACCESS}policies:\n  p:\n    extends: built-in\n    response:\n      - { find: secret, do: ‹approve› }\n`,
  ],
  [
    'an approval that no group may give',
    'nobody_approves',
    'warning',
    POLICY('{ find: pii, do: ‹approve› }'),
  ],
  [
    'an exception without an author',
    'bad_exception',
    'error',
    POLICY('{ find: secret, do: block, allow: [‹{ person: p, reason: r, expires: 2027-01-01 }›] }'),
  ],
  [
    'an exception without an end',
    'bad_exception',
    'error',
    POLICY('{ find: secret, do: block, allow: [‹{ person: p, author: a, reason: r }›] }'),
  ],
  [
    'an exception for nothing',
    'bad_exception',
    'error',
    POLICY(`{ find: secret, do: block, allow: [‹{ ${SETTLED} }›] }`),
  ],
  [
    'an exception that has ended',
    'expired_exception',
    'warning',
    POLICY(
      '{ find: secret, do: block, allow: [{ person: p, author: a, reason: r, expires: ‹2026-06-14› }] }',
    ),
  ],
  ['a pattern with lookaround', 'bad_pattern', 'error', POLICY("{ name: n, match: ‹'a(?=b)'›, do: block }")],
  ['one of several patterns', 'bad_pattern', 'error', POLICY("{ name: n, match: [a, ‹'(b'›], do: block }")],
  [
    'a pattern of an exception',
    'bad_pattern',
    'error',
    POLICY(`{ find: secret, do: block, allow: [{ pattern: ‹'(b'›, ${SETTLED} }] }`),
  ],
  [
    'a kind that nothing finds',
    'unknown_kind',
    'error',
    POLICY('{ find: [secret, ‹pii.emial›], do: block }'),
  ],
  [
    'a protocol for later',
    'unavailable',
    'error',
    `${ACCESS}connections:\n  c: { protocol: ‹ollama›, upstream: http://127.0.0.1:11434 }\n`,
  ],
  ['a gRPC upstream', 'unavailable', 'error', CONNECTION('upstream: ‹grpc://127.0.0.1:8001›')],
  [
    'shaping',
    'unavailable',
    'error',
    `${ACCESS}policies:\n  p:\n    extends: built-in\n    ‹shape›: { size: bucket }\n`,
  ],
  ['SAML', 'unavailable', 'error', `${ACCESS}identity:\n  ‹saml›: [{ metadata: file:x }]\n`],
  ['a database without a user', 'bad_url', 'error', `${ACCESS}store: ‹postgres://db/sluice›\n`],
  [
    'a database with parameters',
    'bad_url',
    'error',
    `${ACCESS}store: ‹postgres://s@db/sluice?sslmode=disable›\n`,
  ],
  [
    'a password in the URL of a database',
    'literal_secret',
    'error',
    `${ACCESS}store: ‹postgres://s:${SECRET}@db/sluice›\n`,
  ],
  [
    'a literal password of a database',
    'literal_secret',
    'error',
    `${ACCESS}store: { url: postgres://s@db/sluice, password: ‹${SECRET}› }\n`,
  ],
  [
    'a database over a network in clear',
    'insecure',
    'warning',
    `${ACCESS}store: { url: postgres://s@db/sluice, tls: ‹false› }\n`,
  ],
  [
    'a certificate for nothing',
    'bad_value',
    'error',
    `${ACCESS}store: { url: postgres://s@localhost/s, tls: false, ca: ‹env:SET› }\n`,
  ],
  ['a key service', 'unavailable', 'error', `${ACCESS}seal: { key: ‹vault-transit:sluice› }\n`],
  ['a secret store', 'unavailable', 'error', CONNECTION(`${UP}, credential: ‹vault:kv/openai›`)],
  ['gRPC', 'unavailable', 'warning', `${ACCESS}listen: { ‹grpc›: 127.0.0.1:8082 }\n`],
  [
    'a setting milder than the inherited one',
    'weaker',
    'warning',
    `${ACCESS}policies:\n  p: { extends: built-in, mode: ‹observe› }\n`,
  ],
  ['a quote that is not closed', 'yaml_syntax', 'error', `access: ["a]\n‹›`],
  ['a tab for indentation', 'yaml_syntax', 'error', 'access: [{}]\nlisten:\n‹\t›data: 127.0.0.1:1\n'],
  ['an alias', 'yaml_feature', 'error', 'access: [{}]\nstore: ‹*s›\n'],
  ['an anchor', 'yaml_feature', 'error', 'access: [{}]\nstore: &s ‹sqlite:x›\n'],
  ['a tag', 'yaml_feature', 'error', 'access: [{}]\nstore: !!str ‹sqlite:x›\n'],
  ['a second document', 'yaml_feature', 'error', 'access: [{}]\n‹---›\naccess: []\n'],
  ['a key twice', 'duplicate_key', 'error', 'access: [{}]\n‹access›: [{}]\n'],
  ['a literal secret', 'literal_secret', 'error', CONNECTION(`${UP}, credential: ‹${SECRET}›`)],
  [
    'a password in a URL',
    'literal_secret',
    'error',
    CONNECTION('upstream: ‹https://user:hunter2@api.example›'),
  ],
  [
    'an interpolated secret',
    'not_interpolated',
    'error',
    CONNECTION(`${UP}, credential: ‹"\${OPENAI_API_KEY}"›`),
  ],
  ['another interpolated value', 'not_interpolated', 'warning', `${ACCESS}store: ‹"sqlite:\${HOME}/x.db"›\n`],
  ['a reference to no variable', 'bad_reference', 'error', CONNECTION(`${UP}, credential: ‹"env:A B"›`)],
  [
    'a variable that is not set',
    'unresolved_reference',
    'error',
    CONNECTION(`${UP}, credential: ‹env:NOT_SET›`),
  ],
  ['a variable that is empty', 'unresolved_reference', 'error', CONNECTION(`${UP}, credential: ‹env:EMPTY›`)],
  [
    'a secret that no header can carry',
    'unresolved_reference',
    'error',
    CONNECTION(`${UP}, credential: ‹env:TWO_LINES›`),
  ],
  [
    'a file that does not exist',
    'unresolved_reference',
    'error',
    CONNECTION(`${UP}, credential: ‹file:not/there›`),
  ],
  [
    'a certificate that does not exist',
    'unresolved_reference',
    'error',
    `${ACCESS}listen:\n  data:\n    address: 127.0.0.1:1\n    tls: { cert: ‹file:not/there›, key: env:KEY }\n`,
  ],
  [
    'a link that leads nowhere',
    'bad_url',
    'error',
    `${ACCESS}listen: { admin: { address: 127.0.0.1:1, url: ‹sluice.example.com› } }\n`,
  ],
  [
    'a link with a password',
    'literal_secret',
    'error',
    `${ACCESS}listen: { admin: { address: 127.0.0.1:1, url: ‹"https://ada:secret@sluice.example.com"› } }\n`,
  ],
  ['an address without a port', 'bad_address', 'error', `${ACCESS}listen: { data: ‹127.0.0.1› }\n`],
  ['a port that does not exist', 'bad_address', 'error', `${ACCESS}listen: { data: ‹127.0.0.1:65536› }\n`],
  [
    'one address for two',
    'bad_address',
    'error',
    `${ACCESS}listen: { data: 127.0.0.1:1, admin: ‹127.0.0.1:1› }\n`,
  ],
  ['an upstream that is no URL', 'bad_url', 'error', CONNECTION('upstream: ‹api.openai.com›')],
  ['an upstream with a query', 'bad_url', 'error', CONNECTION('upstream: ‹https://api.example/?a=b›')],
  [
    'an issuer in clear',
    'bad_url',
    'error',
    `${ACCESS}identity:\n  oidc:\n    - { issuer: ‹http://id.example›, audience: s }\n`,
  ],
  [
    'two defaults',
    'duplicate_default',
    'error',
    `${ACCESS}connections:\n  a: { protocol: openai, ${UP}, default: true }\n  b: { protocol: openai, ${UP}, default: ‹true› }\n`,
  ],
  [
    'an access rule behind one that takes all',
    'unreachable_rule',
    'error',
    'access:\n  - { groups: [a, b] }\n  - ‹{ groups: [a], models: [x] }›\n',
  ],
  ['no access rule', 'nothing_allowed', 'warning', 'access: ‹[]›\n'],
  ['an open port without TLS', 'insecure', 'warning', `${ACCESS}listen: { data: ‹0.0.0.0:8080› }\n`],
  [
    'an upstream over the network without TLS',
    'insecure',
    'warning',
    CONNECTION('upstream: ‹http://models.example›'),
  ],
];

const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const env = { SET: 'x', EMPTY: '', TWO_LINES: 'a\nb', KEY: privateKey };

describe('sluice.yaml is refused, or warned of, for', () => {
  test.each(ROWS)('%s: %s', (_, code, severity, source) => {
    const { text, line, column, length } = marked(source);
    const { problems, config } = loadText(text, { env, now: NOW });
    expect(
      problems.map(
        (problem) =>
          `${problem.severity} ${problem.code} ${problem.line}:${problem.column}+${problem.length}`,
      ),
    ).toEqual([`${severity} ${code} ${line}:${column}+${Math.max(length, 1)}`]);
    expect(config === undefined).toBe(severity === 'error');
  });

  test('each code that there is', () => {
    // A row for every code but those that only a file system brings about; the compiler knows whether any is forgotten.
    const all: Record<Exclude<ConfigCode, 'unreadable_file' | 'too_large'>, true> = {
      unknown_key: true,
      missing_key: true,
      wrong_type: true,
      bad_value: true,
      bad_name: true,
      reserved_name: true,
      duplicate_name: true,
      dangling_name: true,
      cycle: true,
      never_acts: true,
      empty_policy: true,
      approve_in_response: true,
      bad_exception: true,
      expired_exception: true,
      bad_pattern: true,
      unknown_kind: true,
      unavailable: true,
      weaker: true,
      nobody_approves: true,
      yaml_syntax: true,
      yaml_feature: true,
      duplicate_key: true,
      literal_secret: true,
      bad_reference: true,
      unresolved_reference: true,
      not_interpolated: true,
      bad_address: true,
      bad_url: true,
      duplicate_default: true,
      unreachable_rule: true,
      nothing_allowed: true,
      insecure: true,
    };
    expect(new Set(ROWS.map(([, code]) => code))).toEqual(new Set(Object.keys(all)));
  });
});

test('no message and no hint shows a secret that stands in the file', () => {
  const text = `${CONNECTION(`${UP}, credential: ${SECRET}`)}${SECRET}: x\nseal: { key: env:${SECRET} }\nidentity: { oidc: [{ issuer: "https://u:${SECRET}@x.example", audience: s }] }\n`;
  const { problems } = loadText(text, { env });
  expect(problems.length).toBeGreaterThan(3);
  expect(JSON.stringify(problems)).not.toContain(SECRET);
});
