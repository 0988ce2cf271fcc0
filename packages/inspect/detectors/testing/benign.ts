// Texts without secrets that look as if they had some, made from a fixed seed: identifiers, hashes, encoded images, lock
// files, minified code, versions, prose. For tests only.

/** Uniform in [0, 1), the same sequence for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const WORDS =
  'the gateway reads every prompt before a model sees it and nothing passes unread because people who call services rarely know what their programs say about them in the middle of a long night when somebody changed one setting too many and nobody wrote down why it was changed at all'.split(
    ' ',
  );
const NAMES =
  'user session token config password cache index value buffer request response header field node state key secret item count path name type list'.split(
    ' ',
  );

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function benignTexts(count: number, seed = 20): string[] {
  const next = random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const many = (n: number, of: () => string, joint = ''): string => Array.from({ length: n }, of).join(joint);
  const hex = (n: number): string => many(n, () => pick([...HEX]));
  const base64 = (n: number): string => many(n, () => pick([...BASE64]));
  const integer = (below: number): number => Math.floor(next() * below);
  const uuid = (): string => [8, 4, 4, 4, 12].map(hex).join('-');
  const version = (): string => `${integer(20)}.${integer(40)}.${integer(99)}`;
  const camel = (): string => many(3, () => pick(NAMES).replace(/^./, (c) => c.toUpperCase()));
  const sentence = (): string => `${many(6 + integer(14), () => pick(WORDS), ' ')}.`;
  const kinds: readonly (() => string)[] = [
    () => many(3 + integer(4), sentence, ' '),
    () => `{"id":"${uuid()}","requestId":"${uuid()}","etag":"${hex(32)}"}`,
    () =>
      `commit ${hex(40)}\nAuthor: A Person\nDate: 2024-0${1 + integer(9)}-1${integer(9)} 10:1${integer(9)}:42\n\n    ${sentence()}`,
    () => `<img alt="x" src="data:image/png;base64,iVBORw0KGgo${base64(400)}==">`,
    () =>
      `"${pick(WORDS)}-${pick(NAMES)}": {\n  "version": "${version()}",\n  "integrity": "sha512-${base64(86)}==",\n  "engines": { "node": ">=${version()}" }\n}`,
    () =>
      `!function(e,t){var ${pick(['a', 'n', 'r'])}=${integer(9999)};function ${camel()}(e){return e.${pick(NAMES)}&&t.${camel()}(${integer(999)})}}(this,"${camel()}");`,
    () =>
      `FROM node:${version()}-alpine@sha256:${hex(64)}\nENV ${pick(NAMES).toUpperCase()}_PATH=/usr/${pick(WORDS)}/bin\nEXPOSE ${1000 + integer(9000)}`,
    () =>
      `const ${camel()} = process.env.${pick(NAMES).toUpperCase()}_TOKEN ?? config.${pick(NAMES)}.secret;\nif (!${camel()}) throw new Error('missing ${pick(NAMES)} token');`,
    () =>
      `${pick(NAMES)}: ${pick(['true', 'false', 'null', '"none"', String(integer(100000))])}\n${pick(NAMES)}_timeout_ms: ${integer(60000)}\napi_key: "\${API_KEY}"\npassword: "<your password>"`,
    () => `| ${pick(NAMES)} | version | sha |\n|---|---|---|\n| ${pick(WORDS)} | v${version()} | ${hex(7)} |`,
    () =>
      `Order ${integer(1e9)} of 2024-1${integer(3)}-0${1 + integer(9)}: ${integer(900)} pieces, ${integer(9999)}.${10 + integer(89)} EUR, batch ${hex(12).toUpperCase()}.`,
    () =>
      `def ${pick(NAMES)}_${pick(NAMES)}(self, ${pick(NAMES)}: str) -> bytes:\n    return hashlib.sha256(self.${pick(NAMES)}.encode()).digest()  # ${sentence()}`,
    () => `md5 ${hex(32)}  ${pick(WORDS)}.tar.gz\nsha256 ${hex(64)}  ${pick(WORDS)}.zip`,
    () =>
      `GET /v1/${pick(NAMES)}/${uuid()}?page=${integer(90)}&sort=${pick(NAMES)} 200 ${integer(900)}ms trace=${hex(32)} span=${hex(16)}`,
  ];
  return Array.from({ length: count }, (_, i) => kinds[i % kinds.length]!());
}
